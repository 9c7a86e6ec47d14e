// Agreements on a phone: write one about a line, and say yes or "rather otherwise" to those of others.
import { useState } from "preact/hooks";

import { dateText, t } from "../i18n.js";
import { useKept } from "../kept.js";
import { Names } from "./parts.jsx";

const MOST = 3;
const YEARS = 3; // as room/agreements.py has it
const EMPTY = { with: "", ours: true, if: "", then: "", who: "", when: "", obstacle: "", instead: "", alone: "", cite: "", step: "" };

export function Agree({ state, sheet, add, ask, heading, links }) {
  const [draft, set] = useKept(`agreement:${state.seat.id}`, EMPTY);
  const [missing, setMissing] = useState("");
  const [rehearsed, rehearse] = useState("");
  const label = (id) => state.actors.find((actor) => actor.id === id)?.label ?? id;
  const others = state.actors.filter((actor) => actor.id !== state.seat.id && actor.voice !== "none");
  const full = sheet.agreements.length >= MOST;
  const field = (name, text, options = {}) => (
    <label class="field">
      <span>{text}</span>
      <input value={draft[name]} maxLength={name === "who" ? 80 : 200} onInput={(event) => set({ ...draft, [name]: event.currentTarget.value })} {...options} />
    </label>
  );
  const chosen = (name, text, rows) =>
    rows.length > 0 && (
      <label class="field">
        <span>{text}</span>
        <select value={draft[name]} onChange={(event) => set({ ...draft, [name]: event.currentTarget.value })}>
          <option value="">{t("choose")}</option>
          {rows.map(({ id, label: said, title }) => (
            <option key={id} value={id}>
              {said ?? `${name === "cite" ? `${id} ` : ""}${title}`}
            </option>
          ))}
        </select>
      </label>
    );
  const today = new Date();
  const first = isoOf(today);
  const last = isoOf(new Date(today.getFullYear() + YEARS, today.getMonth(), today.getDate()));
  const submit = (event) => {
    event.preventDefault();
    const open = ["with", "if", "then", "who", "when", "obstacle", "instead", "alone"].find((name) => !draft[name].trim());
    if (open) {
      setMissing(t("Fill in every field that has no “if you like”."));
      return;
    }
    if (draft.when < first || draft.when > last) {
      setMissing(t("Choose a date from today on, within {years} years; not {date}.", { years: YEARS, date: draft.when }));
      return;
    }
    setMissing("");
    const { cite, ...form } = draft;
    add("agreement.written", { ...form, cites: cite ? [cite] : [] });
    rehearse(draft.if);
    set(EMPTY);
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t("What will you do in the coming months?")}
      </h1>
      <Written state={state} sheet={sheet} add={add} label={label} />
      {sheet.agreements.length > 0 && <ToCalendar links={links} />}
      {rehearsed && <Rehearse moment={rehearsed} done={() => rehearse("")} />}
      {full ? (
        <p>{t("You have three agreements. That is enough to keep.")}</p>
      ) : (
        <form class="stack" onSubmit={submit} noValidate>
          {state.goal && <p class="muted">{t("Our goal: {goal}", { goal: state.goal })}</p>}
          {chosen("with", t("With whom?"), others)}
          <div class="segment" role="group" aria-label={t("Which line?")}>
            <button type="button" aria-pressed={draft.ours} onClick={() => set({ ...draft, ours: true })}>
              {t("from us to them")}
            </button>
            <button type="button" aria-pressed={!draft.ours} onClick={() => set({ ...draft, ours: false })}>
              {t("from them to us")}
            </button>
          </div>
          {field("if", t("If …"))}
          {field("then", t("then we …"))}
          {field("who", t("Who does it? A role, no name."))}
          {field("when", t("From when?"), { type: "date", min: first, max: last })}
          {field("obstacle", t("If this gets in the way …"))}
          {field("instead", t("then we …"))}
          {field("alone", t("Who can do this in a year without us?"))}
          {chosen("step", t("Which step is it? (if you like)"), state.steps ?? [])}
          {chosen("cite", t("Where in the case does this come from? (if you like)"), state.passages)}
          <Names text={["if", "then", "who", "obstacle", "instead", "alone"].map((name) => draft[name]).join("\n")} state={state} ask={ask} />
          {missing && (
            <p class="notice notice-bad" role="alert">
              {missing}
            </p>
          )}
          <button class="btn btn-primary">{t("Agree on this")}</button>
        </form>
      )}
    </>
  );
}

function isoOf(day) {
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
}

/** Who has seen the moment once before it comes, remembers it when it does. */
function Rehearse({ moment, done }) {
  return (
    <div class="card stack" role="status">
      <p>
        <strong>{t("Imagine: Monday, nine o’clock. {moment}. What do you do first?", { moment: moment[0].toUpperCase() + moment.slice(1) })}</strong>
      </p>
      <p>{t("Close your eyes for a moment, and tell it to each other.")}</p>
      <button class="btn btn-quiet" onClick={done}>
        {t("We have told it")}
      </button>
    </div>
  );
}

/** After 30 and 90 days the team's own calendar asks how it went: the room's laptop is gone by then. */
export function ToCalendar({ links }) {
  return (
    <p>
      <a class="btn btn-quiet" href={links.calendar} download>
        {t("Put it in your calendar")}
      </a>
    </p>
  );
}

function Written({ state, sheet, add, label }) {
  if (!sheet.agreements.length) return null;
  const said = { accepted: t("they do it with you"), other: t("they would rather do it otherwise") };
  return (
    <ul class="agreements">
      {sheet.agreements.map((one) => (
        <li class="card stack" key={one.id}>
          <p class="muted">{one.ours ? t("from us to {team}", { team: label(one.with) }) : t("from {team} to us", { team: label(one.with) })}</p>
          <IfThen {...one} ends={[state.seat.label, label(one.with)]} turned={!one.ours} />
          <Cites one={one} state={state} />
          <p class="muted">{said[state.answers?.[one.id]] ?? t("no answer yet")}</p>
          <button class="btn btn-quiet" onClick={() => add("agreement.dropped", { agreement: one.id })}>
            {t("Drop")}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** An agreement as two sentences. */
export function IfThen({ texts, when, step, ends, turned }) {
  const [sender, receiver] = turned ? [...ends].reverse() : ends;
  return (
    <>
      <p>
        <strong>{t("If {what}, then we {act}.", { what: texts.if, act: texts.then })}</strong>{" "}
        {step === "remove" ? t("That way it no longer comes from {sender} to {receiver}.", { receiver, sender }) : t("That way it comes directly from {sender} to {receiver}.", { receiver, sender })}
      </p>
      <p>{t("{who}, from {when}.", { who: texts.who, when: dateText(when) })}</p>
      <p>{t("If {what} gets in the way, then we {act}.", { what: texts.obstacle, act: texts.instead })}</p>
    </>
  );
}

/** From which step and which passage of the case it comes. */
function Cites({ one, state }) {
  const found = state.passages.filter(({ id }) => one.cites?.includes(id));
  const step = state.steps?.find(({ id }) => id === one.step);
  return (
    <>
      {step && <p class="muted">{t("Step: {title}", { title: step.title })}</p>}
      {found.length > 0 && <p class="muted">{t("Case: {title}", { title: found.map(({ title }) => title).join(" · ") })}</p>}
    </>
  );
}

export function Accept({ state, sheet, add, heading, links }) {
  const label = (id) => state.actors.find((actor) => actor.id === id)?.label ?? id;
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {state.incoming.length ? t("Others agree this with you. Do you do it?") : t("Walk to the team at the other end of your agreement.")}
      </h1>
      <ul class="agreements">
        {state.incoming.map((one) => (
          <li class="card stack" key={one.id}>
            <p class="muted">{t("{team}:", { team: one.by })}</p>
            <IfThen {...one} ends={[one.from, one.to]} />
            <Cites one={one} state={state} />
            <div class="segment" role="group" aria-label={t("What do you say?")}>
              {[
                ["accepted", t("We do it")],
                ["other", t("Rather otherwise")],
              ].map(([answer, text]) => (
                <button key={answer} aria-pressed={sheet.accepts[one.id] === answer} onClick={() => sheet.accepts[one.id] === answer || add("agreement.answered", { agreement: one.id, answer })}>
                  {text}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {sheet.agreements.length > 0 && <h2>{t("Your own agreements")}</h2>}
      <Written state={state} sheet={sheet} add={add} label={label} />
      {(sheet.agreements.length > 0 || state.incoming.length > 0) && <ToCalendar links={links} />}
    </>
  );
}
