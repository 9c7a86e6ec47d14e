// A phone during the reveal: guess once, and then look up.
import { useState } from "preact/hooks";

import { t } from "../i18n.js";

const TENTHS = Array.from({ length: 11 }, (_, count) => count);

export function Guess({ state, sheet, add, heading }) {
  const [changing, change] = useState(false);
  const given = sheet.guess;
  if (given !== null && !changing) {
    return (
      <>
        <h1 ref={heading} tabIndex={-1}>
          {t("You guess: {count} of every 10.", { count: given })}
        </h1>
        <p class="lead">{t("Look at the big screen.")}</p>
        <button class="btn" onClick={() => change(true)}>
          {t("Change")}
        </button>
      </>
    );
  }
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t("Of every 10 lines that we drew, how many run straight?")}
      </h1>
      <p>{t("Straight means: told, and heard directly. A guess is enough.")}</p>
      <div class="chips tenths" role="group" aria-label={t("Of every 10 lines that we drew, how many run straight?")}>
        {TENTHS.map((count) => (
          <button
            key={count}
            aria-pressed={given === count}
            onClick={() => {
              add("guessed", { tenths: count });
              change(false);
            }}
          >
            {count}
          </button>
        ))}
      </div>
    </>
  );
}

const TITLES = () => ({
  missing: t("Who is missing in this conversation?"),
  arrives: t("What arrives"),
  drawn: t("So we think it runs"),
  bent: t("So it arrives"),
  against: t("Our guess, and how it is"),
  audiences: t("What reaches the people it is for"),
  circles: t("What goes round"),
  walls: t("Between the domains"),
  break: t("Break"),
  talk: t("A message on its way"),
  choose: t("Break-through"),
  cut: t("Twelve hours are left"),
  close: t("Thank you"),
});

/** Whatever stands on the big screen now, in one sentence. */
export function Look({ state, heading }) {
  const sentence = state.said?.[0];
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {TITLES()[state.part] ?? state.subject}
      </h1>
      {sentence && <p class="lead">{sentence}</p>}
      {sentence && <p class="muted">{t("Of people little is certain: this is one message, in these weeks.")}</p>}
      <p class={sentence ? "" : "lead"}>{state.part === "close" ? t("Your answers are kept. You may put your phone away.") : t("Look at the big screen.")}</p>
    </>
  );
}
