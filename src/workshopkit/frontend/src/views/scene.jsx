// What the big screen shows at a moment of the afternoon: one figure, and a sentence or two.
import { t, tn } from "../i18n.js";
import { Figure, MendWall, RelayWall } from "../lazy.jsx";
import { IfThen } from "./agreements.jsx";
import { BendView } from "./bend.jsx";
import { MARKS } from "./case.jsx";
import { MapView } from "./map.jsx";

const VIEWS = { agreements: Agreements, bend: Bend, card: Card, figure: Figures, guess: Guess, map: Lines, marks: Marks, mend: MendWall, pairs: Pairs, relay: RelayWall, relay_rides: RelayWall, relay_texts: RelayWall, tenths: Tenths, thread: Thread };

/** Words for the moments without a figure. */
const WORDS = () => ({
  "prepare/warmup": [t("What is our own Google+?"), t("Which channel does everybody name and nobody use?")],
  "silos/own": [t("Look at your phone: this is what you said."), t("Is it right? Nobody else has seen it yet.")],
  "silos/break": [t("Break"), t("In a moment we go on with what we have seen.")],
  "message/talk": [t("A message on its way"), t("Where does it get, along our own lines?")],
  "breakthrough/choose": [t("Twenty hours a month: what do we mend first?"), t("Nothing costs nothing.")],
  "breakthrough/cut": [t("Twelve hours are left."), t("What stays, and why?")],
  "report/close": [t("Thank you"), t("In 90 days we ask again: did it arrive?")],
});

/** The acts whose scenes the analyst makes. */
const MADE = new Set(["case", "silos", "message", "breakthrough", "agreements"]);

const hasWords = ({ act, part }) => `${act}/${part}` in WORDS();

/** Until the scene of a moment is there, the one before it stays: what is about to move must not be drawn anew. */
const isOurs = ({ act, part, scene }) => VIEWS[scene?.kind] && ((scene.act === act && scene.part === part) || (MADE.has(act) && scene.act === act));

/** @returns {boolean} whether this moment has a scene of its own */
export const hasScene = (state) => hasWords(state) || Boolean(isOurs(state));

export function Scene({ state }) {
  const lang = document.documentElement.lang;
  // The break-through has words only until its tables are there.
  const isMade = !hasWords(state) || state.scene?.kind === "mend";
  const View = isMade && isOurs(state) ? VIEWS[state.scene.kind] : null;
  if (View) {
    const said = state.scene.said?.[lang] ?? [];
    const place = Math.min(state.scene.part === state.part ? (state.sentence ?? 0) : said.length, Math.max(said.length - 1, 0));
    return <View scene={state.scene} said={said} place={place} light={state.scene.lights?.[place]} lang={lang} now={state.now} />;
  }
  const [title, text] = WORDS()[`${state.act}/${state.part}`] ?? [state.subject, ""];
  return (
    <div class="scene scene-words">
      <p class="scene-title">{title}</p>
      <p class="lead">{text}</p>
      {state.act === state.scene?.act && state.scene.picked?.[lang].map((said) => (
        <p class="scene-text" key={said}>
          {said}
        </p>
      ))}
      {state.act === "report" && state.promise && <blockquote class="promise">{state.promise}</blockquote>}
    </div>
  );
}

/** One sentence at a time; the facilitator goes on to the next. */
function Said({ scene, said, place, lang }) {
  return (
    <>
      <p class="sentences sentence">{said[place]}</p>
      {scene.notes?.[lang].map((note) => (
        <p class="caution" key={note}>
          {note}
        </p>
      ))}
      {scene.caution && <p class="caution">{scene.caution[lang]}</p>}
    </>
  );
}

function Lines(props) {
  return (
    <div class="scene scene-figure">
      <MapView map={props.scene.map} lit={props.scene.lit} light={props.light} />
      <div>
        <Said {...props} />
      </div>
    </div>
  );
}

/** A figure of counts, or the map where the sentence is about places. */
function Figures(props) {
  const { scene, light, lang, place } = props;
  const name = scene.draws[place];
  return (
    <div class="scene scene-figure">
      <div>{name ? <Figure key={name} figure={scene.figures[name][lang]} light={light} /> : <MapView map={scene.map} light={light} />}</div>
      <div>
        <Said {...props} />
      </div>
    </div>
  );
}

function Bend(props) {
  return (
    <div class="scene scene-figure">
      <BendView map={props.scene.map} bent={props.scene.bent} light={props.light} />
      <div>
        <Said {...props} />
      </div>
    </div>
  );
}

function Card({ scene, lang }) {
  return (
    <div class="scene scene-card">
      <p class="muted">{scene.role[lang]}</p>
      <p class="scene-title">{scene.title[lang]}</p>
      <p class="scene-text">{scene.text[lang]}</p>
      <p class="lead">{scene.question[lang]}</p>
      {(scene.marks || scene.shares) && (
        <dl class="marks">
          {MARKS().map(([mark, text]) => (
            <div key={mark}>
              <dt>{text}</dt>
              <dd>{scene.shares ? <Share of={scene.shares[mark]} /> : scene.marks[mark]}</dd>
            </div>
          ))}
        </dl>
      )}
      {!scene.marks && !scene.shares && scene.of !== undefined && <p class="muted">{marked(scene)}</p>}
      {scene.examples?.map(({ by, text }) => (
        <blockquote class="promise example" key={by}>
          {text} <span class="muted">({by})</span>
        </blockquote>
      ))}
    </div>
  );
}

/** A share in five steps: of single answers no number is told. */
const SHARES = () => [
  ["○", t("hardly anybody")],
  ["◔", t("some")],
  ["◑", t("about half")],
  ["◕", t("most")],
  ["●", t("nearly everybody")],
];
const TOO_FEW = () => ["–", t("too few to tell")];

function Share({ of, short }) {
  const [sign, words] = SHARES()[4 * of] ?? TOO_FEW();
  return (
    <span style={short ? {} : { fontSize: "0.5em", whiteSpace: "nowrap" }} role={short && "img"} aria-label={short && words}>
      <span aria-hidden="true">{sign}</span>
      {!short && ` ${words}`}
    </span>
  );
}

/** @returns {string} how many have marked */
const marked = (scene) => tn("{given} of {count} has marked a card", "{given} of {count} have marked a card", scene.of, { given: scene.marked });

const SIGNS = { ours: "●", not_ours: "○", unknown: "?" };

/** What every team recognises, card by card; hidden until the facilitator shows it. */
function Marks({ scene, lang }) {
  if (!scene.cards?.length) {
    return (
      <div class="scene scene-words">
        <p class="scene-title">{t("What do we recognise?")}</p>
        <p class="lead">{marked(scene)}</p>
      </div>
    );
  }
  if (scene.cards[0].shares) return <Shares scene={scene} lang={lang} />;
  const words = Object.fromEntries(MARKS());
  return (
    <div class="scene scene-marks">
      <p class="scene-title">{t("What do we recognise?")}</p>
      <table aria-label={t("What do we recognise?")}>
        <thead>
          <tr>
            <td />
            {scene.seats.map((seat) => (
              <th scope="col" key={seat}>
                <span>{seat}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scene.cards.map((card) => (
            <tr key={card.id}>
              <th scope="row">
                {card.title[lang]}
                <small>{MARKS().map(([mark]) => ` ${SIGNS[mark]} ${card.marks.filter((one) => one === mark).length}`)}</small>
              </th>
              {card.marks.map((mark, place) => (
                <td key={scene.seats[place]} class={`mark-${mark}`}>
                  <span role="img" aria-label={words[mark] ?? t("no answer yet")}>
                    {SIGNS[mark] ?? "·"}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="caution">
        {MARKS()
          .map(([mark, text]) => `${SIGNS[mark]} ${text}`)
          .join(" · ")}
      </p>
    </div>
  );
}

/** What every group recognises, as far as single answers may be told. */
function Shares({ scene, lang }) {
  return (
    <div class="scene scene-marks">
      <p class="scene-title">{t("What do we recognise?")}</p>
      <table aria-label={t("What do we recognise?")}>
        <thead>
          <tr>
            <td />
            {[...scene.seats, t("together")].map((seat) => (
              <th scope="col" key={seat}>
                <span>{seat}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scene.cards.map((card) => (
            <tr key={card.id}>
              <th scope="row">{card.title[lang]}</th>
              {[...card.shares, card.total].map((share, place) => (
                <td key={scene.seats[place] ?? ""}>
                  <Share of={share} short />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="caution">
        {[...SHARES(), TOO_FEW()].map(([sign, words]) => `${sign} ${words}`).join(" · ")}
      </p>
    </div>
  );
}

/** Who answers whom under the post, with one place left open. The drawing comes from our own kernel, escaped there. */
function Thread({ scene, lang }) {
  return (
    <div class="scene scene-thread">
      <p class="scene-title">{t("Who is missing in this conversation?")}</p>
      <p class="lead">{t("Whose voice would change it?")}</p>
      <div dangerouslySetInnerHTML={{ __html: scene.picture[lang] }} />
      <details>
        <summary>{t("The same in words")}</summary>
        <ul>
          {scene.twin[lang].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function Guess({ scene }) {
  return (
    <div class="scene scene-words">
      <p class="scene-title">{t("Of every 10 lines that we drew, how many run straight?")}</p>
      {scene.believed !== null && <p class="lead">{tn("{count} line was drawn.", "{count} lines were drawn.", scene.believed)}</p>}
      <p class="lead">{tn("{given} of {count} has guessed", "{given} of {count} have guessed", scene.of, { given: scene.given })}</p>
    </div>
  );
}

/** Ten dots, so many of them filled. */
function Dots({ label, count, outcome }) {
  return (
    <div class={outcome ? "dots dots-outcome" : "dots"}>
      <p>{label}</p>
      <svg viewBox="0 0 400 44" role="img" aria-label={t("{count} of 10", { count })}>
        {Array.from({ length: 10 }, (_, place) => (
          <circle key={place} class={place < count ? "dot dot-on" : "dot"} cx={22 + place * 39.5} cy="22" r="15" />
        ))}
      </svg>
      <strong>{count}</strong>
    </div>
  );
}

function Tenths(props) {
  const { guess, outcome } = props.scene;
  // The outcome comes with its own sentence, after the guess was read.
  const isTold = props.place === props.said.length - 1;
  return (
    <div class="scene scene-tenths">
      {guess !== null && <Dots label={t("We guessed")} count={guess} />}
      {outcome !== null && isTold && <Dots label={t("It is")} count={outcome} outcome />}
      <Said {...props} />
    </div>
  );
}

function Pairs({ scene }) {
  return (
    <div class="scene scene-figure scene-walk">
      <MapView map={scene.map} />
      <div>
        <p class="sentences">{t("Stand up and walk")}</p>
        <ul class="pairs">
          {scene.rows.map((row) => (
            <li key={row.members.join()} class={row.done ? "pair pair-done" : "pair"}>
              <span>{row.labels.join(" · ")}</span>
              {row.done && <span>{t("done")}</span>}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Agreements({ scene }) {
  const said = { accepted: t("they do it"), other: t("rather otherwise") };
  return (
    <div class="scene">
      <p class="scene-title">{t("What will we do in the coming months?")}</p>
      {!scene.rows.length && <p class="lead">{t("The first agreement comes in a moment.")}</p>}
      <ul class="agreements agreements-wall">
        {scene.rows.map((row) => (
          <li key={row.id} class="card stack">
            <p class="muted">
              {row.from} → {row.to} {said[row.answer] && <strong class={`answer-${row.answer}`}>· {said[row.answer]}</strong>}
            </p>
            <IfThen {...row} ends={[row.from, row.to]} />
            {row.also?.length > 0 && <p class="muted">{t("Also: {teams}", { teams: row.also.join("; ") })}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}
