// "Walk to team …": whom a team goes to, about which line, and how it ended.
import { t } from "../i18n.js";
import { Choices } from "./roster.jsx";

/** Why these two talk, as the reader's team sees it. */
function reason({ reason: why, source }, me, names) {
  const ours = source === me;
  const told = {
    sent_not_heard: ours ? t("You told it, they did not hear it from you.") : t("They told it, you did not hear it from them."),
    heard_not_claimed: ours ? t("They heard it from you, and you did not name them.") : t("You heard it from them, and they did not name you."),
    heard_via: ours ? t("You told it, they heard it by way of another.") : t("They told it, you heard it by way of another."),
    wish: ours ? t("They would have liked to hear it from you.") : t("You would have liked to hear it from them."),
  }[why];
  return told ?? t("You have no line that asks for a talk. Ask {team} what they saw of it.", { team: names });
}

/** How a walk can end. */
export const WALKED = () => [
  ["agreed", t("agreed")],
  ["later", t("later")],
  ["map_wrong", t("the map is not right")],
];

export function Walk({ state, sheet, add, heading, correct }) {
  const label = (id) => state.actors.find((actor) => actor.id === id)?.label ?? id;
  if (!state.walk) {
    return (
      <>
        <h1 ref={heading} tabIndex={-1}>
          {t("Stand up and walk along with another team.")}
        </h1>
        <p>{t("Which way did it go? What did you see of it? What is the smallest step?")}</p>
      </>
    );
  }
  const names = state.walk.with.map(label).reduce((first, last) => t("{first} and {last}", { first, last }));
  const mine = [state.walk.source, state.walk.target].includes(state.seat.id);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t("Walk to {team}.", { team: names })}
      </h1>
      <p class="lead">{mine ? reason(state.walk, state.seat.id, names) : t("Walk along: listen, and ask.")}</p>
      <p>{t("Four minutes: which way did it go? What did you see of it? What is the smallest step?")}</p>
      <h2>{t("How did it end?")}</h2>
      <Choices
        label={t("How did it end?")}
        options={WALKED()}
        value={sheet.walked}
        onChoose={(answer) => answer !== sheet.walked && add("walked", { answer })}
      />
      {sheet.walked === "map_wrong" && (
        <div class="buttons">
          <button class="btn" onClick={() => correct("told")}>
            {t("Whom we told")}
          </button>
          <button class="btn" onClick={() => correct("heard")}>
            {t("From whom we heard")}
          </button>
        </div>
      )}
    </>
  );
}
