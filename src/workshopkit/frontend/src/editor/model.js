// A drawing and what can be done with it. A drawing is plain values, as Python checks them (widgets/editor.py): places
// ("actors"), domains, lines between places, and pairs of the formal chart. Every change is an action, and `reduce`
// gives the drawing after it: a new one, or the same one when the action changes nothing. Nothing here knows the page.

export const WIDTH = 1600;
export const HEIGHT = 900;
export const MOST = { actors: 300, domains: 40, lines: 2000, letters: 80 };
export const KINDS = ["team", "role", "audience"];
export const VOICES = ["own", "proxy", "none"];
export const ARRIVES = ["yes", "partly", "no"];
export const EMPTY = { actors: [], domains: [], lines: [], formal: [] };

export const keyOf = (line) => JSON.stringify([line.source, line.target]);
export const actorOf = (drawing, id) => drawing.actors.find((actor) => actor.id === id);
export const domainOf = (drawing, id) => drawing.domains.find((domain) => domain.id === id);
export const lineOf = (drawing, key) => drawing.lines.find((line) => keyOf(line) === key);
export const bossOf = (drawing, id) => drawing.formal.find(([, reporter]) => reporter === id)?.[0] ?? null;
export const touching = (drawing, id) => drawing.lines.filter((line) => line.source === id || line.target === id || line.via.includes(id));

/** A name as it is kept: one line of at most so many letters, or empty. @param {string} text */
export const cleaned = (text) =>
  [...text.replace(/[\p{Cc}\p{Cs}]+/gu, " ").replace(/\s+/g, " ").trim()].slice(0, MOST.letters).join("").trim();

/** An id that no place and no domain has yet. */
export function freshId(drawing, letter) {
  const taken = new Set([...drawing.actors, ...drawing.domains].map(({ id }) => id));
  let number = 1;
  while (taken.has(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}

/** A label that nothing has yet: "New team", "New team 2". */
export function freshLabel(list, label) {
  const taken = new Set(list.map((one) => one.label));
  let found = label;
  for (let number = 2; taken.has(found); number += 1) found = `${label} ${number}`;
  return found;
}

/** Whether one is above the other in the formal chart, directly or further up. */
export function isAbove(drawing, one, other) {
  const seen = new Set();
  const open = [other];
  while (open.length) {
    const here = open.pop();
    for (const [boss, reporter] of drawing.formal) {
      if (reporter !== here || seen.has(boss)) continue;
      if (boss === one) return true;
      seen.add(boss);
      open.push(boss);
    }
  }
  return false;
}

/**
 * Why an action cannot be: the part that is full, or "round" in the formal chart; null when nothing is in its way.
 * @param {any} drawing
 * @param {any} action
 */
export function obstacle(drawing, action) {
  if (action.do === "add" && drawing.actors.length >= MOST.actors) return "actors";
  if (action.do === "add domain" && drawing.domains.length >= MOST.domains) return "domains";
  if (action.do === "draw" && drawing.lines.length >= MOST.lines) return "lines";
  if (action.do === "report" && action.boss && isAbove(drawing, action.id, action.boss)) return "round";
  return null;
}

const actions = {
  add: (drawing, { actor }) => ({
    ...drawing,
    actors: [...drawing.actors, { domain: null, voice: actor.kind === "audience" ? "none" : "own", placed: false, ...actor, ...within(actor) }],
  }),
  "add domain": (drawing, { id, label, members = [] }) => ({
    ...drawing,
    domains: [...drawing.domains, { id, label }],
    actors: mapped(drawing.actors, (actor) => (members.includes(actor.id) ? { ...actor, domain: id } : actor)),
  }),
  change: (drawing, { ids, fields }) => {
    const { label, ...rest } = fields;
    const name = label === undefined ? null : cleaned(label);
    if (name === "") return drawing;
    return { ...drawing, actors: mapped(drawing.actors, (actor) => (ids.includes(actor.id) ? merged(actor, name ? { label: name, ...rest } : rest) : actor)) };
  },
  "rename domain": (drawing, { id, label }) => {
    const name = cleaned(label);
    return name ? { ...drawing, domains: mapped(drawing.domains, (domain) => (domain.id === id ? merged(domain, { label: name }) : domain)) } : drawing;
  },
  /** Positions by id; `placed` says whether a person put them there. */
  move: (drawing, { positions, placed = true, domain }) => ({
    ...drawing,
    actors: mapped(drawing.actors, (actor) => {
      const to = positions[actor.id];
      if (!to) return actor;
      return merged(actor, { ...within(to), ...(placed && { placed: true }), ...(domain !== undefined && { domain }) });
    }),
  }),
  draw: (drawing, { source, target, fields = {} }) => {
    if (source === target || drawing.lines.some((line) => line.source === source && line.target === target)) return drawing;
    return { ...drawing, lines: [...drawing.lines, { source, target, channel: "", strength: 2, arrives: "yes", via: [], ...fields }] };
  },
  /** Other fields of a line, also other ends; it gives way to nothing: where a line is already, it stays as it was. */
  "change line": (drawing, { key, fields }) => ({
    ...drawing,
    lines: mapped(drawing.lines, (line) => {
      if (keyOf(line) !== key) return line;
      const next = merged(line, fields);
      const ends = [next.source, next.target];
      if (next.source === next.target || (keyOf(next) !== key && lineOf(drawing, keyOf(next)))) return line;
      const via = next.via.filter((id) => !ends.includes(id));
      return via.length === next.via.length ? next : { ...next, via };
    }),
  }),
  /** Turn a line round; where the other way has one already, the two change places. */
  turn: (drawing, { key }) => {
    const turned = (line) => ({ ...line, source: line.target, target: line.source, via: [...line.via].reverse() });
    const line = lineOf(drawing, key);
    const other = line && lineOf(drawing, keyOf(turned(line)));
    return { ...drawing, lines: mapped(drawing.lines, (one) => (one === line || one === other ? turned(one) : one)) };
  },
  /** Places, domains and lines away, with what hangs on them. */
  remove: (drawing, { ids = [], domains = [], keys = [] }) => ({
    actors: mapped(
      drawing.actors.filter((actor) => !ids.includes(actor.id)),
      (actor) => (domains.includes(actor.domain) ? { ...actor, domain: null } : actor),
    ),
    domains: drawing.domains.filter((domain) => !domains.includes(domain.id)),
    lines: mapped(
      drawing.lines.filter((line) => !ids.includes(line.source) && !ids.includes(line.target) && !keys.includes(keyOf(line))),
      (line) => (line.via.some((id) => ids.includes(id)) ? { ...line, via: line.via.filter((id) => !ids.includes(id)) } : line),
    ),
    formal: drawing.formal.filter((pair) => !pair.some((id) => ids.includes(id))),
  }),
  join: (drawing, { into, ids }) => joined(drawing, into, ids),
  /** Put a place under another in the formal chart, or under none. */
  report: (drawing, { id, boss }) => {
    if (bossOf(drawing, id) === boss || id === boss) return drawing;
    const rest = drawing.formal.filter(([, reporter]) => reporter !== id);
    return { ...drawing, formal: boss ? [...rest, [boss, id]] : rest };
  },
};

/**
 * The drawing after an action; the same object when nothing changed.
 * @param {any} drawing
 * @param {any} action what to do, by its name in `do`
 */
export function reduce(drawing, action) {
  if (obstacle(drawing, action)) return drawing;
  const next = actions[action.do](drawing, action);
  return same(next, drawing) ? drawing : next;
}

/** Make several places one: their lines become its lines, the strongest and best of each pair; what would loop goes. */
function joined(drawing, into, ids) {
  const gone = ids.filter((id) => id !== into);
  const now = (id) => (gone.includes(id) ? into : id);
  const kept = actorOf(drawing, into);
  if (!kept || !gone.length) return drawing;
  const lines = new Map();
  for (const line of drawing.lines) {
    const [source, target] = [now(line.source), now(line.target)];
    if (source === target) continue;
    const via = [...new Set(line.via.map(now))].filter((id) => id !== source && id !== target);
    const next = { ...line, source, target, via };
    const known = lines.get(keyOf(next));
    lines.set(keyOf(next), known ? strongest(known, next) : next);
  }
  let result = {
    ...drawing,
    actors: drawing.actors
      .filter((actor) => !gone.includes(actor.id))
      .map((actor) => (actor === kept && !kept.domain ? { ...kept, domain: gone.map((id) => actorOf(drawing, id)?.domain).find(Boolean) ?? null } : actor)),
    lines: [...lines.values()],
    formal: [],
  };
  for (const [boss, reporter] of drawing.formal.map((pair) => pair.map(now))) {
    const known = result.formal.some((pair) => pair[0] === boss && pair[1] === reporter);
    if (boss === reporter || known || isAbove(result, reporter, boss)) continue;
    result = { ...result, formal: [...result.formal, [boss, reporter]] };
  }
  return result;
}

function strongest(one, other) {
  const best = ARRIVES.indexOf(one.arrives) <= ARRIVES.indexOf(other.arrives) ? one : other;
  return { ...best, channel: one.channel || other.channel, strength: Math.max(one.strength, other.strength) };
}

const clamp = (value, most) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
/** A position on the plane, without needless digits. */
export const within = ({ x, y }) => ({ x: clamp(x, WIDTH), y: clamp(y, HEIGHT) });

/** The record with other fields, or itself when they are what it has. */
const merged = (record, fields) => (Object.keys(fields).every((name) => equal(record[name], fields[name])) ? record : { ...record, ...fields });

/** A list of what a function makes of each; the same list when that is what it holds. */
function mapped(list, make) {
  const next = list.map(make);
  return next.every((one, index) => one === list[index]) ? list : next;
}

const same = (one, other) => Object.keys(EMPTY).every((part) => one[part] === other[part] || (one[part].length === other[part].length && one[part].every((record, index) => record === other[part][index])));

/** Whether two plain values are the same. */
export function equal(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const names = Object.keys(one);
  return Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length && names.every((name) => equal(one[name], other[name]));
}
