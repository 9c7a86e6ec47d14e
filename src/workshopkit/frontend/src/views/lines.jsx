// Act 02 on a phone: whom did you tell, from whom did you hear it, a wish, and a check; and the same again to correct.
import { useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { progressText } from "./parts.jsx";
import { Choices, isLarge, Picks, Roster } from "./roster.jsx";

/** By what else than a team it can come. */
export const WAYS = () => [
  ["press", t("press")],
  ["grapevine", t("grapevine")],
  ["unknown", t("we do not know")],
];

/** The step of act 02 that a team is at. */
export function Lines({ step, correcting, setCorrecting, ...shared }) {
  const done = () => setCorrecting(null);
  return (
    <>
      {step === "told" && <Told {...shared} correcting={correcting} done={done} />}
      {step === "heard" && <Heard {...shared} correcting={correcting} done={done} />}
      {step === "evidence" && <Evidence {...shared} correcting={correcting} done={done} />}
      {step === "wish" && <Wish {...shared} />}
      {step === "check" && <Check {...shared} correct={setCorrecting} />}
      {step === "done" && <Done {...shared} correct={setCorrecting} />}
    </>
  );
}

function About({ state: { subject, period, seat, anonymous } }) {
  return (
    <p class="about">
      {seat.proxy
        ? t("It is about: “{subject}”. Think of {period}. Answer for: {audience}.", { subject, period, audience: seat.label })
        : anonymous
          ? t("It is about: “{subject}”. Think of {period}. Answer for yourself.", { subject, period })
          : t("It is about: “{subject}”. Think of {period}. Answer as a team.", { subject, period })}
    </p>
  );
}

function Told({ state, sheet, add, heading, correcting, done }) {
  const tell = (actor, answer, expected) => add("told", { to: actor.id, answer, expected });
  const count = Object.keys(sheet.told).length;
  return (
    <>
      <About state={state} />
      <h1 ref={heading} tabIndex={-1}>
        {t("Whom did you tell this yourselves? Tap them.")}
      </h1>
      <Roster
        state={state}
        rows={sheet.told}
        recent={Object.keys(sheet.heard)}
        onTap={(actor) => tell(actor, "yes", "yes")}
        summary={(actor) => (sheet.told[actor.id].expected === "doubt" ? t("doubt") : t("yes"))}
        inside={(actor) => (
          <>
            <p>{t("Did it arrive, do you think?")}</p>
            <Choices
              label={t("Did it arrive, do you think?")}
              options={[
                ["yes", t("yes")],
                ["doubt", t("doubt")],
              ]}
              value={sheet.told[actor.id].expected ?? "yes"}
              onChoose={(expected) => tell(actor, "yes", expected)}
            />
            <button class="btn btn-quiet" onClick={() => tell(actor, "no", null)}>
              {t("Take back")}
            </button>
          </>
        )}
      />
      <Finish list="told" state={state} rows={sheet.told} count={count} add={add} correcting={correcting} done={done} />
    </>
  );
}

function Heard({ state, sheet, add, heading, correcting, done }) {
  const hear = (actor, answer, via = null) => add("heard", { from: actor.id, answer, via });
  const labels = Object.fromEntries([...state.actors.map((actor) => [actor.id, actor.label]), ...WAYS()]);
  const implied = Object.fromEntries((sheet.implied ?? []).map((found) => [found.from, found.because]));
  const words = { yes: t("directly"), partly: t("partly"), via: t("via another") };
  const count = Object.keys(sheet.heard).length;
  return (
    <>
      <About state={state} />
      <h1 ref={heading} tabIndex={-1}>
        {t("From whom did you hear it?")}
      </h1>
      <p class="muted">{t("Do you disagree? Choose partly.")}</p>
      <Roster
        state={state}
        rows={sheet.heard}
        recent={Object.keys(sheet.told)}
        onTap={(actor) => hear(actor, "yes")}
        summary={(actor) => {
          const { answer, via } = sheet.heard[actor.id];
          return answer === "via" && via ? t("via {stop}", { stop: labels[via] ?? via }) : words[answer];
        }}
        note={(actor) =>
          actor.id in implied && (
            <small class="muted">{t("so also from {stop}", { stop: actor.label })}</small>
          )
        }
        inside={(actor) => {
          const { answer, via } = sheet.heard[actor.id];
          return (
            <>
              <Choices label={actor.label} options={Object.entries(words)} value={answer} onChoose={(value) => hear(actor, value)} />
              {answer === "via" && (
                <>
                  <p>{t("Via whom?")}</p>
                  <Picks
                    label={t("Via whom?")}
                    places={state.actors.filter((other) => other.id !== actor.id && other.id !== state.seat.id && other.kind === "team")}
                    likely={Object.keys(sheet.heard)}
                    more={WAYS()}
                    value={via}
                    onChoose={(key) => via === key || hear(actor, "via", key)}
                  />
                </>
              )}
              <button class="btn btn-quiet" onClick={() => hear(actor, "no")}>
                {t("Take back")}
              </button>
            </>
          );
        }}
      />
      <Finish list="heard" state={state} rows={sheet.heard} count={count} add={add} correcting={correcting} done={done} />
    </>
  );
}

function Finish({ list, state, rows, count, add, correcting, done }) {
  const names = state.actors.filter((actor) => actor.id in rows).map((actor) => actor.label);
  return (
    <div class="finish">
      {isLarge(state) && count > 0 && <p class="picked">{tn("{count} chosen: {names}", "{count} chosen: {names}", count, { names: names.join(", ") })}</p>}
      <button class="btn btn-primary" onClick={() => (correcting ? done() : add("list.closed", { list }))}>
        {correcting ? t("Done") : count ? t("This is everyone") : t("Nobody")}
      </button>
    </div>
  );
}

/** How those who speak for an audience know. */
export const EVIDENCE = () => [
  ["reports", t("reports")],
  ["calls", t("phone calls")],
  ["figures", t("figures")],
  ["feeling", t("a feeling")],
];

/** Those who speak for an audience say how they know. */
function Evidence({ state, sheet, add, heading, correcting, done }) {
  const [chosen, choose] = useState(sheet.evidence ?? []);
  const toggle = (key) => choose(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
  return (
    <>
      <About state={state} />
      <h1 ref={heading} tabIndex={-1}>
        {t("How do you notice it?")}
      </h1>
      <p class="muted">{t("Tap all that hold.")}</p>
      <div class="chips" role="group" aria-label={t("How do you notice it?")}>
        {EVIDENCE().map(([key, text]) => (
          <button key={key} aria-pressed={chosen.includes(key)} onClick={() => toggle(key)}>
            {text}
          </button>
        ))}
      </div>
      <div class="finish">
        <button
          class="btn btn-primary"
          onClick={() => {
            add("evidence", { of: chosen });
            if (correcting) done();
          }}
        >
          {!chosen.length ? t("None of these") : correcting ? t("Done") : t("Go on")}
        </button>
      </div>
    </>
  );
}

function Wish({ state, sheet, add, heading }) {
  const [chosen, choose] = useState(sheet.wish ?? null);
  const others = state.actors.filter((actor) => actor.id !== state.seat.id);
  return (
    <>
      <About state={state} />
      <h1 ref={heading} tabIndex={-1}>
        {t("From whom would you have liked to hear it directly?")}
      </h1>
      <p class="muted">{t("One at most.")}</p>
      <Picks
        label={t("From whom would you have liked to hear it directly?")}
        places={others}
        likely={Object.keys(sheet.heard)}
        value={chosen}
        onChoose={(key) => choose(chosen === key ? null : key)}
      />
      <div class="finish">
        <button class="btn btn-primary" onClick={() => add("wish", { from: chosen })}>
          {chosen ? t("Go on") : t("Nobody")}
        </button>
      </div>
    </>
  );
}

function Summary({ sheet }) {
  const told = Object.keys(sheet.told).length;
  const heard = Object.keys(sheet.heard).length;
  return tn("You told it in {count} place and heard it from {heard}.", "You told it in {count} places and heard it from {heard}.", told, {
    heard,
  });
}

function Check({ state, sheet, add, heading, correct }) {
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        <Summary sheet={sheet} /> {t("Is this right?")}
      </h1>
      {state.imported && <p class="muted">{t("The facilitator read this out of a file.")}</p>}
      <Own state={state} sheet={sheet} />
      <div class="finish">
        <button class="btn btn-primary" onClick={() => add("checked", {})}>
          {t("Right")}
        </button>
        <Correct state={state} correct={correct} />
      </div>
    </>
  );
}

function Correct({ state, correct }) {
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <button class="btn" onClick={() => setOpen(true)}>
        {t("Change")}
      </button>
    );
  }
  return (
    <>
      <button class="btn" onClick={() => correct("told")}>
        {t("Whom we told")}
      </button>
      <button class="btn" onClick={() => correct("heard")}>
        {t("From whom we heard")}
      </button>
      {state.seat.proxy && (
        <button class="btn" onClick={() => correct("evidence")}>
          {t("How we notice it")}
        </button>
      )}
    </>
  );
}

function Own({ state, sheet }) {
  const label = (id) => state.actors.find((actor) => actor.id === id)?.label ?? id;
  const list = (ids) => (ids.length ? ids.map(label).join(", ") : t("nobody"));
  // Of the ways, only places on the map are told here: "the press" is nobody one heard it from.
  const places = new Set(state.actors.map((actor) => actor.id));
  const implied = (sheet.implied ?? []).map((found) => found.from).filter((way) => places.has(way));
  return (
    <dl class="own">
      <dt>{t("You told")}</dt>
      <dd>{list(Object.keys(sheet.told))}</dd>
      <dt>{t("You heard it from")}</dt>
      <dd>{list(Object.keys(sheet.heard))}</dd>
      {implied.length > 0 && <dd class="muted">{t("so also from {stop}", { stop: implied.map(label).join(", ") })}</dd>}
    </dl>
  );
}

function Done({ state, sheet, heading, correct }) {
  const own = state.act === "silos";
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {own ? t("This is what you said. Is it right?") : t("Thank you. Look at the big screen.")}
      </h1>
      <p>
        {own
          ? t("Nobody else has seen it yet.")
          : progressText(state, state.room.teams, { ready: state.room.ready })}
      </p>
      <Own state={state} sheet={sheet} />
      <div class="finish">
        <Correct state={state} correct={correct} />
      </div>
    </>
  );
}

export function Conflicts({ state, conflicts, add }) {
  const label = (id) => state.actors.find((actor) => actor.id === id)?.label ?? id;
  const words = { yes: t("yes"), partly: t("partly"), via: t("via another"), no: t("no") };
  const ways = Object.fromEntries(WAYS());
  // What has no rows is told by its question.
  const questions = {
    wish: [t("From whom would you have liked to hear it directly?"), ({ answer }) => (answer ? label(answer) : t("nobody"))],
    evidence: [t("How do you notice it?"), ({ answer }) => EVIDENCE().flatMap(([key, text]) => (answer.includes(key) ? text : [])).join(", ") || t("None of these")],
    guess: [t("Of every 10 lines that we drew, how many run straight?"), ({ answer }) => answer],
  };
  const said = ({ answer, expected, via }) => {
    if (expected === "doubt") return t("doubt");
    return via ? t("via {stop}", { stop: ways[via] ?? label(via) }) : words[answer];
  };
  return conflicts.map(({ list, actor, options }) => {
    const [question, told = said] = questions[list] ?? [];
    const team = question ? `“${question}”` : label(actor);
    return (
      <div class="notice" role="alert" key={list + actor}>
        <p>{t("Two phones of your team say something else about {team}. Which one counts?", { team })}</p>
        <div class="chips">
          {options.map((option) => (
            <button key={option.event} onClick={() => add("chosen", { list, actor, event: option.event })}>
              {told(option)}
              {option.mine && <small> ({t("this phone")})</small>}
            </button>
          ))}
        </div>
      </div>
    );
  });
}
