// The big screen while a message is on its way, and afterwards: the chain, the first and the last text, other rides.
import { useEffect, useRef, useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { Chain } from "./chain.jsx";
import { Left, useClock } from "./clock.jsx";

export function RelayWall(props) {
  const View = { relay: Travelling, relay_texts: Texts, relay_rides: Rides }[props.scene.kind];
  return <View {...props} />;
}

const SPEEDS = [0.5, 1, 2];
const ROUND_MS = 1600;

/** Rounds from 0 to `goal`, shown one after the other; `again` starts anew. */
function useTravel(goal, pace) {
  const [at, set] = useState(goal);
  const from = useRef(goal);
  useEffect(() => {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      from.current = goal;
      set(goal);
      return undefined;
    }
    let then = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      from.current = Math.min(goal, from.current + ((now - then) * pace) / ROUND_MS);
      then = now;
      set(from.current);
      if (from.current < goal) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [goal, pace, at === 0]);
  const again = () => {
    from.current = 0;
    set(0);
  };
  return [Math.min(at, goal), again];
}

/** Play it once more, slower or faster. */
function Player({ speed, choose, again }) {
  const place = SPEEDS.indexOf(speed);
  return (
    <div class="buttons relay-player">
      <button class="btn" onClick={again}>
        {t("Once more")}
      </button>
      <button class="btn" aria-disabled={place === 0} onClick={() => choose(SPEEDS[Math.max(place - 1, 0)])}>
        {t("Slower")}
      </button>
      <button class="btn" aria-disabled={place === SPEEDS.length - 1} onClick={() => choose(SPEEDS[Math.min(place + 1, SPEEDS.length - 1)])}>
        {t("Faster")}
      </button>
      <span class="muted">{t("Speed {speed}", { speed: `${String(speed).replace(".", document.documentElement.lang === "en" ? "." : ",")}×` })}</span>
    </div>
  );
}

function Travelling({ scene, now: told, lang }) {
  const now = useClock(told);
  const [speed, choose] = useState(1);
  const played = scene.phase ? Math.min(scene.phase - 1, scene.rounds) : 0;
  const [at, again] = useTravel(played, speed);
  if (!scene.phase) {
    return (
      <div class="scene scene-words">
        <p class="scene-title">{t("Two messages on their way")}</p>
        <p class="lead">{t("One from inside out, one from outside in. Five rounds of a minute. What arrives?")}</p>
        <p class="caution">{t("This is a game: it says nothing about a team.")}</p>
      </div>
    );
  }
  const [right, all] = scene.bets;
  const title =
    scene.phase <= scene.rounds
      ? t("Round {round} of {rounds}", { round: scene.phase, rounds: scene.rounds })
      : scene.phase < scene.over
        ? t("What do the receivers know?")
        : t("This is how it went, in the game");
  return (
    <div class="scene relay-wall">
      <p class="relay-title">
        <span>{title}</span>
        <Left ends={scene.ends} now={now} />
      </p>
      {scene.messages.map((message) => (
        <Chain key={message.id} message={message} at={at} rounds={scene.rounds} lang={lang} />
      ))}
      <div class="relay-foot">
        {played > 0 && <Player speed={speed} choose={choose} again={again} />}
        {all > 0 && <p>{t("Bets that were right: {right} of {count}.", { right, count: all })}</p>}
      </div>
      <p class="caution">{t("In a circle: after how many steps; beside it: facts of the 5. Names appear only after “that was us”.")}</p>
    </div>
  );
}

const STATES = () => ({ kept: ["✓", t("kept")], lost: ["✗", t("lost")], added: ["+", t("added")] });

const Said = ({ said, place }) => <p class="sentences sentence">{said[place]}</p>;

/** The first and the last text side by side, and fact by fact what became of it. */
function Texts({ scene, said, place, lang }) {
  const message = scene.messages[scene.about[place] ?? 0];
  const states = STATES();
  return (
    <div class="scene relay-wall">
      <p class="relay-title">
        <span>{message.title[lang]}</span>
      </p>
      <div class="relay-texts">
        <section>
          <h2>{t("How it began")}</h2>
          <blockquote class="relay-text">
            <p>{message.first[lang]}</p>
          </blockquote>
        </section>
        <section>
          <h2>{message.hop ? tn("How it arrived, after {count} step", "How it arrived, after {count} steps", message.hop) : t("How it arrived")}</h2>
          <blockquote class="relay-text">
            {!message.rows && <p>{t("It came nowhere this time.")}</p>}
            {message.hidden && <p class="muted">{t("The facilitator does not show this text.")}</p>}
            {message.text && <p>{message.text}</p>}
            {message.facts?.map((fact) => <p key={fact.en}>{fact[lang]}</p>)}
            {message.rows && !message.text && !message.hidden && !message.facts.length && <p class="muted">{t("Nothing of it.")}</p>}
          </blockquote>
        </section>
        {message.rows && (
          <ul class="relay-became">
            {message.rows.map(({ words, state }) => (
              <li key={words.en} class={`relay-${state}`}>
                <span aria-hidden="true">{states[state][0]}</span> {words[lang]} <small>{states[state][1]}</small>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Said said={said} place={place} />
      <p class="caution">{t("In the game. A typed text is searched for words: judge for yourselves what is in it.")}</p>
    </div>
  );
}

/** How often rides came to so many places; the room's own one marked. */
function Spread({ title, counts, mine }) {
  const last = Math.max(mine ?? 0, ...counts.map(([places]) => places));
  const most = Math.max(...counts.map(([, count]) => count));
  const by = Object.fromEntries(counts);
  const wide = 1000 / (last + 1);
  const words = counts.map(([places, count]) => t("{places} places: {count}", { places, count })).join("; ");
  return (
    <figure class="relay-spread">
      <figcaption>{title}</figcaption>
      <svg viewBox="0 0 1000 190" role="img" aria-label={`${title}. ${words}`}>
        {Array.from({ length: last + 1 }, (_, places) => {
          const tall = (130 * (by[places] ?? 0)) / most;
          return (
            <g key={places} class={places === mine ? "relay-mine" : ""}>
              <rect x={places * wide + 6} y={145 - tall} width={wide - 12} height={tall} />
              <text x={(places + 0.5) * wide} y="178">
                {places}
              </text>
            </g>
          );
        })}
        <path d="M0 146H1000" />
      </svg>
    </figure>
  );
}

function Rides({ scene, said, place, lang }) {
  const [thought, think] = useState(false);
  const [speed, choose] = useState(1);
  const [at, again] = useTravel(scene.rounds, speed);
  const message = scene.messages[scene.about[place] ?? 0];
  const shown = thought ? { ...message, links: message.thought, isThought: true } : message;
  return (
    <div class="scene relay-wall">
      <Chain message={shown} at={at} rounds={scene.rounds} lang={lang} />
      <div class="relay-foot">
        <div class="segment" role="group" aria-label={t("Which lines?")}>
          {[false, true].map((one) => (
            <button
              key={String(one)}
              aria-pressed={thought === one}
              onClick={() => {
                think(one);
                again();
              }}
            >
              {one ? t("This is how we think it runs") : t("This is how it arrives")}
            </button>
          ))}
        </div>
        <Player speed={speed} choose={choose} again={again} />
      </div>
      <div class="relay-spreads">
        <Spread title={t("How it arrives: places reached in 200 rides by chance")} counts={message.lived} mine={message.mine} />
        <Spread title={t("How we think it runs: places reached in 200 rides by chance")} counts={message.believed} />
      </div>
      <Said said={said} place={place} />
      <p class="caution">
        {thought
          ? t("The same game over the lines as they were drawn: who chose a place chooses it again, if that line was drawn.")
          : t("In the game: chance does much, and this says nothing about a team.")}
      </p>
    </div>
  );
}
