// What the facilitator lets the room see: findings, examples, agreements.
import { t } from "../i18n.js";

/** What matters most on this map; two of them are what the break-through is about. */
export function Findings({ state: { findings, picks }, add }) {
  if (!findings?.length) return null;
  const pick = (id) => add("findings.picked", { findings: picks.includes(id) ? picks.filter((other) => other !== id) : [...picks, id].slice(-2) });
  return (
    <section class="card stack">
      <h2>{t("Choose two findings")}</h2>
      <p class="muted">{t("They stand on the big screen at the break-through.")}</p>
      {findings.map(({ id, said }) => (
        <button key={id} class={picks.includes(id) ? "btn btn-primary" : "btn"} style={{ textAlign: "start" }} aria-pressed={picks.includes(id)} onClick={() => pick(id)}>
          {picks.includes(id) && "✓ "}
          {said}
        </button>
      ))}
    </section>
  );
}

export function Examples({ state, add }) {
  const rows = state.examples ?? [];
  if (!rows.length || state.act !== "case") return null;
  return (
    <section class="card stack">
      <h2>{t("Examples from the teams")}</h2>
      <p class="muted">{t("The room sees them beside their card, with the marks.")}</p>
      <ul class="agreements">
        {rows.map((row) => (
          <li key={row.id}>
            <p>
              <strong>
                {row.by} · {row.card}
              </strong>{" "}
              {row.text}
            </p>
            <button class="btn btn-quiet" onClick={() => add("example.shown", { example: row.id, shown: !row.shown })}>
              {row.shown ? t("Take off the big screen") : t("Show on the big screen")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const short = ({ by, with: other, texts }) => `${by} · ${other}: ${texts.then}`;

/** Lay an agreement with another that says the same: the big screen shows the two as one, until they are set apart. */
function Same({ row, rows, add }) {
  return (
    <label class="field">
      <span>{t("Says the same as")}</span>
      <select value={row.into ?? ""} onChange={({ target }) => add("agreement.merged", { agreement: row.id, into: target.value || null })}>
        <option value="">{t("– it stands on its own")}</option>
        {rows
          .filter((one) => one.id !== row.id)
          .map((one) => (
            <option key={one.id} value={one.id}>
              {short(one)}
            </option>
          ))}
      </select>
    </label>
  );
}

export function Agreed({ state, add, links }) {
  const rows = state.agreements ?? [];
  if (!rows.length) return null;
  const said = { accepted: t("they do it"), other: t("rather otherwise") };
  return (
    <section class="card stack">
      <h2>{t("Agreements")}</h2>
      <ul class="agreements">
        {rows.map((row) => (
          <li key={row.id}>
            <p>
              <strong>
                {row.by} · {row.with}
              </strong>{" "}
              {said[row.answer] ?? t("no answer yet")}
            </p>
            <p>{t("If {what}, then we {act}.", { what: row.texts.if, act: row.texts.then })}</p>
            <div class="buttons">
              <button class="btn btn-quiet" onClick={() => add("agreement.hidden", { agreement: row.id, hidden: !row.hidden })}>
                {row.hidden ? t("Show on the big screen") : t("Take off the big screen")}
              </button>
              {rows.length > 1 && <Same row={row} rows={rows} add={add} />}
            </div>
          </li>
        ))}
      </ul>
      <p>
        <a class="btn btn-quiet" href={links.calendarOfAll} download>
          {t("Calendar file of all teams")}
        </a>{" "}
        <a class="btn btn-quiet" href={links.agreementCards} target="_blank" rel="noopener">
          {t("Cards to print")}
        </a>
      </p>
    </section>
  );
}
