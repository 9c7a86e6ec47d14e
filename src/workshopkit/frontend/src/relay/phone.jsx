// A phone while a message is on its way: read it, tell it on, choose who gets it; bet, answer, and "that was us".
import { useEffect, useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { useKept } from "../kept.js";
import { Names } from "../views/parts.jsx";
import { Left, useClock } from "./clock.jsx";
import { taskOf, withWaiting } from "./waiting.js";

const UNREAD = { seen: 0 };
const EMPTY = { text: "", facts: [], types: false };

export function RelayPhone({ state, outbox, add, ask, heading }) {
  const relay = withWaiting(state.relay, outbox.ahead);
  const now = useClock(state.now);
  const task = taskOf(relay);
  const { rounds, quiz } = relay.phases;
  const shared = { state, relay, add, ask, heading, now, label: (id) => state.actors.find((actor) => actor.id === id)?.label ?? id };
  return (
    <>
      {relay.ends && (
        <p class="relay-head">
          <span>{relay.phase < quiz ? t("Round {round} of {rounds}", { round: relay.phase, rounds }) : t("Questions")}</span>
          <Left ends={relay.ends} now={now} />
        </p>
      )}
      {task.name === "tell" && <Tell key={`${relay.id} ${task.hand.message}`} hand={task.hand} {...shared} />}
      {task.name === "pass" && <Pass hand={task.hand} {...shared} />}
      {task.name === "bet" && <Bet {...shared} />}
      {task.name === "quiz" && <Quiz {...shared} />}
      {task.name === "guess" && <Guess {...shared} />}
      {task.name === "over" && <Over {...shared} />}
    </>
  );
}

/** A message in hand: to read for a while, then to tell on in one's own way. */
function Tell({ state, relay, hand, add, ask, heading, now }) {
  const [read, setRead] = useKept(`relay:${relay.id}:${state.seat.id}:${hand.message}`, UNREAD);
  const seen = read.seen || now;
  useEffect(() => {
    if (!read.seen) setRead({ seen: now });
  }, []);
  const left = Math.ceil(seen + relay.read_s - now);
  if (left > 0) {
    return (
      <>
        <h1 ref={heading} tabIndex={-1}>
          {hand.round ? t("A message for you. Read it.") : t("It begins with you. Read it.")}
        </h1>
        <blockquote class="relay-text">{hand.came.map((line) => <p key={line}>{line}</p>)}</blockquote>
        <p class="muted" role="status">
          {tn("It goes away in {count} second.", "It goes away in {count} seconds.", left)}
        </p>
        <button class="btn btn-primary" onClick={() => setRead({ seen: 1 })}>
          {t("We have read it")}
        </button>
      </>
    );
  }
  return <Telling {...{ state, relay, hand, add, ask, heading }} />;
}

function Telling({ state, relay, hand, add, ask, heading }) {
  const [draft, set] = useKept(`relay-told:${relay.id}:${state.seat.id}:${hand.message}`, EMPTY);
  const types = relay.types && draft.types;
  const text = draft.text.trim();
  const ready = types ? text : draft.facts.length;
  const tell = (event) => {
    event.preventDefault();
    if (!ready) return;
    const base = { message: hand.message, round: relay.phase };
    add("relay.told", types ? { ...base, text } : { ...base, facts: draft.facts });
  };
  const toggle = (id) => set({ ...draft, facts: draft.facts.includes(id) ? draft.facts.filter((one) => one !== id) : [...draft.facts, id] });
  return (
    <form class="stack" onSubmit={tell}>
      <h1 ref={heading} tabIndex={-1}>
        {t("What do you tell on?")}
      </h1>
      {relay.types && (
        <div class="segment" role="group" aria-label={t("How do you tell it?")}>
          <button type="button" aria-pressed={!types} onClick={() => set({ ...draft, types: false })}>
            {t("Tick")}
          </button>
          <button type="button" aria-pressed={types} onClick={() => set({ ...draft, types: true })}>
            {t("Type")}
          </button>
        </div>
      )}
      {types ? (
        <>
          <label class="field">
            <span class="muted">{t("In your own words, {count} characters at most. No names.", { count: relay.longest })}</span>
            <textarea rows={4} maxLength={relay.longest} value={draft.text} onInput={(event) => set({ ...draft, text: event.currentTarget.value })} />
          </label>
          <Names text={draft.text} state={state} ask={ask} />
        </>
      ) : (
        <ul class="roster relay-facts" aria-label={t("Not everything here was in the message.")}>
          {hand.facts.map(({ id, words }) => {
            const isOn = draft.facts.includes(id);
            return (
              <li key={id} class={isOn ? "row row-on" : "row"}>
                <button type="button" class="row-name" role="checkbox" aria-checked={isOn} onClick={() => toggle(id)}>
                  <span class="row-mark" aria-hidden="true">
                    {isOn ? "✓" : ""}
                  </span>
                  {words}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {!types && <p class="muted">{t("Not everything here was in the message.")}</p>}
      <div class="finish">
        <button class="btn btn-primary" aria-disabled={!ready}>
          {t("This is how we tell it")}
        </button>
      </div>
    </form>
  );
}

/** Places to choose one of. */
function Places({ ids, chosen, label, name, onChoose }) {
  return (
    <div class="chips" role="group" aria-label={name}>
      {ids.map((id) => (
        <button key={id} aria-pressed={chosen === id} onClick={() => chosen === id || onChoose(id)}>
          {label(id)}
        </button>
      ))}
    </div>
  );
}

function Pass({ relay, hand, add, heading, label }) {
  const title = t("To whom do you pass it on?");
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="muted">{relay.titles[hand.message]}</p>
      <Places ids={hand.free} chosen={hand.to} label={label} name={title} onChoose={(to) => add("relay.passed", { message: hand.message, round: relay.phase, to })} />
      <p class="muted">{t("It goes along the lines of your own map. Do not choose, and chance chooses.")}</p>
    </>
  );
}

/** What this team has passed on in this round, which it may change until the round is over. */
function Done({ relay, add, label }) {
  const [changing, change] = useState(null);
  return relay.hands
    .filter((hand) => hand.to && hand.free.length)
    .map((hand) => (
      <section class="stack relay-done" key={hand.message}>
        <p>{hand.lot ? t("By lot your message now goes to {place}.", { place: label(hand.to) }) : t("Your message goes to {place}.", { place: label(hand.to) })}</p>
        {changing === hand.message ? (
          <Places
            ids={hand.free}
            chosen={hand.to}
            label={label}
            name={t("To whom do you pass it on?")}
            onChoose={(to) => {
              add("relay.passed", { message: hand.message, round: relay.phase, to });
              change(null);
            }}
          />
        ) : (
          hand.free.length > 1 && (
            <button class="btn btn-quiet" onClick={() => change(hand.message)}>
              {t("Change")}
            </button>
          )
        )}
      </section>
    ));
}

function Bet({ state, relay, add, heading, label }) {
  const { bet } = relay;
  const title = t("Where is the message by the end of this round?");
  const others = state.actors.filter((actor) => actor.id !== state.seat.id && actor.voice !== "none").map(({ id }) => id);
  return (
    <>
      <Done relay={relay} add={add} label={label} />
      {bet ? (
        <>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p class="muted">{t("Bet on one place. It is about: {title}.", { title: relay.titles[bet.message] })}</p>
          <Places ids={others} chosen={bet.place} label={label} name={title} onChoose={(place) => add("relay.bet", { message: bet.message, round: relay.phase, place })} />
        </>
      ) : (
        <h1 ref={heading} tabIndex={-1}>
          {t("Passed on. Look at the big screen.")}
        </h1>
      )}
    </>
  );
}

/** One question at a time to who got the message last, or for whom it was meant. */
function Quiz({ relay, add, heading }) {
  const { message, answers, questions } = relay.quiz;
  const open = questions.find(({ fact }) => !(fact in answers));
  if (!open) {
    return (
      <>
        <h1 ref={heading} tabIndex={-1}>
          {t("That was all. Thank you.")}
        </h1>
        <p class="lead">{t("Look at the big screen.")}</p>
      </>
    );
  }
  const options = [...open.options, { option: null, words: t("We do not know") }];
  return (
    <>
      <p class="muted">{t("What do you know of the message? {place} of {count}", { place: questions.indexOf(open) + 1, count: questions.length })}</p>
      <h1 ref={heading} tabIndex={-1}>
        {open.question}
      </h1>
      <div class="relay-options" role="group" aria-label={open.question}>
        {options.map(({ option, words }) => (
          <button class="btn" key={`${open.fact} ${option}`} onClick={() => add("relay.answered", { message, fact: open.fact, option })}>
            {words}
          </button>
        ))}
      </div>
    </>
  );
}

function Guess({ relay, add, heading }) {
  const { message, count } = relay.guess;
  const title = t("How many of the 5 facts does the receiver know, do you think?");
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="muted">{relay.titles[message]}</p>
      <div class="chips tenths" role="group" aria-label={title}>
        {[0, 1, 2, 3, 4, 5].map((one) => (
          <button key={one} aria-pressed={count === one} onClick={() => count === one || add("relay.guessed", { message, count: one })}>
            {one}
          </button>
        ))}
      </div>
    </>
  );
}

/** Afterwards: where this team was in the chain, which the room sees only if it says so itself. */
function Over({ state, relay, add, heading }) {
  const [right, all] = relay.bets ?? [0, 0];
  const said = state.said ?? [];
  const sentence = said[Math.min(state.sentence ?? 0, said.length - 1)];
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {sentence ?? t("The messages are at their end.")}
      </h1>
      {relay.hands.length === 0 && <p class="lead">{t("In the game, no message came to you this time.")}</p>}
      {relay.hands.map((hand) => (
        <section class="card stack" key={hand.message}>
          <p>
            <strong>{relay.titles[hand.message]}</strong>
          </p>
          <p>{hand.hop ? tn("It came to you after {count} step.", "It came to you after {count} steps.", hand.hop) : t("It began with you.")}</p>
          {hand.own && (
            <details>
              <summary>{t("How you told it on")}</summary>
              <blockquote class="relay-text">{hand.own.map((line) => <p key={line}>{line}</p>)}</blockquote>
            </details>
          )}
          <button class="btn" aria-pressed={hand.named} onClick={() => add("relay.named", { message: hand.message, named: !hand.named })}>
            {hand.named ? t("The room knows: that was us") : t("That was us")}
          </button>
        </section>
      ))}
      {relay.hands.length > 0 && <p class="muted">{t("Only then does the big screen show your name.")}</p>}
      {all > 0 && <p>{t("Bets that were right: {right} of {count}.", { right, count: all })}</p>}
    </>
  );
}
