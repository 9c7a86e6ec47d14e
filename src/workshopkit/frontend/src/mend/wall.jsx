// The big screen in the break-through: what each table spends and reaches, then the dots, then the plan that could be.
import { t, tn } from "../i18n.js";

export function MendWall({ scene, lang }) {
  const budget = scene.tables[0]?.budget;
  return (
    <div class="scene mend-wall">
      {!scene.plan && <p class="scene-title">{scene.dots ? t("Dots of the whole room") : scene.part === "cut" ? tn("{count} hour is left: what stays?", "{count} hours are left: what stays?", budget ?? 12) : tn("{count} hour a month: what do we mend first?", "{count} hours a month: what do we mend first?", budget ?? 20)}</p>}
      {scene.plan ? <Could plan={scene.plan} lang={lang} /> : scene.dots ? <Dots dots={scene.dots} lang={lang} /> : <Tables scene={scene} lang={lang} />}
    </div>
  );
}

function Tables({ scene, lang }) {
  return (
    <>
      {scene.picked?.[lang].map((said) => (
        <p class="lead" key={said}>
          {said}
        </p>
      ))}
      <p class="lead">{t("Now {count} of {pairs} ways to an audience take one stop at most.", { count: scene.before, pairs: scene.pairs })}</p>
      <ul class="mend-tables">
        {scene.tables.map(({ label, budget, spent, reached, worse, done }) => (
          <li key={label}>
            <strong>{label}</strong>
            <progress max={budget} value={spent} aria-label={t("Hours spent")} />
            <span>{tn("{count} of {budget} hours", "{count} of {budget} hours", spent, { budget })}</span>
            <span class={reached > scene.before ? "mend-better" : ""}>
              {scene.before} → {reached}
            </span>
            {(worse > 0 || done) && (
              <small>
                {worse > 0 && <span class="mend-worse">{tn("{count} thing worse", "{count} things worse", worse)} </span>}
                {done && t("dots given")}
              </small>
            )}
          </li>
        ))}
      </ul>
      <p class="caution">{t("If every step works. Nothing costs nothing.")}</p>
    </>
  );
}

const SHOWN = 8;

function Dots({ dots, lang }) {
  return (
    <ul class="mend-given">
      {dots.slice(0, SHOWN).map(({ said, dots: count }) => (
        <li key={said[lang]}>
          <span>{said[lang]}</span>
          <span class="mend-dots" role="img" aria-label={tn("{count} dot", "{count} dots", count)}>
            {"●".repeat(count)} {count}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Could({ plan, lang }) {
  return (
    <>
      <p class="scene-title mend-could">{plan.same ? t("A table chose just what the computer would choose.") : t("With the same hours this could have been done too:")}</p>
      <ul class="mend-given mend-plan">
        {plan.steps.map(({ said, why }) => (
          <li key={said[lang]}>
            <span>{said[lang]}</span>
            <small>{why[lang]}</small>
          </li>
        ))}
      </ul>
      {!plan.same && (
        <div class="mend-why">
          {plan.better[lang].map((said) => (
            <p class="mend-better" key={said}>
              <span aria-hidden="true">▲</span> {said}
            </p>
          ))}
          {plan.worse[lang].map((said) => (
            <p class="mend-worse" key={said}>
              <span aria-hidden="true">▼</span> {t("Worse: {what}", { what: said })}
            </p>
          ))}
          <p class="muted">{t("Compared with the plan of a table that comes nearest.")}</p>
        </div>
      )}
      {plan.stays[lang].length > 0 && <p class="mend-stays">{plan.stays[lang].join(" ")}</p>}
      <p class="scene-text">{t("What do you know that the map does not?")}</p>
      <p class="caution">{t("This assumes that every step works.")}</p>
    </>
  );
}
