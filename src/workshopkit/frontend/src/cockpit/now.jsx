// What the room sees, what one can say, and the way forward and back.
import { useEffect } from "preact/hooks";

import { t } from "../i18n.js";

/** The plan is the kernel's; between a tap and its word the button has been tapped, and nothing else has changed. */
const isHere = ({ plan: { now }, act, part }) => now && now.act === act && now.part === part;

const isSettled = ({ plan: { now }, act, part, sentence }) =>
  now ? now.act === act && now.part === part && now.sentence === (sentence ?? 0) : !act;

export function Now({ state }) {
  const { now } = state.plan;
  if (!state.act && state.plan.closed) {
    return (
      <>
        <h1>{t("Closed")}</h1>
        <p>{t("The phones wait. “Next” opens this part again.")}</p>
      </>
    );
  }
  if (!isHere(state)) return <h1>{state.act ? t("One moment…") : t("Ready to begin")}</h1>;
  return (
    <>
      <h1>{now.block}</h1>
      <dl class="script">
        <dt>{t("The room sees")}</dt>
        <dd>{now.sees}</dd>
        {now.said && (
          <>
            <dt>{now.sentences > 1 ? t("The room reads ({place} of {count})", { place: Math.min(now.sentence + 1, now.sentences), count: now.sentences }) : t("The room reads")}</dt>
            <dd class="reads">{now.said}</dd>
          </>
        )}
        <dt>{t("You can say")}</dt>
        <dd class="say">{now.say}</dd>
      </dl>
    </>
  );
}

/** Closed until it is wanted, and then open from moment to moment; below the big button, so that it never moves that. */
export function Hints({ state }) {
  const { hints } = state.plan.now ?? {};
  if (!hints?.listen) return null;
  return (
    <details hidden={!isHere(state)}>
      <summary>{t("Listen, ask, beware")}</summary>
      <dl class="script">
        <dt>{t("Listen")}</dt>
        <dd>{hints.listen}</dd>
        <dt>{t("Ask")}</dt>
        <dd>{hints.ask}</dd>
        <dt>{t("Beware")}</dt>
        <dd>{hints.beware}</dd>
      </dl>
    </details>
  );
}

const TYPED = "input, select, textarea, [contenteditable]";

/** One tap forward and one back: a sentence, or a step. The arrow keys do the same. */
export function Steps({ state, add }) {
  const { now, next, back } = state.plan;
  const settled = isSettled(state);
  const open = (step) => {
    if (!settled || !step) return;
    const { act, part, sentence } = step;
    add("act.opened", sentence ? { act, part, sentence } : { act, part });
  };
  useEffect(() => {
    const press = (event) => {
      const step = { ArrowRight: next, ArrowLeft: back }[event.key];
      const isOurs = !event.repeat && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.target.closest?.(TYPED);
      if (!step || !isOurs) return;
      event.preventDefault();
      open(step);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  const isSame = next?.act === now?.act && next?.part === now?.part;
  return (
    <>
      <div class="steps">
        {/* Never disabled: a button that is, loses the focus of the keyboard. */}
        {back && (
          <button class="btn btn-back" aria-disabled={!settled} onClick={() => open(back)}>
            {t("Back")}
          </button>
        )}
        {next && (
          <button class="btn btn-primary btn-next" aria-disabled={!settled} onClick={() => open(next)}>
            {t("Next")}
          </button>
        )}
      </div>
      <p class="muted">
        {!next ? t("This was the last step.") : isSame ? t("Then: the next sentence.") : t("Then: {what}", { what: next.block === now?.block ? next.sees : next.block })}
      </p>
      <p class="muted keys">{t("The arrow keys do it too.")}</p>
    </>
  );
}

/** Bring back phones that are somewhere else, or let all of them wait. */
export function Steer({ state, add }) {
  if (!state.act) return null;
  return (
    <>
      <div class="buttons">
        <button class="btn btn-quiet" onClick={() => add("room.called", {})}>
          {t("Call everybody here")}
        </button>
        <button class="btn btn-quiet" onClick={() => add("act.closed", { act: state.act })}>
          {t("Close this part")}
        </button>
      </div>
      <p class="muted" role="status">
        {state.called && t("Called: every phone shows this step, and says that you called.")}
      </p>
    </>
  );
}
