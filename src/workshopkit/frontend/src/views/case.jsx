// A card of the case on a phone: it is read aloud, and the team taps how far it is theirs.
import { t } from "../i18n.js";
import { Choices } from "./roster.jsx";

/** The marks, in words. */
export const MARKS = () => [
  ["ours", t("this is us")],
  ["partly", t("a little")],
  ["not_ours", t("not us")],
];

export function CaseCard({ state, sheet, add, heading }) {
  const { id, title, question } = state.card;
  const mark = sheet.marks[id];
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{t("Listen, talk at your table, and tap one answer together.")}</p>
      <h2>{t("Is it like this with us?")}</h2>
      <Choices label={t("Is it like this with us?")} options={MARKS()} value={mark} onChoose={(value) => value !== mark && add("case.marked", { card: id, mark: value })} />
      <p class="muted">{question}</p>
    </>
  );
}
