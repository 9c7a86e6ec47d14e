// Who gets in, and whether everything works.
import { t } from "../i18n.js";
import { QrCode, spaced } from "../views/parts.jsx";

const SIGNS = { green: "●", yellow: "▲", red: "■" };

const words = (light) => ({ green: t("All is well"), yellow: t("Take a look"), red: t("This needs you now") })[light];

/** One light for everything, told by its colour, its form and a word; what to do about it stands in it. */
export function Health({ health, lost }) {
  if (!health) return null;
  const { light, rows } = lost ? { light: "red", rows: [{ light: "red", said: t("This page has no connection with the laptop."), todo: t("Look whether the laptop is on, and on the same Wi-Fi. What you tap is kept here and sent later.") }] } : health;
  return (
    <details class={`health health-${light}`}>
      <summary>
        <span class="health-sign" aria-hidden="true">
          {SIGNS[light]}
        </span>{" "}
        <span role="status">
          {words(light)}
          {light !== "green" && <span class="health-first">{`: ${rows.find((row) => row.light === light).said}`}</span>}
        </span>
      </summary>
      <ul>
        {rows.map((row) => (
          <li key={row.said}>
            <span class={`health-sign health-${row.light}`} role="img" aria-label={words(row.light)}>
              {SIGNS[row.light]}
            </span>
            <span>
              {row.said} {row.todo && <strong>{row.todo}</strong>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How people get in, and whether anybody new may. */
export function Entrance({ state, add }) {
  return (
    <section class="card stack">
      <h2>{t("Getting in")}</h2>
      <div class="join-small">
        <QrCode qr={state.qr} label={t("QR code to join")} />
        <div>
          <p class="code code-big">{spaced(state.code)}</p>
          <p class="address">{state.join_url}</p>
        </div>
      </div>
      {state.locked && (
        <p class="notice" role="status">
          {t("The room is locked: nobody new gets in. Who is in stays in, and comes back with their own code.")}
        </p>
      )}
      <div class="buttons">
        <button class="btn" onClick={() => add("room.locked", { locked: !state.locked })}>
          {state.locked ? t("Let people in again") : t("Let nobody new in")}
        </button>
      </div>
    </section>
  );
}
