// Agreements on a phone: write one about a line, and say yes or "rather otherwise" to those of others.
import { useState } from "preact/hooks";

import { dateText, t } from "../i18n.js";
import { useKept } from "../kept.js";

const MOST = 3;
const YEARS = 3; // as room/agreements.py has it
const EMPTY = { with: "", ours: true, if: "", then: "", who: "", when: "", obstacle: "", instead: "", alone: "", cite: "" };

export function Agree({ state, sheet, add, heading }) {
  const [draft, set] = useKept(`agreement:${state.seat.id}`, EMPTY);
  const [missing, setMissing] = useState("");
  const label = (id) => state.actors.find((actor) => actor.id === id)?.label ?? id;
  const others = state.actors.filter((actor) => actor.id !== state.seat.id && actor.voice !== "none");
  const full = sheet.agreements.length >= MOST;
  const field = (name, text, options = {}) => (
    <label class="field">
      <span>{text}</span>
      <input value={draft[name]} maxLength={name === "who" ? 80 : 200} onInput={(event) => set({ ...draft, [name]: event.currentTarget.value })} {...options} />
    </label>
  );
  const today = new Date();
  const first = isoOf(today);
  const last = isoOf(new Date(today.getFullYear() + YEARS, today.getMonth(), today.getDate()));
  const submit = (event) => {
    event.preventDefault();
    const open = ["with", "if", "then", "who", "when", "obstacle", "instead"].find((name) => !draft[name].trim());
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
    set(EMPTY);
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t("What will you do in the coming months?")}
      </h1>
      <Written state={state} sheet={sheet} add={add} label={label} />
      {full ? (
        <p>{t("You have three agreements. That is enough to keep.")}</p>
      ) : (
        <form class="stack" onSubmit={submit} noValidate>
          <label class="field">
            <span>{t("With whom?")}</span>
            <select value={draft.with} onChange={(event) => set({ ...draft, with: event.currentTarget.value })}>
              <option value="">{t("choose")}</option>
              {others.map((actor) => (
                <option key={actor.id} value={actor.id}>
                  {actor.label}
                </option>
              ))}
            </select>
          </label>
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
          {field("alone", t("Who can do this in a year without us? (if you like)"))}
          {state.passages.length > 0 && (
            <label class="field">
              <span>{t("Where in the case does this come from? (if you like)")}</span>
              <select value={draft.cite} onChange={(event) => set({ ...draft, cite: event.currentTarget.value })}>
                <option value="">{t("choose")}</option>
                {state.passages.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {id} {title}
                  </option>
                ))}
              </select>
            </label>
          )}
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

function Written({ state, sheet, add, label }) {
  if (!sheet.agreements.length) return null;
  const said = { accepted: t("they do it with you"), other: t("they would rather do it otherwise") };
  return (
    <ul class="agreements">
      {sheet.agreements.map((one) => (
        <li class="card stack" key={one.id}>
          <p class="muted">{one.ours ? t("from us to {team}", { team: label(one.with) }) : t("from {team} to us", { team: label(one.with) })}</p>
          <IfThen texts={one.texts} when={one.when} />
          <Cites ids={one.cites} passages={state.passages} />
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
export function IfThen({ texts, when }) {
  return (
    <>
      <p>
        <strong>{t("If {what}, then we {act}.", { what: texts.if, act: texts.then })}</strong>
      </p>
      <p>{t("{who}, from {when}.", { who: texts.who, when: dateText(when) })}</p>
      <p>{t("If {what} gets in the way, then we {act}.", { what: texts.obstacle, act: texts.instead })}</p>
    </>
  );
}

function Cites({ ids, passages }) {
  const found = passages.filter(({ id }) => ids?.includes(id));
  return found.length > 0 && <p class="muted">{t("Case: {title}", { title: found.map(({ title }) => title).join(" · ") })}</p>;
}

export function Accept({ state, sheet, add, heading }) {
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
            <IfThen texts={one.texts} when={one.when} />
            <Cites ids={one.cites} passages={state.passages} />
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
    </>
  );
}
