// Small parts that several views use.
import { useEffect, useState } from "preact/hooks";

import { t } from "../i18n.js";

/** How far our answers are: waiting, refused or stored. */
export function Saving({ outbox }) {
  const waiting = outbox.events.length;
  return (
    <div class="saving" role="status">
      {waiting > 0 && <span class="saving-waiting">{outbox.note ?? t("Waiting to be stored…")}</span>}
      {waiting === 0 && <span class="saving-stored">{t("Stored")}</span>}
      {!outbox.lasting && waiting > 0 && <span> {t("Do not close this page yet.")}</span>}
      {outbox.refused.length > 0 && (
        <div class="notice notice-bad">
          {outbox.refused.at(-1).message}{" "}
          <button class="btn btn-quiet" onClick={() => outbox.dismiss()}>
            {t("Read")}
          </button>
        </div>
      )}
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

export function QrCode({ qr, label }) {
  if (!qr) return null;
  return (
    <svg class="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={qr.size} height={qr.size} fill="#fff" />
      <path d={qr.d} fill="#000" />
    </svg>
  );
}
