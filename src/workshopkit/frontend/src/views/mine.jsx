// All that is stored of what we said, for our own eyes.
import { t } from "../i18n.js";
import { ToCalendar } from "./agreements.jsx";
import { MARKS } from "./case.jsx";
import { EVIDENCE, WAYS } from "./lines.jsx";
import { WALKED } from "./walk.jsx";

/** The sheet in words: a heading for each question that was answered, with its rows. */
function partsOf({ actors, cards }, sheet) {
  const label = (id) => actors.find((actor) => actor.id === id)?.label ?? id;
  const ways = Object.fromEntries(WAYS());
  const marks = Object.fromEntries(MARKS());
  const evidence = Object.fromEntries(EVIDENCE());
  const words = { yes: t("directly"), partly: t("partly") };
  const how = ({ answer, via }) => words[answer] ?? (via ? t("via {stop}", { stop: ways[via] ?? label(via) }) : t("via another"));
  const list = (rows, closed) => (rows.length || !closed ? rows : [t("nobody")]);
  const told = Object.entries(sheet.told).map(([to, { expected }]) => (expected === "doubt" ? `${label(to)} (${t("doubt")})` : label(to)));
  const heard = Object.entries(sheet.heard).map(([from, row]) => `${label(from)}: ${how(row)}`);
  return [
    [t("You told"), list(told, sheet.closed.told)],
    [t("You heard it from"), list(heard, sheet.closed.heard)],
    [t("How you know"), (sheet.evidence ?? []).map((one) => evidence[one])],
    [t("From whom you would have liked to hear it"), sheet.wished ? [sheet.wish ? label(sheet.wish) : t("nobody")] : []],
    [t("What you recognise"), Object.entries(sheet.marks).map(([id, mark]) => `${cards[id] ?? id}: ${marks[mark]}`)],
    [t("Your examples"), Object.entries(sheet.examples).map(([id, text]) => `${cards[id] ?? id}: “${text}”`)],
    [t("Straight of every 10 lines, you guessed"), sheet.guess === null ? [] : [sheet.guess]],
    [t("How your walk ended"), sheet.walked ? [Object.fromEntries(WALKED())[sheet.walked]] : []],
    [t("Agreements"), sheet.agreements.map((one) => `${label(one.with)}, ${one.when}: ${Object.values(one.texts).filter(Boolean).join("; ")}`)],
  ].filter(([, rows]) => rows.length);
}

export function Mine({ state, sheet, links }) {
  const parts = partsOf(state, sheet);
  if (!parts.length) return null;
  return (
    <details class="mine">
      <summary>{t("See all that you said")}</summary>
      <dl>
        {parts.map(([title, rows]) => (
          <div key={title}>
            <dt>
              <strong>{title}</strong>
            </dt>
            {rows.map((row) => (
              <dd key={row}>{row}</dd>
            ))}
          </div>
        ))}
      </dl>
      {sheet.agreements.length > 0 && <ToCalendar links={links} />}
    </details>
  );
}
