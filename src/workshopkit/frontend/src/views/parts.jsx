// Small parts that several views use.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { t, tn } from "../i18n.js";

const SETTLE_MS = 400;
const SOON_MS = 1_000;
const CALM_MS = 10_000;

/**
 * Let a part that has just changed take no taps for a moment: the second half of a double tap was meant for what stood
 * there before.
 * @param {{current: HTMLElement | null}} part
 * @param {...unknown} reasons what, when it is another one, makes the part look different
 */
export function useSettle(part, ...reasons) {
  const fresh = useRef(true);
  useLayoutEffect(() => {
    if (!fresh.current) part.current?.animate({ pointerEvents: ["none", "none"] }, SETTLE_MS);
    fresh.current = false;
  }, reasons);
}

let lastTold = -CALM_MS;

/**
 * What a screen reader says without being asked: how it is by then, once in ten seconds at most on the whole page.
 * @param {{text: string}} props
 */
export function Told({ text = "" }) {
  const [told, tell] = useState("");
  const newest = useRef({ text, at: 0 });
  const due = useRef(0);
  if (newest.current.text !== text) newest.current = { text, at: performance.now() };
  useEffect(() => {
    if (due.current || text === told) return;
    const late = performance.now() + CALM_MS;
    const say = () => {
      const now = performance.now();
      // What comes and goes within a moment is no news, unless it goes on and on.
      const wait = Math.max(lastTold + CALM_MS, Math.min(newest.current.at + SOON_MS, late)) - now;
      if (wait > 0) {
        due.current = setTimeout(say, wait);
        return;
      }
      due.current = 0;
      if (newest.current.text !== told) lastTold = now;
      tell(newest.current.text);
    };
    due.current = setTimeout(say, SOON_MS);
  });
  useEffect(() => () => clearTimeout(due.current), []);
  return (
    <p role="status" style={{ position: "absolute", clipPath: "inset(50%)" }}>
      {told}
    </p>
  );
}

/** How far our answers are: waiting, refused or stored. */
export function Saving({ outbox }) {
  const waiting = outbox.events.length;
  return (
    <div class="saving">
      {outbox.refused.length > 0 && (
        <div class="notice notice-bad" role="alert">
          {outbox.refused.at(-1).message}{" "}
          <button class="btn btn-quiet" onClick={() => outbox.dismiss()}>
            {t("Read")}
          </button>
        </div>
      )}
      <p>
        {waiting > 0 && <span class="saving-waiting">{outbox.note ?? t("Waiting to be stored…")}</span>}
        {waiting === 0 && <span class="saving-stored">{t("Stored")}</span>}
        {!outbox.lasting && waiting > 0 && <span> {t("Do not close this page yet.")}</span>}
      </p>
      <Told text={waiting ? t("Not everything is kept yet.") : t("Everything is kept.")} />
    </div>
  );
}

/** The seconds that are left: as many as the server said, less what has passed since; no clock of this device is asked. */
export const leftOf = ({ left, leftAt }) => Math.max(0, Math.ceil((left ?? 0) - (performance.now() - leftAt) / 1000));

/** What is left of a timer, as 3:07, and in the end a word: nothing closes, and nothing rings. */
export function Timer({ state }) {
  const { timer } = state;
  const [, tick] = useState(0);
  useEffect(() => {
    if (!timer) return undefined;
    const id = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(id);
  }, [timer]);
  if (!timer) return null;
  const left = leftOf(state);
  if (!left) {
    return (
      <span class="timer timer-over" role="status">
        {t("Time is up. Finish at your ease.")}
      </span>
    );
  }
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <span class="timer" role="timer" aria-label={t("Time left: {time}", { time: text })}>
      {text}
    </span>
  );
}

/** Before the questions of act 02 nobody can be ready: then it counts who is in. */
export const isEarly = ({ act }) => !act || act === "prepare" || act === "case";

/** How many of the teams are in, or later: are ready. */
export function progressText(state, count, { joined, ready }) {
  if (state.anonymous) {
    return isEarly(state)
      ? tn("{joined} of {count} person is in", "{joined} of {count} people are in", state.people ?? 0, { joined })
      : tn("{ready} of {count} phone ready", "{ready} of {count} phones ready", count, { ready });
  }
  return isEarly(state)
    ? tn("{joined} of {count} team is in", "{joined} of {count} teams are in", count, { joined })
    : tn("{ready} of {count} team ready", "{ready} of {count} teams ready", count, { ready });
}

/** @param {string} code */
export const spaced = (code) => `${code.slice(0, 4)} ${code.slice(4)}`;

export function QrCode({ qr, label }) {
  if (!qr) return null;
  return (
    <svg class="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={qr.size} height={qr.size} fill="#fff" />
      <path d={qr.d} fill="#000" />
    </svg>
  );
}

/** Warn while one types what looks like a name of a person: a role is meant. The kernel knows names; it stores nothing. */
export function Names({ text, state, ask }) {
  const asked = text.slice(0, 1000);
  useEffect(() => {
    if (!asked.trim()) return undefined;
    const id = setTimeout(() => ask({ type: "names", text: asked }), 400);
    return () => clearTimeout(id);
  }, [asked]);
  const found = state.named?.text === asked ? state.named.found : [];
  return (
    <p class={found.length ? "notice" : undefined} role="status">
      {found.length > 0 && t("“{name}” looks like a person’s name. Write a role, if you can. It can be sent all the same.", { name: found.join(", ") })}
    </p>
  );
}
