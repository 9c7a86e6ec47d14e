// The big screen: how to join, who is ready, the timer; the map when the facilitator shows it.
import { t } from "../i18n.js";
import { MapView } from "./map.jsx";
import { isEarly, progressText, QrCode, spaced, Timer } from "./parts.jsx";
import { hasScene, Scene } from "./scene.jsx";

export function Wall({ state }) {
  const lang = document.documentElement.lang;
  const sentences = state.sentences?.[lang] ?? [];
  const scene = !state.map_shown && hasScene(state);
  return (
    <div class={state.map_shown ? "wall wall-map" : scene ? "wall wall-scene" : "wall"}>
      <header class="wall-head">
        <div>
          <p class="muted">{t("It is about")}</p>
          <h1>{state.subject}</h1>
        </div>
        <Timer state={state} />
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
      ) : scene ? (
        <Scene state={state} />
      ) : (
        <div class="wall-join">
          <QrCode qr={state.qr} label={t("QR code to join")} />
          <div class="stack">
            {state.locked && <p class="notice">{t("Nobody new gets in just now. Ask the facilitator.")}</p>}
            <p>{t("Scan, or go to")}</p>
            <p class="address">{state.join_url.replace(/^https?:\/\//, "").replace(/\/j\/.*$/, "")}</p>
            <p>{t("Code")}</p>
            <p class="code code-big">{spaced(state.code)}</p>
            <p class="lead">{progressText(state, state.teams, state)}</p>
            <progress
              max={state.anonymous && isEarly(state) ? state.people : state.teams}
              value={isEarly(state) ? state.joined : state.ready}
              aria-label={progressText(state, state.teams, state)}
            />
            {state.promise && <blockquote class="promise">{state.promise}</blockquote>}
          </div>
        </div>
      )}
      {(state.map_shown || scene) && (
        <p class="wall-foot">
          {t("Code")} <strong class="code">{spaced(state.code)}</strong> · {progressText(state, state.teams, state)}
        </p>
      )}
    </div>
  );
}
