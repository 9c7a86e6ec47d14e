// One question with a row for every other place on the map, by domain. A tapped row opens in place.
import { useEffect, useRef, useState } from "preact/hooks";

import { t } from "../i18n.js";
import { useSettle } from "./parts.jsx";

/**
 * @param {object} props
 * @param {any} props.state
 * @param {Record<string, any>} props.rows what was answered, by actor
 * @param {(actor: any) => void} props.onTap a row that was not answered yet
 * @param {(actor: any) => any} props.inside what an open row shows
 * @param {(actor: any) => string} props.summary what a closed, answered row says
 * @param {(actor: any) => any} [props.note]
 */
export function Roster({ state, rows, onTap, inside, summary, note }) {
  const [chosen, choose] = useState(null);
  const open = chosen in rows ? chosen : null;
  const list = useRef(null);
  useSettle(list, open);
  useEffect(() => {
    // What has opened may lie under the bar at the bottom.
    list.current?.querySelector(".row-inside")?.parentElement.scrollIntoView({ block: "nearest" });
  }, [open, rows[open]?.answer]);
  const others = state.actors.filter((actor) => actor.id !== state.seat.id);
  const groups = [
    ...state.domains.map((domain) => [domain.label, others.filter((actor) => actor.domain === domain.id)]),
    [t("Outside"), others.filter((actor) => actor.kind === "audience")],
  ];
  const tap = (actor) => {
    const answered = actor.id in rows;
    if (!answered) onTap(actor);
    choose(answered && open === actor.id ? null : actor.id);
  };
  return (
    <div class="stack" ref={list}>
      {groups
        .filter(([, members]) => members.length)
        .map(([label, members]) => (
          <section class="group" key={label}>
            <h2>{label}</h2>
            <ul class="roster">
              {members.map((actor) => {
                const answered = actor.id in rows;
                const isOpen = open === actor.id;
                return (
                  <li key={actor.id} class={answered ? "row row-on" : "row"}>
                    <button class="row-name" aria-pressed={answered} aria-expanded={answered ? isOpen : undefined} onClick={() => tap(actor)}>
                      <span class="row-mark" aria-hidden="true">
                        {answered ? "✓" : ""}
                      </span>
                      <span>{actor.label}</span>
                      {answered && !isOpen && <small class="muted">{summary(actor)}</small>}
                      {!answered && note?.(actor)}
                    </button>
                    {isOpen && <div class="row-inside">{inside(actor)}</div>}
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
    </div>
  );
}

/** A few choices beside each other, of which one holds. */
export function Choices({ label, options, value, onChoose }) {
  return (
    <div class="segment" role="group" aria-label={label}>
      {options.map(([key, text]) => (
        <button key={key} aria-pressed={value === key} onClick={() => value === key || onChoose(key)}>
          {text}
        </button>
      ))}
    </div>
  );
}
