// Small parts that several views use.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { t, tn } from "../i18n.js";

const SETTLE_MS = 400;

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
      <p role="status">
        {waiting > 0 && <span class="saving-waiting">{outbox.note ?? t("Waiting to be stored…")}</span>}
        {waiting === 0 && <span class="saving-stored">{t("Stored")}</span>}
        {!outbox.lasting && waiting > 0 && <span> {t("Do not close this page yet.")}</span>}
      </p>
    </div>
  );
}

/** What is left of a timer, as 3:07; counted by the server's clock. */
export function Timer({ timer, now }) {
  const [, tick] = useState(0);
  const [offset] = useState(() => (now ? now - Date.now() / 1000 : 0));
  useEffect(() => {
    if (!timer) return undefined;
    const id = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(id);
  }, [timer]);
  if (!timer) return null;
  const left = Math.max(0, Math.ceil(timer.at + timer.seconds - (Date.now() / 1000 + offset)));
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <span class={left === 0 ? "timer timer-over" : "timer"} role="timer" aria-label={t("Time left: {time}", { time: text })}>
      {text}
    </span>
  );
}

/** Before the questions of act 02 nobody can be ready: then it counts who is in. */
export const isEarly = ({ act }) => !act || act === "prepare" || act === "case";

/** How many of the teams are in, or later: are ready. */
export function progressText(state, count, { joined, ready }) {
  return isEarly(state)
    ? tn("{joined} of {count} team is in", "{joined} of {count} teams are in", count, { joined })
    : tn("{ready} of {count} team ready", "{ready} of {count} teams ready", count, { ready });
}

export function QrCode({ qr, label }) {
  if (!qr) return null;
  return (
    <svg class="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={qr.size} height={qr.size} fill="#fff" />
      <path d={qr.d} fill="#000" />
    </svg>
  );
}
