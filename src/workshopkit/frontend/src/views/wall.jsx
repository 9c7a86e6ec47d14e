// The big screen: how to join, who is ready, the timer; the map when the facilitator shows it.
import { t, tn } from "../i18n.js";
import { MapView } from "./map.jsx";
import { QrCode, Timer } from "./parts.jsx";

export function Wall({ state }) {
  const lang = document.documentElement.lang;
  const sentences = state.sentences?.[lang] ?? [];
  return (
    <div class={state.map_shown ? "wall wall-map" : "wall"}>
      <header class="wall-head">
        <div>
          <p class="muted">{t("It is about")}</p>
          <h1>{state.subject}</h1>
        </div>
        <Timer timer={state.timer} now={state.now} />
      </header>
      {state.map_shown && state.map ? (
        <>
          <MapView map={state.map} />
          <ul class="sentences">
            {sentences.slice(0, 3).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      ) : (
        <div class="wall-join">
          <QrCode qr={state.qr} label={t("QR code to join")} />
          <div class="stack">
            <p>{t("Scan, or go to")}</p>
            <p class="address">{state.join_url.replace(/^https?:\/\//, "").replace(/\/j\/.*$/, "")}</p>
            <p>{t("Code")}</p>
            <p class="code code-big">{spaced(state.code)}</p>
            <p class="lead">
              {tn("{ready} of {count} team ready", "{ready} of {count} teams ready", state.teams, { ready: state.ready })}
            </p>
            <progress max={state.teams} value={state.ready} aria-label={t("Teams that are ready")} />
            {state.promise && <blockquote class="promise">{state.promise}</blockquote>}
          </div>
        </div>
      )}
      {state.map_shown && (
        <p class="wall-foot">
          {t("Code")} <strong class="code">{spaced(state.code)}</strong> ·{" "}
          {tn("{ready} of {count} team ready", "{ready} of {count} teams ready", state.teams, { ready: state.ready })}
        </p>
      )}
    </div>
  );
}

/** @param {string} code */
export const spaced = (code) => `${code.slice(0, 4)} ${code.slice(4)}`;
