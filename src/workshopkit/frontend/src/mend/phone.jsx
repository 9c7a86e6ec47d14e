// A table's phone in the break-through: cards with prices, what the plan does to the map, and three dots a person.
import { useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { useKept } from "../kept.js";
import { isSame, stepOf, withWaiting } from "./waiting.js";

export function MendPhone({ state, outbox, add, heading }) {
  const table = withWaiting(state.mend, outbox.ahead);
  const [votes, setVotes] = useState(false);
  const shared = { state, table, add };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {state.part === "cut" ? tn("{count} hour is left: what stays?", "{count} hours are left: what stays?", table.budget) : t("What do we mend first?")}
      </h1>
      <div class="segment" role="group" aria-label={t("What are you doing?")}>
        <button aria-pressed={!votes} onClick={() => setVotes(false)}>
          {t("Our plan")}
        </button>
        <button aria-pressed={votes} onClick={() => setVotes(true)}>
          {t("Dots")}
        </button>
      </div>
      {votes ? <Votes {...shared} /> : <Plan {...shared} />}
    </>
  );
}

function Plan({ state, table, add }) {
  const { budget, left, cards, can } = table;
  const some = cards.some(({ chosen }) => chosen);
  return (
    <>
      <p class="mend-left" role="status">
        {tn("{count} of {budget} hours a month is left.", "{count} of {budget} hours a month are left.", left, { budget })}
      </p>
      <progress class="mend-hours" max={budget} value={budget - left} aria-label={t("Hours spent")} />
      {!cards.length && <p>{t("On this map the kit finds nothing to propose. Make a card of your own.")}</p>}
      <ul class="roster" aria-label={t("Cards on the table")}>
        {cards.map((card) => (
          <Card key={`${card.kind} ${card.source} ${card.target}`} card={card} left={left} add={add} />
        ))}
      </ul>
      <div class="buttons">
        <button class="btn btn-quiet" aria-disabled={!can.undo} onClick={() => can.undo && add("mend.undone", {})}>
          {t("Undo")}
        </button>
        <button class="btn btn-quiet" aria-disabled={!can.redo} onClick={() => can.redo && add("mend.redone", {})}>
          {t("Do again")}
        </button>
      </div>
      {some && <Effects {...table} />}
      {can.make && <OwnCard state={state} table={table} add={add} />}
      {table.history.length > 0 && (
        <details>
          <summary>{t("What we did")}</summary>
          <ol>
            {table.history.map((said, place) => (
              <li key={place}>{said}</li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function Card({ card, left, add }) {
  const isDear = !card.chosen && card.hours > left;
  const tap = () => {
    if (!isDear) add(card.chosen ? "mend.dropped" : "mend.chosen", { step: stepOf(card) });
  };
  const marks = [card.wish && t("a wish of this room"), card.own && t("your own"), card.aside && t("laid aside"), !card.fits && t("changes nothing on this map")];
  return (
    <li class={card.chosen ? "row row-on" : "row"}>
      <button class="row-name mend-card" role="checkbox" aria-checked={card.chosen} aria-disabled={isDear} onClick={tap}>
        <span class="row-mark" aria-hidden="true">
          {card.chosen ? "✓" : ""}
        </span>
        <span class="mend-said">
          {card.said}
          {marks.filter(Boolean).length > 0 && <em>{marks.filter(Boolean).join(" · ")}</em>}
        </span>
        <small title={t("{once} hours once, {upkeep} a month to keep it", card)}>{tn("{count} hour", "{count} hours", card.hours)}</small>
      </button>
    </li>
  );
}

function Effects({ better, worse }) {
  return (
    <section class="card stack" aria-label={t("On the map")}>
      <h2>{t("If every step works")}</h2>
      <ul class="mend-effects">
        {better.map((said) => (
          <li class="mend-better" key={said}>
            <span aria-hidden="true">▲</span> {said}
          </li>
        ))}
        {worse.map((said) => (
          <li class="mend-worse" key={said}>
            <span aria-hidden="true">▼</span> {t("Worse: {what}", { what: said })}
          </li>
        ))}
      </ul>
      {!better.length && !worse.length && <p>{t("On this map nothing changes yet.")}</p>}
    </section>
  );
}

function OwnCard({ state, table, add }) {
  const [draft, set] = useState({ kind: table.kinds[0].id, source: "", target: "" });
  const kind = table.kinds.find(({ id }) => id === draft.kind);
  const places = state.actors.map(({ id, label }) => [id, label]);
  const targets = { actor: places.filter(([id]) => id !== draft.source), domain: state.domains.map(({ id, label }) => [id, label]), audiences: [[table.everybody, t("all audiences")]] }[kind.ends];
  const target = kind.ends === "audiences" ? table.everybody : draft.target;
  const step = { kind: draft.kind, source: draft.source, target };
  const isReady = draft.source && target && !table.cards.some((card) => isSame(card, step));
  const make = (event) => {
    event.preventDefault();
    if (!isReady) return;
    add("mend.made", { step });
    set({ ...draft, source: "", target: "" });
  };
  const choice = (name, label, options) => (
    <label class="field">
      <span>{label}</span>
      <select value={draft[name]} onChange={({ currentTarget }) => set({ ...draft, [name]: currentTarget.value, ...(name === "kind" && { target: "" }) })}>
        {name !== "kind" && <option value="">{t("choose")}</option>}
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <details>
      <summary>{t("Make a card of your own")}</summary>
      <form class="stack" onSubmit={make}>
        {choice("kind", t("What kind of step?"), table.kinds.map(({ id, name, hours }) => [id, `${name} (${tn("{count} hour", "{count} hours", hours)})`]))}
        {choice("source", t("From"), places)}
        {kind.ends !== "audiences" && choice("target", t("To"), targets)}
        <button class="btn" aria-disabled={!isReady}>
          {t("Lay it on the table")}
        </button>
      </form>
    </details>
  );
}

const NONE = { dots: [] };

/** The phone goes round: everybody gives three dots, and sees nothing of what others gave. */
function Votes({ state, table, add }) {
  const [draft, set] = useKept(`dots:${state.seat.id}`, NONE);
  const { dots, cards, voted, done, most_voters } = table;
  if (cards.some((card) => card.dots !== null)) return <Given cards={cards} />;
  const left = dots - draft.dots.length;
  const count = (card) => draft.dots.filter((one) => isSame(one, card)).length;
  const next = () => {
    if (left) return;
    add("mend.given", { person: Math.min(voted + 1, most_voters), steps: draft.dots });
    set(NONE);
  };
  return (
    <>
      <p>{t("Hand the phone round. Everybody gives {count} dots; nobody sees them before all have given.", { count: dots })}</p>
      <p role="status">{tn("Person {person}: {count} dot left", "Person {person}: {count} dots left", left, { person: voted + 1 })}</p>
      <ul class="roster" aria-label={t("Cards on the table")}>
        {cards.map((card) => (
          <li class={count(card) ? "row row-on" : "row"} key={`${card.kind} ${card.source} ${card.target}`}>
            <button class="row-name mend-card" aria-disabled={!left} aria-label={tn("{card} {count} dot", "{card} {count} dots", count(card), { card: card.said })} onClick={() => left && set({ dots: [...draft.dots, stepOf(card)] })}>
              <span class="mend-said">{card.said}</span>
              <small class="mend-dots" aria-hidden="true">
                {"●".repeat(count(card))}
              </small>
            </button>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <button class="btn" aria-disabled={left > 0} onClick={next}>
          {t("These are my dots")}
        </button>
        <button class="btn btn-quiet" aria-disabled={!draft.dots.length} onClick={() => set(NONE)}>
          {t("Start again")}
        </button>
      </div>
      <p class="muted">{tn("{count} person has given dots.", "{count} people have given dots.", voted)}</p>
      {voted > 0 && (
        <button class="btn btn-primary" aria-pressed={done} onClick={() => done || add("mend.finished", {})}>
          {done ? t("Our table is done. Look at the big screen.") : t("Everybody at our table has given")}
        </button>
      )}
    </>
  );
}

function Given({ cards }) {
  const given = cards.filter(({ dots }) => dots).sort((one, other) => other.dots - one.dots);
  const rest = cards.length - given.length;
  return (
    <>
      <ul class="roster" aria-label={t("Dots of the whole room")}>
        {given.map((card) => (
          <li class="row" key={`${card.kind} ${card.source} ${card.target}`}>
            <p class="row-name mend-card">
              <span class="mend-said">{card.said}</span>
              <small>{tn("{count} dot", "{count} dots", card.dots)}</small>
            </p>
          </li>
        ))}
      </ul>
      {rest > 0 && <p class="muted">{tn("{count} card has no dot.", "{count} cards have no dot.", rest)}</p>}
    </>
  );
}
