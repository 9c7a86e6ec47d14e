// The facilitator's part in the break-through: how far the tables are, what the screen shows, hours and prices.
import { useState } from "preact/hooks";

import { t, tn } from "../i18n.js";

const MOST = 160; // as room/mending_rules.py has it

export function MendLead({ state, add }) {
  const { mend } = state;
  if (!mend) return null;
  const show = (what, on, off) => {
    const isShown = mend.shown.includes(what);
    return (
      <button class="btn" aria-pressed={isShown} onClick={() => add("mend.shown", { what, shown: !isShown })}>
        {isShown ? off : on}
      </button>
    );
  };
  return (
    <section class="card stack mend-lead">
      <h2>{t("The tables")}</h2>
      <p class="muted">{tn("{done} of {count} table has given its dots.", "{done} of {count} tables have given their dots.", mend.tables, { done: mend.done })}</p>
      <div class="buttons">
        {show("dots", t("Show the dots now"), t("Hide the dots until all have given"))}
        {show("plan", t("Show what could have been done too"), t("Take that plan off the screen"))}
      </div>
      <details>
        <summary>{t("Hours and prices")}</summary>
        <Hours label={t("Hours a month for each table")} value={mend.budget} least={1} onSet={(hours) => add("mend.budget", { hours })} />
        <table>
          <thead>
            <tr>
              <th scope="col">{t("Step")}</th>
              <th scope="col">{t("hours once")}</th>
              <th scope="col">{t("hours a month to keep it")}</th>
            </tr>
          </thead>
          <tbody>
            {mend.prices.map(({ of, name, once, upkeep }) => (
              <tr key={of}>
                <th scope="row">{name}</th>
                {[
                  ["once", once, upkeep],
                  ["upkeep", upkeep, once],
                ].map(([field, value, other]) => (
                  <td key={field}>
                    <Hours label={`${name}: ${field === "once" ? t("hours once") : t("hours a month to keep it")}`} hidden value={value} least={other ? 0 : 1} onSet={(hours) => add("mend.priced", { of, once, upkeep, [field]: hours })} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="muted">{t("What becomes dearer may no longer fit: it is then laid aside at the tables.")}</p>
      </details>
    </section>
  );
}

/** A whole number of hours, sent when it is left. */
function Hours({ label, value, least, hidden, onSet }) {
  const [typed, type] = useState(null);
  const send = () => {
    const hours = Number(typed);
    if (typed !== null && Number.isInteger(hours) && hours >= least && hours <= MOST && hours !== value) onSet(hours);
    type(null);
  };
  return (
    <label class="mend-field">
      {!hidden && <span>{label} </span>}
      <input type="number" aria-label={hidden ? label : undefined} min={least} max={MOST} value={typed ?? value} onInput={({ currentTarget }) => type(currentTarget.value)} onChange={send} onBlur={send} />
    </label>
  );
}
