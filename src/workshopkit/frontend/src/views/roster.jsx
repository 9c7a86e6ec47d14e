// One question with a row for every other place on the map, by domain. A tapped row opens in place. On a large map one
// can search, domains fold, and what was chosen before stands first.
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { matches } from "../search.js";
import { useSettle } from "./parts.jsx";

const SEARCH_FROM = 15;
const FOLD_FROM = 21;
const MOST_LATEST = 8;

const othersOf = (state) => state.actors.filter((actor) => actor.id !== state.seat.id);

/** Whether a map has more places than one looks through at a glance. */
export const isLarge = (state) => othersOf(state).length >= SEARCH_FROM;

/** A field to search in, with how many it finds; Escape empties it, Enter takes the only one that is left. */
function Search({ query, search, found, onOnly }) {
  const field = useRef(null);
  const status = useId();
  const clear = () => {
    search("");
    field.current.focus();
  };
  const press = (event) => {
    if (event.key === "Escape" && query) clear();
    else if (event.key === "Enter" && query.trim() && found.length === 1) onOnly(found[0]);
    else return;
    event.preventDefault();
  };
  return (
    <div class="search">
      <input
        ref={field}
        type="search"
        value={query}
        placeholder={t("Search a place")}
        aria-label={t("Search a place")}
        aria-describedby={status}
        autocomplete="off"
        enterkeyhint="search"
        onInput={({ target }) => search(target.value)}
        onKeyDown={press}
      />
      {query && (
        <button class="btn" aria-label={t("Empty the search field")} onClick={clear}>
          ×
        </button>
      )}
      <p id={status} role="status" class="muted">
        {query.trim() && (found.length ? tn("{count} place found", "{count} places found", found.length) : t("No place is called that."))}
      </p>
    </div>
  );
}

/**
 * @param {object} props
 * @param {any} props.state
 * @param {Record<string, any>} props.rows what was answered, by actor
 * @param {string[]} [props.recent] whom the team chose before, elsewhere
 * @param {(actor: any) => void} props.onTap a row that was not answered yet
 * @param {(actor: any) => any} props.inside what an open row shows
 * @param {(actor: any) => string} props.summary what a closed, answered row says
 * @param {(actor: any) => any} [props.note]
 */
export function Roster({ state, rows, recent = [], onTap, inside, summary, note }) {
  const others = othersOf(state);
  const large = isLarge(state);
  const folds = others.length >= FOLD_FROM;
  const [chosen, choose] = useState(null);
  const [query, search] = useState("");
  // As it was when the question came up: a row that is tapped stays where it is.
  const [latest] = useState(() => [...new Set([...Object.keys(rows), ...recent])].slice(0, large ? MOST_LATEST : 0));
  const [unfolded, unfold] = useState(() => new Set([state.actors.find((actor) => actor.id === state.seat.id)?.domain]));
  const open = chosen in rows ? chosen : null;
  const list = useRef(null);
  useSettle(list, open);
  useEffect(() => {
    // What has opened may lie under the bar at the bottom.
    list.current?.querySelector(".row-inside")?.parentElement.scrollIntoView({ block: "nearest" });
  }, [open, rows[open]?.answer]);
  const isSought = query.trim() !== "";
  const domainOf = Object.fromEntries(state.domains.map((domain) => [domain.id, domain.label]));
  const found = isSought ? others.filter((actor) => matches(`${actor.label} ${domainOf[actor.domain] ?? ""}`, query)) : others;
  const first = isSought ? [] : found.filter((actor) => latest.includes(actor.id));
  const rest = found.filter((actor) => !first.includes(actor));
  const groups = [
    ["latest", t("Chosen before"), first],
    ...state.domains.map((domain) => [domain.id, domain.label, rest.filter((actor) => actor.domain === domain.id)]),
    ["", t("Other places"), rest.filter((actor) => actor.kind !== "audience" && !(actor.domain in domainOf))],
    ["outside", t("Outside"), rest.filter((actor) => actor.kind === "audience")],
  ].filter(([, , members]) => members.length);
  const tap = (actor) => {
    const answered = actor.id in rows;
    if (!answered) onTap(actor);
    choose(answered && open === actor.id ? null : actor.id);
  };
  const fold = (key) => {
    const next = new Set(unfolded);
    if (!next.delete(key)) next.add(key);
    unfold(next);
  };
  return (
    <div class="stack" ref={list}>
      {large && <Search query={query} search={search} found={found} onOnly={tap} />}
      {groups.map(([key, label, members]) => {
        const mayFold = folds && !isSought && key !== "latest";
        const isShown = !mayFold || unfolded.has(key);
        const count = members.filter((actor) => actor.id in rows).length;
        return (
          <section class="group" key={key}>
            <h2>
              {mayFold ? (
                <button class="fold" aria-expanded={isShown} onClick={() => fold(key)}>
                  <span>{label}</span>
                  <small>{count ? t("{count} of {places} chosen", { count, places: members.length }) : members.length}</small>
                </button>
              ) : (
                label
              )}
            </h2>
            {isShown && (
              <ul class="roster">
                {members.map((actor) => (
                  <Row key={actor.id} {...{ actor, tap, inside, summary, note }} answered={actor.id in rows} isOpen={open === actor.id} />
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}

function Row({ actor, answered, isOpen, tap, inside, summary, note }) {
  return (
    <li class={answered ? "row row-on" : "row"}>
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
}

/**
 * Places of which one is chosen. On a large map only the likely ones stand there, until one searches or asks for all.
 * @param {object} props
 * @param {string} props.label
 * @param {any[]} props.places
 * @param {string[]} props.likely
 * @param {[string, string][]} [props.more] what can be chosen and is no place
 * @param {string | null} props.value
 * @param {(key: string) => void} props.onChoose
 */
export function Picks({ label, places, likely, more = [], value, onChoose }) {
  const [query, search] = useState("");
  const [all, showAll] = useState(false);
  const large = places.length >= SEARCH_FROM;
  const isSought = query.trim() !== "";
  const found = isSought ? places.filter((place) => matches(place.label, query)) : places;
  const few = large && !isSought && !all;
  const shown = few ? places.filter((place) => likely.includes(place.id) || place.id === value) : found;
  return (
    <>
      {large && <Search query={query} search={search} found={found} onOnly={(place) => onChoose(place.id)} />}
      <div class="chips" role="group" aria-label={label}>
        {[...shown.map((place) => [place.id, place.label]), ...more].map(([key, text]) => (
          <button key={key} aria-pressed={value === key} onClick={() => onChoose(key)}>
            {text}
          </button>
        ))}
      </div>
      {few && shown.length < places.length && (
        <button class="btn btn-quiet" onClick={() => showAll(true)}>
          {t("All {count} places", { count: places.length })}
        </button>
      )}
    </>
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
