// The drawing as tables: all that the map can do but where things stand, for a keyboard, a screen reader or a long list.
import { useState } from "preact/hooks";

import { t, tn } from "../i18n.js";
import { DomainFields, LineFields, PlaceFields } from "./fields.jsx";
import { keyOf, KINDS, lineOf } from "./model.js";
import { kindName } from "./words.js";

const PAGE = 100;

export function List({ session, channels, add }) {
  const { drawing, state } = session;
  const edits = state.mode === "all";
  return (
    <div class="we-list">
      {edits && <Places session={session} add={add} />}
      {edits && <Domains session={session} />}
      <Lines session={session} channels={channels} />
      {!drawing.actors.length && <p>{t("Add a team, a role or an audience first; then lines between them.")}</p>}
    </div>
  );
}

const Table = ({ caption, name, heads, children }) => (
  <div class={`we-scroll we-${name}`} role="region" aria-label={caption} tabIndex={0}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

const Away = ({ name, onClick }) => (
  <td>
    <button type="button" class="we-btn" onClick={onClick} aria-label={t("Delete {name}", { name })}>
      ×
    </button>
  </td>
);

/** The first rows, and a button for more. */
function usePage(list) {
  const [most, setMost] = useState(PAGE);
  const more = list.length > most && (
    <button type="button" class="we-btn" onClick={() => setMost(most + PAGE)}>
      {tn("Show {count} more", "Show {count} more", Math.min(PAGE, list.length - most))}
    </button>
  );
  return [list.slice(0, most), more];
}

function Places({ session, add }) {
  const { drawing, state } = session;
  const [shown, more] = usePage(drawing.actors);
  const chosen = new Set(state.selection.places);
  const heads = [t("Name"), t("Kind"), t("Domain"), t("Who answers"), t("Under (formal chart)")];
  return (
    <section>
      <Table caption={t("Places")} name="places" heads={[t("Choose"), ...heads, t("Delete")]}>
        {shown.map((actor) => (
          <tr key={actor.id} data-row={actor.id}>
            <td>
              <input type="checkbox" checked={chosen.has(actor.id)} aria-label={t("Choose {name}", { name: actor.label })} onChange={() => session.select({ places: [actor.id] }, true)} />
            </td>
            <PlaceFields session={session} actor={actor} bare={heads} />
            <Away name={actor.label} onClick={() => session.act({ do: "remove", ids: [actor.id] })} />
          </tr>
        ))}
      </Table>
      <p class="we-row">
        {more}
        {KINDS.map((kind) => (
          <button key={kind} type="button" class="we-btn" onClick={() => add(kind)}>
            {`+ ${kindName(kind)}`}
          </button>
        ))}
      </p>
    </section>
  );
}

function Domains({ session }) {
  const { drawing } = session;
  return (
    <section>
      <Table caption={t("Domains")} name="domains" heads={[t("Name"), t("Places"), t("Delete")]}>
        {drawing.domains.map((domain) => (
          <tr key={domain.id} data-row={domain.id}>
            <td data-head={t("Name")}>
              <DomainFields session={session} domain={domain} bare />
            </td>
            <td data-head={t("Places")}>{drawing.actors.filter((actor) => actor.domain === domain.id).map(({ label }) => label).join(", ")}</td>
            <Away name={domain.label} onClick={() => session.act({ do: "remove", domains: [domain.id] })} />
          </tr>
        ))}
      </Table>
      <p class="we-row">
        <button type="button" class="we-btn" onClick={() => session.addDomain()}>
          {`+ ${t("domain")}`}
        </button>
      </p>
    </section>
  );
}

function Lines({ session, channels }) {
  const { drawing } = session;
  const [only, setOnly] = useState("");
  const [ends, setEnds] = useState({ source: "", target: "" });
  const label = (id) => drawing.actors.find((actor) => actor.id === id)?.label ?? "";
  const [shown, more] = usePage(drawing.lines.filter((line) => !only || line.source === only || line.target === only));
  const pick = (name, text, value, first, set) => (
    <label class="we-field">
      <span>{text}</span>
      <select name={name} value={label(value) ? value : ""} onChange={({ target }) => set(target.value)}>
        <option value="">{first}</option>
        {drawing.actors.map((actor) => (
          <option key={actor.id} value={actor.id}>
            {actor.label}
          </option>
        ))}
      </select>
    </label>
  );
  const draw = () => {
    const [known, full] = [lineOf(drawing, keyOf(ends)), label(ends.source) && label(ends.target)];
    if (!full || ends.source === ends.target) session.say(t("Choose two different places for a new line."));
    else if (known) session.draw(ends.source, ends.target);
    else if (session.act({ do: "draw", ...ends })) setEnds({ ...ends, target: "" });
  };
  const heads = [t("From"), t("Turn round"), t("To"), t("Channel"), t("How strong"), t("Does it arrive?"), t("By way of")];
  return (
    <section>
      {drawing.actors.length > 12 && pick("only", t("Show the lines of"), only, t("everybody"), setOnly)}
      <Table caption={t("Lines")} name="lines" heads={[...heads, t("Delete")]}>
        {shown.map((line) => (
          <tr key={keyOf(line)} data-row={keyOf(line)}>
            <LineFields session={session} line={line} channels={channels} bare={heads} />
            <Away name={t("the line from {one} to {other}", { one: label(line.source), other: label(line.target) })} onClick={() => session.act({ do: "remove", keys: [keyOf(line)] })} />
          </tr>
        ))}
      </Table>
      {more && <p class="we-row">{more}</p>}
      {drawing.actors.length > 1 && (
        <p class="we-row we-new">
          {pick("source", t("New line from"), ends.source, t("choose …"), (source) => setEnds({ ...ends, source }))}
          {pick("target", t("to"), ends.target, t("choose …"), (target) => setEnds({ ...ends, target }))}
          <button type="button" class="we-btn" onClick={draw}>
            {t("Draw the line")}
          </button>
        </p>
      )}
    </section>
  );
}
