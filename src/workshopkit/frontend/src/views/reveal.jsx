// A phone during the reveal: guess once, look up, and see one's own lines bend.
import { useRef, useState } from "preact/hooks";

import { t } from "../i18n.js";
import { Figure } from "../lazy.jsx";
import { useMoving } from "../moving.js";
import { outcomeName } from "./outcomes.js";
import { Told } from "./parts.jsx";

const TENTHS = Array.from({ length: 11 }, (_, count) => count);

export function Guess({ state, sheet, add, heading }) {
  const [changing, change] = useState(false);
  const given = sheet.guess;
  if (given !== null && !changing) {
    return (
      <>
        <h1 ref={heading} tabIndex={-1}>
          {t("You guess: {count} of every 10.", { count: given })}
        </h1>
        <p class="lead">{t("Look at the big screen.")}</p>
        <button class="btn" onClick={() => change(true)}>
          {t("Change")}
        </button>
      </>
    );
  }
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t("Of every 10 lines that we drew, how many run straight?")}
      </h1>
      <p>{t("Straight means: told, and heard directly. A guess is enough.")}</p>
      <div class="chips tenths" role="group" aria-label={t("Of every 10 lines that we drew, how many run straight?")}>
        {TENTHS.map((count) => (
          <button
            key={count}
            aria-pressed={given === count}
            onClick={() => {
              add("guessed", { tenths: count });
              change(false);
            }}
          >
            {count}
          </button>
        ))}
      </div>
    </>
  );
}

const TITLES = () => ({
  missing: t("Who is missing in this conversation?"),
  sponsor: t("Who goes first"),
  arrives: t("What arrives"),
  drawn: t("This is how we think it runs"),
  bent: t("This is how it arrives"),
  against: t("Our guess, and how it is"),
  audiences: t("What reaches the people it is for"),
  circles: t("What goes round"),
  walls: t("Between the domains"),
  break: t("Break"),
  talk: t("A message on its way"),
  relay: t("A message on its way"),
  choose: t("Break-through"),
  cut: t("Twelve hours are left"),
  close: t("Thank you"),
});

const BOW = 34;

/** Our own lines: straight as we drew them; then bent, faded or straight still. Nobody else's phone has them. */
function OwnLines({ state }) {
  const list = useRef(null);
  const kept = useRef({ part: null, rows: [], bows: {} });
  // Between a tap and what is computed for it the rows stay, so that they bend where they are.
  if (state.own) kept.current = { ...kept.current, part: state.part, rows: state.own };
  const { part, rows, bows } = kept.current;
  const isOpen = ["arrives", "drawn", "bent"].includes(state.part);
  const bent = part === "bent";
  for (const row of bent ? rows : []) bows[row.to] = row.stops.length ? BOW : 0;
  useMoving(
    bent ? 1 : 0,
    (far) => {
      rows.forEach(({ to }, place) => list.current?.querySelectorAll("path")[place]?.setAttribute("d", `M4 20Q60 ${20 - (bows[to] ?? 0) * far} 112 20`));
    },
    rows,
  );
  if (!isOpen || !rows.length) return null;
  const label = (id) => state.actors.find((actor) => actor.id === id)?.label ?? id;
  const how = ({ outcome, named, stops }) => {
    const stop = stops.map(label).join(", ");
    return outcome === "via" ? (named ? t("via {stop}", { stop }) : t("could run via {stop}", { stop })) : outcomeName(outcome);
  };
  return (
    <section class="stack">
      <h2>{{ arrives: t("These lines of yours arrive"), drawn: t("Your own lines"), bent: t("This is how your own lines run") }[part]}</h2>
      <ul class={part === "drawn" ? "own-lines" : "own-lines bend-bent"} ref={list}>
        {rows.map((row) => (
          <li key={row.to}>
            <svg viewBox="0 0 116 32" aria-hidden="true">
              <path class={`drawn drawn-${part === "arrives" ? "straight" : row.outcome}`} />
            </svg>
            <span>
              {label(row.to)}
              {bent && <small class="muted">{how(row)}</small>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whatever stands on the big screen now, in one sentence; and what of it is our own. */
export function Look({ state, heading }) {
  const said = state.said ?? [];
  const sentence = said[Math.min(state.sentence ?? 0, said.length - 1)];
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {TITLES()[state.part] ?? state.subject}
      </h1>
      {sentence && <p class="lead">{sentence}</p>}
      <Told text={sentence} />
      {state.figure && <Figure figure={state.figure} />}
      <OwnLines state={state} />
      {sentence && <p class="muted">{t("Of people little is certain: this is one message, in these weeks.")}</p>}
      {!state.figure && <p class={sentence ? "" : "lead"}>{state.part === "close" ? t("Your answers are kept. You may put your phone away.") : t("Look at the big screen.")}</p>}
    </>
  );
}
