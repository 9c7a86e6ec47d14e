// A team's phone: wait, then act 02: whom did you tell, from whom did you hear it, a wish, and a check.
import { useEffect, useRef, useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { openOf, stepOf, withWaiting } from "../sheet.js";
import { Saving, Timer, useSettle } from "./parts.jsx";
import { Choices, Roster } from "./roster.jsx";

const WAYS = () => [
  ["press", t("press")],
  ["grapevine", t("grapevine")],
  ["unknown", t("we do not know")],
];

export function Participant({ state, outbox, add, links }) {
  const [correcting, setCorrecting] = useState(null);
  const heading = useRef(null);
  const screen = useRef(null);
  const over = state.withdrawn || state.closed;
  const ready = !over && state.act === "lines" && state.sheet;
  const sheet = ready ? withWaiting(state.sheet, outbox.ahead) : null;
  const conflicts = ready ? openOf(state.conflicts, outbox.ahead) : [];
  const step = ready ? (correcting ?? stepOf(sheet, state.seat.proxy)) : over ? "over" : "wait";
  const seen = useRef(step);
  useEffect(() => {
    if (seen.current !== step) {
      scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    seen.current = step;
  }, [step]);
  useSettle(screen, step, conflicts.length);

  const shared = { state, sheet, add, heading };
  const done = () => setCorrecting(null);
  return (
    <div class="stack" ref={screen}>
      <p class="seat">
        <strong>{state.seat?.proxy ? t("Speaks for: {audience}", { audience: state.seat.label }) : state.seat?.label}</strong>
        <Timer timer={state.timer} now={state.now} />
      </p>
      {step === "over" && <Over state={state} heading={heading} home={links.home} />}
      {step === "wait" && <Waiting state={state} heading={heading} />}
      <Conflicts state={state} conflicts={conflicts} add={add} />
      {step === "told" && <Told {...shared} correcting={correcting} done={done} />}
      {step === "heard" && <Heard {...shared} correcting={correcting} done={done} />}
      {step === "wish" && <Wish {...shared} />}
      {step === "check" && <Check {...shared} correct={setCorrecting} />}
      {step === "done" && <Done {...shared} correct={setCorrecting} />}
      {(ready || outbox.events.length > 0 || outbox.refused.length > 0) && <Saving outbox={outbox} />}
      {!state.withdrawn && (
        <p class="foot">
          <a href={links.me}>{t("Another phone, or withdraw")}</a>
        </p>
      )}
    </div>
  );
}

function Over({ state, heading, home }) {
  const [title, sentence] = state.withdrawn
    ? [t("You are out"), t("Your answers no longer count. You can join again.")]
    : [t("The workshop is over"), t("Your answers are kept.")];
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="lead">{sentence}</p>
      {state.withdrawn && (
        <p>
          <a class="btn btn-primary" href={home}>
            {t("Join again")}
          </a>
        </p>
      )}
    </>
  );
}

function About({ state }) {
  return (
    <p class="about">
      {t("It is about: “{subject}”. Think of {period}. Answer as a team.", { subject: state.subject, period: state.period })}
    </p>
  );
}

function Waiting({ state, heading }) {
  return (
    <>
      <p class="muted">{t("It is about")}</p>
      <h1 ref={heading} tabIndex={-1}>
        {state.subject}
      </h1>
      <p class="lead">{t("The facilitator opens the first question in a moment.")}</p>
      {state.promise && <blockquote class="promise">{state.promise}</blockquote>}
    </>
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
      <Finish list="told" count={count} add={add} correcting={correcting} done={done} />
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
                  <div class="chips" role="group" aria-label={t("Via whom?")}>
                    {[
                      ...state.actors
                        .filter((other) => other.id !== actor.id && other.id !== state.seat.id && other.kind === "team")
                        .map((other) => [other.id, other.label]),
                      ...WAYS(),
                    ].map(([key, text]) => (
                      <button key={key} aria-pressed={via === key} onClick={() => via === key || hear(actor, "via", key)}>
                        {text}
                      </button>
                    ))}
                  </div>
                </>
              )}
              <button class="btn btn-quiet" onClick={() => hear(actor, "no")}>
                {t("Take back")}
              </button>
            </>
          );
        }}
      />
      <Finish list="heard" count={count} add={add} correcting={correcting} done={done} />
    </>
  );
}

function Finish({ list, count, add, correcting, done }) {
  return (
    <div class="finish">
      <button class="btn btn-primary" onClick={() => (correcting ? done() : add("list.closed", { list }))}>
        {correcting ? t("Done") : count ? t("This is everyone") : t("Nobody")}
      </button>
    </div>
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
      <div class="chips" role="group" aria-label={t("From whom would you have liked to hear it directly?")}>
        {others.map((actor) => (
          <button key={actor.id} aria-pressed={chosen === actor.id} onClick={() => choose(chosen === actor.id ? null : actor.id)}>
            {actor.label}
          </button>
        ))}
      </div>
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
      <Own state={state} sheet={sheet} />
      <div class="finish">
        <button class="btn btn-primary" onClick={() => add("checked", {})}>
          {t("Right")}
        </button>
        <Correct correct={correct} />
      </div>
    </>
  );
}

function Correct({ correct }) {
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
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t("Thank you. Look at the big screen.")}
      </h1>
      <p>
        {tn("{ready} of {count} team ready", "{ready} of {count} teams ready", state.room.teams, { ready: state.room.ready })}
      </p>
      <Own state={state} sheet={sheet} />
      <div class="finish">
        <Correct correct={correct} />
      </div>
    </>
  );
}

function Conflicts({ state, conflicts, add }) {
  const label = (id) => state.actors.find((actor) => actor.id === id)?.label ?? id;
  const words = { yes: t("yes"), partly: t("partly"), via: t("via another"), no: t("no") };
  const ways = Object.fromEntries(WAYS());
  const said = ({ answer, expected, via }) => {
    if (expected === "doubt") return t("doubt");
    return via ? t("via {stop}", { stop: ways[via] ?? label(via) }) : words[answer];
  };
  return conflicts.map((found) => (
    <div class="notice" role="alert" key={found.list + found.actor}>
      <p>{t("Two phones of your team say something else about {team}. Which one counts?", { team: label(found.actor) })}</p>
      <div class="chips">
        {found.options.map((option) => (
          <button key={option.event} onClick={() => add("chosen", { list: found.list, actor: found.actor, event: option.event })}>
            {said(option)}
          </button>
        ))}
      </div>
    </div>
  ));
}
