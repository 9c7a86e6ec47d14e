// The facilitator's page: one button for what comes next, what the room sees, what one can say, and who is how far.
import { useEffect, useRef } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { led } from "../state.js";
import { MapView } from "./map.jsx";
import { isEarly, progressText, QrCode, Saving, Timer, useSettle } from "./parts.jsx";
import { spaced } from "./wall.jsx";

const MINUTES = [2, 5, 8, 12];

export function Cockpit({ state: told, outbox, add, links, ask }) {
  const state = led(told, outbox.ahead);
  const buttons = useRef(null);
  const shows = useRef(null);
  useSettle(buttons, state.act, state.part, state.sentence);
  useSettle(shows, state.map_shown, state.marks_shown);
  return (
    <div class="cockpit">
      <div class="stack">
        <section class="card stack cockpit-now">
          <p class="muted">{state.subject}</p>
          <Now state={state} />
          <div class="stack" ref={buttons}>
            <Steps state={state} add={add} />
          </div>
          <Hints state={state} />
          <Saving outbox={outbox} />
        </section>
        <Teams state={state} />
        <Examples state={state} add={add} />
        <Agreed state={state} add={add} />
      </div>
      <div class="stack">
        <section class="card stack">
          <h2>{t("On the big screen")}</h2>
          <div class="buttons" ref={shows}>
            <button class="btn" onClick={() => add("map.shown", { shown: !state.map_shown })}>
              {state.map_shown ? t("Hide the map") : t("Show the map")}
            </button>
            <button class="btn" onClick={() => add("marks.shown", { shown: !state.marks_shown })}>
              {state.marks_shown ? t("Hide the marks") : t("Show the marks")}
            </button>
            <a class="btn" href={links.wall} target="_blank" rel="noopener">
              {t("Open the big screen")}
            </a>
          </div>
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
              <button class="btn btn-quiet" onClick={() => add("timer.set", { seconds: null })}>
                {t("Stop the timer")}
              </button>
            )}
            <Timer timer={state.timer} now={state.now} />
          </div>
          <div class="join-small">
            <QrCode qr={state.qr} label={t("QR code to join")} />
            <div>
              <p class="code code-big">{spaced(state.code)}</p>
              <p class="address">{state.join_url}</p>
            </div>
          </div>
        </section>
        <Plan state={state} add={add} links={links} />
        <Keep ask={ask} state={state} add={add} />
      </div>
      {state.map_shown && state.map && (
        <section class="card cockpit-map">
          <MapView map={state.map} />
        </section>
      )}
    </div>
  );
}

/** The minutes that the timer offers: those of this part of the plan, and round ones. */
function minutesFor({ plan }) {
  const block = plan.blocks.find((one) => one.now);
  return [...new Set([...MINUTES, ...(block ? [block.minutes] : [])])].sort((one, other) => one - other);
}

/** The plan is the kernel's; between a tap and its word the button has been tapped, and nothing else has changed. */
const isHere = ({ plan: { now }, act, part }) => now && now.act === act && now.part === part;

const isSettled = ({ plan: { now }, act, part, sentence }) =>
  now ? now.act === act && now.part === part && now.sentence === (sentence ?? 0) : !act;

function Now({ state }) {
  const { now } = state.plan;
  if (!isHere(state)) return <h1>{state.act ? t("One moment…") : t("Ready to begin")}</h1>;
  return (
    <>
      <h1>{now.block}</h1>
      <dl class="script">
        <dt>{t("The room sees")}</dt>
        <dd>{now.sees}</dd>
        {now.said && (
          <>
            <dt>{now.sentences > 1 ? t("The room reads ({place} of {count})", { place: Math.min(now.sentence + 1, now.sentences), count: now.sentences }) : t("The room reads")}</dt>
            <dd class="reads">{now.said}</dd>
          </>
        )}
        <dt>{t("You can say")}</dt>
        <dd class="say">{now.say}</dd>
      </dl>
    </>
  );
}

/** Closed until it is wanted, and then open from moment to moment; below the big button, so that it never moves that. */
function Hints({ state }) {
  const { hints } = state.plan.now ?? {};
  if (!hints?.listen) return null;
  return (
    <details hidden={!isHere(state)}>
      <summary>{t("Listen, ask, beware")}</summary>
      <dl class="script">
        <dt>{t("Listen")}</dt>
        <dd>{hints.listen}</dd>
        <dt>{t("Ask")}</dt>
        <dd>{hints.ask}</dd>
        <dt>{t("Beware")}</dt>
        <dd>{hints.beware}</dd>
      </dl>
    </details>
  );
}

const TYPED = "input, select, textarea, [contenteditable]";

/** One tap forward and one back: a sentence, or a step. The arrow keys do the same. */
function Steps({ state, add }) {
  const { now, next, back } = state.plan;
  const settled = isSettled(state);
  const open = (step) => {
    if (!settled || !step) return;
    const { act, part, sentence } = step;
    add("act.opened", sentence ? { act, part, sentence } : { act, part });
  };
  useEffect(() => {
    const press = (event) => {
      const step = { ArrowRight: next, ArrowLeft: back }[event.key];
      const isOurs = !event.repeat && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.target.closest?.(TYPED);
      if (!step || !isOurs) return;
      event.preventDefault();
      open(step);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  const isSame = next?.act === now?.act && next?.part === now?.part;
  return (
    <>
      <div class="steps">
        {/* Never disabled: a button that is, loses the focus of the keyboard. */}
        {back && (
          <button class="btn btn-back" aria-disabled={!settled} onClick={() => open(back)}>
            {t("Back")}
          </button>
        )}
        {next && (
          <button class="btn btn-primary btn-next" aria-disabled={!settled} onClick={() => open(next)}>
            {t("Next")}
          </button>
        )}
      </div>
      <p class="muted">
        {!next ? t("This was the last step.") : isSame ? t("Then: the next sentence.") : next.block === now?.block ? next.sees : t("Then: {what}", { what: next.block })}
      </p>
      <p class="muted keys">{t("The arrow keys do it too.")}</p>
    </>
  );
}

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

function Plan({ state, add, links }) {
  const { blocks, steps, drop, dropped } = state.plan;
  return (
    <section class="card stack">
      <h2>{t("The plan")}</h2>
      <ol class="plan">
        {blocks.map((block) => (
          <li key={block.id} aria-current={block.now ? "step" : undefined}>
            {block.part && block.id !== "slack" ? (
              <button class="btn btn-quiet" onClick={() => add("act.opened", { act: block.act, part: block.part })}>
                {block.label}
              </button>
            ) : (
              <span>{block.label}</span>
            )}
            <span class="muted">{tn("{count} minute", "{count} minutes", block.minutes)}</span>
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
      <a class="btn btn-quiet" href={links.case}>
        {t("Read the whole case")}
      </a>
    </section>
  );
}

/** What a team has done in this act, in a word or a number. */
function done(team, state) {
  if (state.act === "case") return team.marks || "–";
  if (state.part === "guess") return team.guessed ? <Done /> : "–";
  if (state.part === "walk" || state.part === "break") return team.walked ? <Done /> : "–";
  if (state.act === "agreements" || state.act === "report") return team.agreements || "–";
  return null;
}

const DOING = (state) => {
  if (state.act === "case") return t("Cards");
  if (state.part === "guess") return t("Guess");
  if (state.part === "walk" || state.part === "break") return t("Walk");
  if (state.act === "agreements" || state.act === "report") return t("Agreements");
  return null;
};

function Teams({ state }) {
  const groups = Map.groupBy ? Map.groupBy(state.teams, (team) => team.domain ?? "") : group(state.teams);
  const doing = DOING(state);
  const asked = !isEarly(state);
  const columns = [t("Phones"), ...(asked ? [t("Told"), t("Heard")] : []), ...(doing ? [doing] : [])];
  return (
    <section class="card stack cockpit-teams">
      <h2>{progressText(state, state.teams_count ?? 0, { joined: state.joined_count ?? 0, ready: state.ready_count ?? 0 })}</h2>
      {asked && <p class="muted">{t("A number: tapped so far. ✓: this is everyone.")}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{t("Team")}</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {[...groups].map(([domain, teams]) => (
          <tbody key={domain}>
            <tr>
              <th scope="rowgroup" colSpan={columns.length + 1}>
                {domain || t("Outside")}
              </th>
            </tr>
            {teams.map((team) => (
              <tr key={team.id} class={team.ready ? "team-ready" : ""}>
                <th scope="row">{team.label}</th>
                <td>{team.phones || "–"}</td>
                {asked && <td>{team.closed.told ? <Closed /> : team.told || "–"}</td>}
                {asked && <td>{team.closed.heard ? <Closed /> : team.heard || "–"}</td>}
                {doing && <td>{done(team, state)}</td>}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Examples({ state, add }) {
  const rows = state.examples ?? [];
  if (!rows.length || state.act !== "case") return null;
  return (
    <section class="card stack">
      <h2>{t("Examples from the teams")}</h2>
      <p class="muted">{t("The room sees them beside their card, with the marks.")}</p>
      <ul class="agreements">
        {rows.map((row) => (
          <li key={row.id}>
            <p>
              <strong>
                {row.by} · {row.card}
              </strong>{" "}
              {row.text}
            </p>
            <button class="btn btn-quiet" onClick={() => add("example.shown", { example: row.id, shown: !row.shown })}>
              {row.shown ? t("Take off the big screen") : t("Show on the big screen")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Agreed({ state, add }) {
  const rows = state.agreements ?? [];
  if (!rows.length) return null;
  const said = { accepted: t("they do it"), other: t("rather otherwise") };
  return (
    <section class="card stack">
      <h2>{t("Agreements")}</h2>
      <ul class="agreements">
        {rows.map((row) => (
          <li key={row.id}>
            <p>
              <strong>
                {row.by} · {row.with}
              </strong>{" "}
              {said[row.answer] ?? t("no answer yet")}
            </p>
            <p>{t("If {what}, then we {act}.", { what: row.texts.if, act: row.texts.then })}</p>
            <button class="btn btn-quiet" onClick={() => add("agreement.hidden", { agreement: row.id, hidden: !row.hidden })}>
              {row.hidden ? t("Show on the big screen") : t("Take off the big screen")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Keep({ ask, state, add }) {
  return (
    <section class="card stack">
      <h2>{t("Keep")}</h2>
      <div class="buttons">
        <button class="btn" onClick={() => ask({ type: "export" })}>
          {t("Save report and data")}
        </button>
      </div>
      <details>
        <summary>{t("End the workshop")}</summary>
        <p>{t("The phones say that it is over. Nothing can be answered any more; everything can be read.")}</p>
        <button class="btn btn-bad" disabled={state.closed} onClick={() => add("workshop.closed", {})}>
          {t("End the workshop")}
        </button>
      </details>
    </section>
  );
}

const Done = () => (
  <span role="img" aria-label={t("done")}>
    ✓
  </span>
);

const Closed = () => (
  <span role="img" aria-label={t("This is everyone")}>
    ✓
  </span>
);

function group(teams) {
  const groups = new Map();
  for (const team of teams) groups.set(team.domain ?? "", [...(groups.get(team.domain ?? "") ?? []), team]);
  return groups;
}
