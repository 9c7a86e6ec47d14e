// The facilitator's page: open and close the questions, show the map, see who is in and what is missing.
import { useRef } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { led } from "../state.js";
import { MapView } from "./map.jsx";
import { QrCode, Saving, Timer, useSettle } from "./parts.jsx";
import { spaced } from "./wall.jsx";

const MINUTES = [2, 5, 8, 12];

export function Cockpit({ state: told, outbox, add, links }) {
  const state = led(told, outbox.ahead);
  const open = state.act === "lines";
  const buttons = useRef(null);
  useSettle(buttons, open, state.map_shown);
  const groups = Map.groupBy ? Map.groupBy(state.teams, (team) => team.domain ?? "") : group(state.teams);
  return (
    <div class="cockpit">
      <section class="card stack">
        <h1>{state.subject}</h1>
        <p class="now">{open ? t("The room answers the questions now.") : t("The room waits for the first question.")}</p>
        <div class="buttons" ref={buttons}>
          <button class={open ? "btn" : "btn btn-primary"} onClick={() => add(open ? "act.closed" : "act.opened", { act: "lines" })}>
            {open ? t("Close the questions") : t("Open the questions")}
          </button>
          <button class={open ? "btn btn-primary" : "btn"} onClick={() => add("map.shown", { shown: !state.map_shown })}>
            {state.map_shown ? t("Hide the map") : t("Show the map")}
          </button>
        </div>
        <div class="buttons" role="group" aria-label={t("Timer")}>
          <span>{t("Timer")}</span>
          {MINUTES.map((minutes) => (
            <button class="btn btn-quiet" key={minutes} onClick={() => add("timer.set", { seconds: minutes * 60 })}>
              {tn("{count} minute", "{count} minutes", minutes)}
            </button>
          ))}
          {state.timer && (
            <button class="btn btn-quiet" onClick={() => add("timer.set", { seconds: null })}>
              {t("Stop the timer")}
            </button>
          )}
          <Timer timer={state.timer} now={state.now} />
        </div>
        <Saving outbox={outbox} />
      </section>
      <section class="card stack">
        <h2>{t("Join")}</h2>
        <div class="join-small">
          <QrCode qr={state.qr} label={t("QR code to join")} />
          <div>
            <p class="code code-big">{spaced(state.code)}</p>
            <p class="address">{state.join_url}</p>
            <p>
              <a class="btn" href={links.wall} target="_blank" rel="noopener">
                {t("Open the big screen")}
              </a>
            </p>
          </div>
        </div>
      </section>
      <section class="card stack cockpit-teams">
        <h2>
          {tn("{ready} of {count} team ready", "{ready} of {count} teams ready", state.teams_count ?? 0, {
            ready: state.ready_count ?? 0,
          })}
        </h2>
        <p class="muted">{t("A number: tapped so far. ✓: this is everyone.")}</p>
        {[...groups].map(([domain, teams]) => (
          <table key={domain}>
            <caption>{domain || t("Outside")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("Team")}</th>
                <th scope="col">{t("Phones")}</th>
                <th scope="col">{t("Told")}</th>
                <th scope="col">{t("Heard")}</th>
              </tr>
            </thead>
            <tbody>
              {teams.map((team) => (
                <tr key={team.id} class={team.ready ? "team-ready" : ""}>
                  <th scope="row">{team.label}</th>
                  <td>{team.phones || "–"}</td>
                  <td>{team.closed.told ? <Closed /> : team.told || "–"}</td>
                  <td>{team.closed.heard ? <Closed /> : team.heard || "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </section>
      {state.map_shown && state.map && (
        <section class="card cockpit-map">
          <MapView map={state.map} />
        </section>
      )}
    </div>
  );
}

const Closed = () => (
  <span role="img" aria-label={t("This is everyone")}>
    ✓
  </span>
);

function group(teams) {
  const groups = new Map();
  for (const team of teams) groups.set(team.domain ?? "", [...(groups.get(team.domain ?? "") ?? []), team]);
  return groups;
}
