// What is on the big screen, and for how long; and a question first, so that it is not this page that the room sees.
import { useRef, useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { leftOf, Timer, useSettle } from "../views/parts.jsx";

const MINUTES = [2, 5, 8, 12];
const MORE_S = 120;

export function Screen({ state, add, links }) {
  const shows = useRef(null);
  useSettle(shows, state.map_shown, state.marks_shown);
  return (
    <section class="card stack">
      <h2>{t("On the big screen")}</h2>
      <div class="buttons" ref={shows}>
        <button class="btn" onClick={() => add("map.shown", { shown: !state.map_shown })}>
          {state.map_shown ? t("Hide the map") : t("Show the map")}
        </button>
        <button class="btn" onClick={() => add("marks.shown", { shown: !state.marks_shown })}>
          {state.marks_shown ? t("Hide the marks") : t("Show the marks")}
        </button>
      </div>
      <Opening links={links} />
      <div class="buttons minutes" role="group" aria-label={t("Timer, in minutes")}>
        <span>{t("Timer, in minutes")}</span>
        {minutesFor(state).map((minutes) => (
          <button
            class="btn btn-quiet"
            key={minutes}
            aria-label={tn("{count} minute", "{count} minutes", minutes)}
            onClick={() => add("timer.set", { seconds: minutes * 60 })}
          >
            {minutes}
          </button>
        ))}
        {state.timer && (
          <>
            <button class="btn btn-quiet" onClick={() => add("timer.set", { seconds: leftOf(state) + MORE_S })}>
              {t("Two minutes more")}
            </button>
            <button class="btn btn-quiet" onClick={() => add("timer.set", { seconds: null })}>
              {t("Stop the timer")}
            </button>
          </>
        )}
        <Timer state={state} />
      </div>
    </section>
  );
}

/** The minutes that the timer offers: those of this part of the plan, and round ones. */
function minutesFor({ plan }) {
  const block = plan.blocks.find((one) => one.now);
  return [...new Set([...MINUTES, ...(block ? [block.minutes] : [])])].sort((one, other) => one - other);
}

/** Ask where this page is seen before the big screen opens: a laptop that doubles its screen shows the room everything. */
function Opening({ links }) {
  const [asked, setAsked] = useState("");
  if (!asked) {
    return (
      <div class="buttons">
        <button class="btn" onClick={() => setAsked("see")}>
          {t("Open the big screen")}
        </button>
      </div>
    );
  }
  return (
    <div class="stack wall-question" role="group" aria-labelledby="wall-question">
      <p id="wall-question">
        <strong>{t("Do you see this cockpit on the big screen?")}</strong>
      </p>
      {asked === "doubled" && (
        <div class="notice" role="status">
          <p>{t("Then the room reads along, your notes too. Set the projector to extend (Windows: the Windows key and P; Mac: Displays), look again, and answer once more.")}</p>
          <p>{t("Can that not be done? Then lead from your phone, and leave only the big screen on this laptop.")}</p>
          <a class="btn" href={links.lead}>
            {t("Lead from your phone")}
          </a>
        </div>
      )}
      <div class="buttons">
        <a class="btn btn-primary" href={links.wall} target="_blank" rel="noopener" onClick={() => setAsked("")}>
          {t("No: open the big screen")}
        </a>
        <button class="btn" aria-pressed={asked === "doubled"} onClick={() => setAsked("doubled")}>
          {t("Yes")}
        </button>
        <button class="btn btn-quiet" onClick={() => setAsked("")}>
          {t("Not now")}
        </button>
      </div>
    </div>
  );
}
