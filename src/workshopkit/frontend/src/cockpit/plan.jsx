// The afternoon part by part, with the clock: it is worked out anew every minute, from when each part really began.
import { t, tn } from "../i18n.js";

/** The sponsor's own lines before those of all, where that was agreed beforehand. */
function First({ state, add }) {
  return (
    <details>
      <summary>{t("The sponsor goes first")}</summary>
      <label class="stack">
        <span>{t("Agree on it beforehand. The reveal then begins with the lines of this place.")}</span>
        <select value={state.sponsor ?? ""} onChange={({ target }) => add("sponsor.chosen", { actor: target.value || null })}>
          <option value="">{t("Nobody goes first")}</option>
          {state.teams.map((team) => (
            <option key={team.id} value={team.id}>
              {team.label}
            </option>
          ))}
        </select>
      </label>
    </details>
  );
}

/** @param {number} at seconds since the epoch */
const clock = (at) => new Date(at * 1000).toLocaleTimeString(document.documentElement.lang || "nl", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** How long a part takes, that it is over, or by how much it is over its time; one that the room went past without it was passed over. */
function lasts({ over, from, past, minutes }) {
  if (over) return from ? t("✓ done") : t("passed over");
  if (past > 0) return tn("{count} minute over time", "{count} minutes over time", past);
  return tn("{count} minute", "{count} minutes", minutes);
}

function Ends({ plan: { end, begun, spare } }) {
  const time = clock(end);
  if (!begun) return <p>{t("If you begin now, you are done at {time}.", { time })}</p>;
  return (
    <p>
      {spare >= 0
        ? tn("Done at {time}, with {count} minute to spare.", "Done at {time}, with {count} minutes to spare.", spare, { time })
        : tn("Done at {time}: {count} minute later than planned.", "Done at {time}: {count} minutes later than planned.", -spare, { time })}
    </p>
  );
}

export function Plan({ state, add, links }) {
  const { blocks, steps, drop, dropped } = state.plan;
  return (
    <section class="card stack">
      <h2>{t("The plan")}</h2>
      <Ends plan={state.plan} />
      <ol class="plan">
        {blocks.map((block) => (
          <li key={block.id} class={block.over ? "plan-over" : undefined} aria-current={block.now ? "step" : undefined}>
            <span class="muted plan-clock">{block.from ? clock(block.from) : "–"}</span>
            {block.part && block.id !== "slack" ? (
              <button class="btn btn-quiet" onClick={() => add("act.opened", { act: block.act, part: block.part })}>
                {block.label}
              </button>
            ) : (
              <span>{block.label}</span>
            )}
            <span class="muted">{lasts(block)}</span>
            {block.now && steps.length > 0 && (
              <ol class="plan-steps">
                {steps.map((step) => (
                  <li key={step.part}>
                    <button class="btn btn-quiet" aria-current={step.now ? "step" : undefined} onClick={() => add("act.opened", { act: step.act, part: step.part })}>
                      {step.label}
                    </button>
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
      <First state={state} add={add} />
      {drop && (
        <button class="btn" onClick={() => add("block.dropped", { block: drop.id, dropped: true })}>
          {t("We are running late: drop “{what}”", { what: drop.label })}
        </button>
      )}
      {dropped.map((block) => (
        <button class="btn btn-quiet" key={block.id} onClick={() => add("block.dropped", { block: block.id, dropped: false })}>
          {t("Put “{what}” back", { what: block.label })}
        </button>
      ))}
      <a class="btn btn-quiet" href={links.lead}>
        {t("Lead from your phone")}
      </a>
      {!state.anonymous && (
        <a class="btn btn-quiet" href={links.entry}>
          {t("Teams without a phone")}
        </a>
      )}
      <a class="btn btn-quiet" href={links.case}>
        {t("Read the whole case")}
      </a>
    </section>
  );
}
