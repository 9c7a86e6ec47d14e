// The facilitator's part: where the two messages begin, on to the next round, stop; and which typed texts the room sees.
import { useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { Left, useClock } from "./clock.jsx";

const MESSAGES = ["out", "in"];

export function RelayLead({ state, add }) {
  const { relay } = state;
  const now = useClock(state.now);
  if (!relay) return null;
  const isRunning = relay.phase && relay.ends;
  return (
    <section class="card stack relay-lead">
      <h2>{t("Two messages on their way")}</h2>
      {isRunning ? <Running relay={relay} now={now} add={add} /> : <Start relay={relay} add={add} />}
      {relay.texts?.length > 0 && (
        <details>
          <summary>{t("What teams typed")}</summary>
          <ul class="relay-typed">
            {relay.texts.map(({ version, text, hidden }) => (
              <li key={version}>
                <span>{text}</span>
                <button class="btn btn-quiet" aria-pressed={hidden} onClick={() => add("relay.hidden", { version, hidden: !hidden })}>
                  {hidden ? t("Show it again") : t("Keep it off the screen")}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Running({ relay, now, add }) {
  return (
    <>
      <p class="relay-head">
        <span>{relay.phase <= relay.rounds ? t("Round {round} of {rounds}", { round: relay.phase, rounds: relay.rounds }) : t("Questions")}</span>
        <Left ends={relay.ends} now={now} />
      </p>
      <p class="muted">{relay.busy ? tn("{count} place is still busy.", "{count} places are still busy.", relay.busy) : t("Everybody is ready.")}</p>
      <div class="buttons">
        <button class="btn" onClick={() => add("relay.next", { round: relay.phase })}>
          {t("On with the next round")}
        </button>
        <button class="btn btn-quiet" onClick={() => add("relay.stopped", {})}>
          {t("Stop the messages")}
        </button>
      </div>
    </>
  );
}

function Start({ relay, add }) {
  const [chosen, choose] = useState(relay.suggest);
  const names = { out: t("The message from inside begins with"), in: t("The complaint from outside begins with") };
  const isOver = Boolean(relay.phase);
  return (
    <>
      {MESSAGES.map((message) => (
        <label class="stack" key={message}>
          <span>{names[message]}</span>
          <select value={chosen[message] ?? ""} onChange={({ currentTarget }) => choose({ ...chosen, [message]: currentTarget.value })}>
            {relay.starts.map(({ id, label, ways }) => (
              <option key={id} value={id}>
                {tn("{place} ({count} line)", "{place} ({count} lines)", ways, { place: label })}
              </option>
            ))}
          </select>
        </label>
      ))}
      <div class="buttons">
        <button class="btn" onClick={() => add("relay.started", { starts: chosen })}>
          {isOver ? t("Send two messages again") : t("Send the two messages")}
        </button>
      </div>
      {isOver && <p class="muted">{t("The ride of before is then gone.")}</p>}
      {isOver && (
        <p>
          <button class="btn btn-quiet" aria-pressed={relay.counted} onClick={() => add("relay.counted", { counted: !relay.counted })}>
            {relay.counted ? t("The report tells of this game") : t("Let the report tell of this game")}
          </button>
        </p>
      )}
    </>
  );
}
