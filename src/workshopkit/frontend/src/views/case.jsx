// A card of the case on a phone: it is read aloud, the team taps whether it knows this, and may tell an example.
import { t } from "../i18n.js";
import { useKept } from "../kept.js";
import { Names } from "./parts.jsx";
import { Choices } from "./roster.jsx";

const LONGEST = 140; // as room/events.py has it
const NOTHING = { text: null };

/** The marks, in words. */
export const MARKS = () => [
  ["ours", t("we recognise this")],
  ["not_ours", t("not with us")],
  ["unknown", t("we do not know")],
];

export function CaseCard({ state, sheet, add, ask, heading, links }) {
  const { id, title, question } = state.card;
  const mark = sheet.marks[id];
  const label = t("Do you recognise this?");
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{state.anonymous ? t("Listen, and tap your own answer.") : t("Listen, talk at your table, and tap one answer together.")}</p>
      <h2>{label}</h2>
      <Choices label={label} options={MARKS()} value={mark} onChoose={(value) => value !== mark && add("case.marked", { card: id, mark: value })} />
      <p class="muted">{question}</p>
      {state.examples_asked && (
        <Example key={id} card={id} told={sheet.examples?.[id] ?? ""} state={state} ask={ask} add={add} />
      )}
      <p class="foot">
        <a href={`${links.case}#${id}`}>{t("Read the whole case")}</a>
      </p>
    </>
  );
}

function Example({ card, told, state, ask, add }) {
  const open = state.examples_open;
  const [draft, set] = useKept(`example:${state.seat.id}:${card}`, NOTHING);
  const text = draft.text ?? told;
  const changed = text.trim() !== told;
  const store = (event) => {
    event.preventDefault();
    if (!changed) return;
    add("case.example", { card, text: text.trim() });
    set(NOTHING);
  };
  return (
    <details class="example" open={Boolean(draft.text)}>
      <summary>{told ? t("Our example") : t("Tell an example of ours (if you like)")}</summary>
      <form class="stack" onSubmit={store}>
        <label class="field">
          <span class="muted">{open ? t("It can come on the big screen. No names.") : t("The facilitator reads it first. No names.")}</span>
          <textarea rows={3} maxLength={LONGEST} value={text} onInput={(event) => set({ text: event.currentTarget.value })} />
        </label>
        <Names text={draft.text ?? ""} state={state} ask={ask} />
        <button class="btn" aria-disabled={!changed}>
          {told && !text.trim() ? t("Take it back") : t("Keep this example")}
        </button>
      </form>
    </details>
  );
}
