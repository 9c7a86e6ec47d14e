// The fields of a place, a line and a domain: one to a row beside the map, or one to a cell in the list.
import { useLayoutEffect, useRef } from "preact/hooks";

import { t } from "../i18n.js";
import { ARRIVES, bossOf, keyOf, KINDS, lineOf, MOST, VOICES } from "./model.js";
import { arrivesName, kindName, strengthName, voiceName } from "./words.js";

/** A field with its label before it, or in a table only for those who hear it. */
const Labelled = ({ label, bare, children }) =>
  bare ? (
    children
  ) : (
    <label class="we-field">
      <span>{label}</span>
      {children}
    </label>
  );

function Name({ label, value, bare, onChange }) {
  const change = ({ target }) => {
    onChange(target.value);
    target.value = value; // what was refused is not shown as if it were kept; what was kept comes with the next drawing
  };
  return (
    <Labelled label={label} bare={bare}>
      <input type="text" aria-label={bare ? label : undefined} value={value} maxLength={MOST.letters} onChange={change} />
    </Labelled>
  );
}

/** A choice. One of many places builds its options only when somebody goes to it: a long list has hundreds of these. */
function Choice({ label, value, options, bare, lazy = false, onChange, disabled }) {
  const select = useRef(null);
  const fill = (all) => {
    const list = all ? options : options.filter(([id]) => id === value);
    select.current.replaceChildren(...list.map(([id, text]) => new Option(text, id, false, id === value)));
    select.current.value = value;
  };
  useLayoutEffect(() => fill(!lazy || select.current.matches(":focus")));
  const open = () => select.current.options.length < options.length && fill(true);
  return (
    <Labelled label={label} bare={bare}>
      <select ref={select} aria-label={bare ? label : undefined} disabled={disabled} onPointerDown={open} onFocus={open} onChange={({ target }) => onChange(target.value)} />
    </Labelled>
  );
}

const options = (list, name) => list.map((one) => [String(one), name(one)]);
const places = (drawing, but = []) => drawing.actors.filter(({ id }) => !but.includes(id)).map(({ id, label }) => [id, label]);

/** Puts fields into cells of a table, below the heads given as `bare`; each is called after the thing that its row is about. */
const Cells = ({ bare, children }) => (bare ? children.filter(Boolean).map((child, index) => <td key={index} data-head={bare[index]}>{child}</td>) : children);

export function PlaceFields({ session, actor, bare = null }) {
  const { drawing } = session;
  const change = (fields) => session.act({ do: "change", ids: [actor.id], fields });
  const named = (field) => (bare ? t("{field} of {name}", { field, name: actor.label }) : field);
  return (
    <Cells bare={bare}>
      {[
        <Name label={named(t("Name"))} bare={bare} value={actor.label} onChange={(label) => change({ label })} />,
        <Choice label={named(t("Kind"))} bare={bare} value={actor.kind} options={options(KINDS, kindName)} onChange={(kind) => change({ kind })} />,
        <DomainChoice session={session} label={named(t("Domain"))} bare={bare} value={actor.domain} ids={[actor.id]} />,
        bare || actor.kind === "audience" ? <Choice label={named(t("Who answers"))} bare={bare} value={actor.voice} options={options(VOICES, voiceName)} onChange={(voice) => change({ voice })} /> : null,
        <Choice
          label={named(t("Under (formal chart)"))}
          bare={bare}
          lazy
          value={bossOf(drawing, actor.id) ?? ""}
          options={[["", t("nobody")], ...places(drawing, [actor.id])]}
          onChange={(boss) => session.act({ do: "report", id: actor.id, boss: boss || null })}
        />,
      ]}
    </Cells>
  );
}

export function DomainChoice({ session, label, value, ids, bare }) {
  const list = session.drawing.domains.map((domain) => [domain.id, domain.label]);
  return <Choice label={label} bare={bare} value={value ?? ""} options={[["", t("none")], ...list]} onChange={(domain) => session.act({ do: "change", ids, fields: { domain: domain || null } })} />;
}

export function DomainFields({ session, domain, bare = false }) {
  return <Name label={bare ? t("{field} of {name}", { field: t("Name"), name: domain.label }) : t("Name")} bare={bare} value={domain.label} onChange={(label) => session.act({ do: "rename domain", id: domain.id, label })} />;
}

export function LineFields({ session, line, channels, bare = null }) {
  const { drawing } = session;
  const key = keyOf(line);
  const label = (id) => drawing.actors.find((actor) => actor.id === id).label;
  const named = (field) => (bare ? t("{field}, line {one} – {other}", { field, one: label(line.source), other: label(line.target) }) : field);
  const change = (fields) => {
    const next = keyOf({ ...line, ...fields });
    const selected = session.state.selection.keys.includes(key);
    if (next !== key && lineOf(drawing, next)) session.say(t("There is already a line between those two, that way."));
    else session.act({ do: "change line", key, fields }, selected ? { selection: { keys: [next] } } : {});
    if (session.drawing === drawing) session.set({}); // nothing changed: the choice goes back
  };
  const turn = () => {
    const next = keyOf({ source: line.target, target: line.source });
    session.act({ do: "turn", key }, session.state.selection.keys.includes(key) ? { selection: { keys: [next] } } : {});
  };
  const all = [...new Set([line.channel, "", ...channels])].map((channel) => [channel, channel || t("no channel")]);
  return (
    <Cells bare={bare}>
      {[
        <Choice label={named(t("From"))} bare={bare} lazy value={line.source} options={places(drawing, [line.target])} onChange={(source) => change({ source })} />,
        <button type="button" class="we-btn" onClick={turn} aria-label={named(t("Turn round"))}>
          {bare ? "⇄" : `⇄ ${t("Turn round")}`}
        </button>,
        <Choice label={named(t("To"))} bare={bare} lazy value={line.target} options={places(drawing, [line.source])} onChange={(target) => change({ target })} />,
        <Choice label={named(t("Channel"))} bare={bare} value={line.channel} options={all} onChange={(channel) => change({ channel })} />,
        <Choice label={named(t("How strong"))} bare={bare} value={String(line.strength)} options={options([1, 2, 3], strengthName)} onChange={(strength) => change({ strength: Number(strength) })} />,
        <Choice label={named(t("Does it arrive?"))} bare={bare} value={line.arrives} options={options(ARRIVES, arrivesName)} onChange={(arrives) => change({ arrives })} />,
        <Via line={line} label={named(t("By way of"))} bare={bare} change={change} options={places(drawing, [line.source, line.target, ...line.via])} name={label} />,
      ]}
    </Cells>
  );
}

/** The places on the route, in order; one more is chosen, each can be taken out. */
const Via = ({ line, label, bare, options: open, change, name }) => (
  <div class="we-via">
    {line.via.map((id) => (
      <button key={id} type="button" class="we-btn" onClick={() => change({ via: line.via.filter((one) => one !== id) })} aria-label={t("No longer by way of {name}", { name: name(id) })}>
        {name(id)} ×
      </button>
    ))}
    <Choice label={label} bare={bare} lazy value="" options={[["", line.via.length ? t("and …") : t("straight")], ...open]} onChange={(id) => change({ via: [...line.via, id] })} />
  </div>
);
