// What the editor says: the names of kinds and states, and what changed, for those who hear it.
import { t, tn } from "../i18n.js";
import { actorOf, domainOf, keyOf, lineOf } from "./model.js";

export const kindName = (kind) => ({ team: t("team"), role: t("role"), audience: t("audience") })[kind];
export const voiceName = (voice) => ({ own: t("answers itself"), proxy: t("somebody speaks for it"), none: t("nobody speaks for it") })[voice];
export const arrivesName = (arrives) => ({ yes: t("it arrives"), partly: t("it arrives in part"), no: t("it does not arrive") })[arrives];
export const strengthName = (strength) => ({ 1: t("now and then"), 2: t("usual"), 3: t("strong") })[strength];

const label = (drawing, id) => actorOf(drawing, id)?.label ?? "";
const ends = (drawing, { source, target }) => ({ one: label(drawing, source), other: label(drawing, target) });

/** A place and its lines in words. */
export function placeWords(drawing, actor, lines) {
  const domain = domainOf(drawing, actor.domain)?.label;
  const to = lines.filter((line) => line.source === actor.id).map((line) => label(drawing, line.target));
  const from = lines.filter((line) => line.target === actor.id).map((line) => label(drawing, line.source));
  const said = [
    domain ? t("{kind}, domain {domain}", { kind: kindName(actor.kind), domain }) : kindName(actor.kind),
    to.length ? t("lines to {names}", { names: to.join(", ") }) : "",
    from.length ? t("lines from {names}", { names: from.join(", ") }) : "",
  ];
  return `${actor.label}: ${said.filter(Boolean).join("; ")}`;
}

export const lineWords = (drawing, line) => {
  const said = [t("Line from {one} to {other}", ends(drawing, line)), arrivesName(line.arrives), line.channel];
  if (line.via.length) said.push(t("by way of {names}", { names: line.via.map((id) => label(drawing, id)).join(", ") }));
  return said.filter(Boolean).join(", ");
};

function removed(before, { ids = [], keys = [], domains = [] }) {
  const count = ids.length + keys.length + domains.length;
  if (count > 1) return tn("{count} part was deleted.", "{count} parts were deleted.", count);
  if (keys.length) return t("The line from {one} to {other} was deleted.", ends(before, lineOf(before, keys[0])));
  const name = ids.length ? label(before, ids[0]) : domainOf(before, domains[0]).label;
  return t("“{name}” was deleted.", { name });
}

const did = {
  add: ({ actor }) => t("“{name}” stands on the map.", { name: actor.label }),
  "add domain": ({ label: name }) => t("Domain “{name}” was added.", { name }),
  change: ({ ids, fields }, before, after) => {
    if (fields.label !== undefined) return t("“{old}” is now called “{name}”.", { old: label(before, ids[0]), name: label(after, ids[0]) });
    if (fields.domain !== undefined) {
      const domain = domainOf(after, fields.domain)?.label;
      return domain ? tn("{count} place now belongs to “{domain}”.", "{count} places now belong to “{domain}”.", ids.length, { domain }) : tn("{count} place now belongs to no domain.", "{count} places now belong to no domain.", ids.length);
    }
    return t("“{name}” was changed.", { name: label(after, ids[0]) });
  },
  "rename domain": ({ id }, before, after) => t("“{old}” is now called “{name}”.", { old: domainOf(before, id).label, name: domainOf(after, id).label }),
  move: ({ positions, placed = true, domain }, before, after) => {
    const ids = Object.keys(positions);
    if (!placed) return t("The map was tidied up.");
    const name = domain && domainOf(after, domain)?.label;
    if (name && ids.some((id) => actorOf(before, id)?.domain !== domain)) return tn("{count} place now belongs to “{domain}”.", "{count} places now belong to “{domain}”.", ids.length, { domain: name });
    return ids.length === 1 ? t("“{name}” was moved.", { name: label(after, ids[0]) }) : tn("{count} place was moved.", "{count} places were moved.", ids.length);
  },
  draw: (action, before, after) => t("Line drawn from {one} to {other}.", ends(after, action)),
  "change line": ({ key, fields }, before, after) => {
    const next = { ...lineOf(before, key), ...fields };
    return `${lineWords(after, lineOf(after, keyOf(next)) ?? next)}.`;
  },
  turn: ({ key }, before) => {
    const line = lineOf(before, key);
    return t("The line now goes from {one} to {other}.", ends(before, { source: line.target, target: line.source }));
  },
  remove: (action, before) => removed(before, action),
  join: ({ into, ids }, before) => t("{names} became “{name}”.", { names: ids.map((id) => `“${label(before, id)}”`).join(", "), name: label(before, into) }),
  report: ({ id, boss }, before, after) => {
    const name = label(after, id);
    return boss ? t("In the formal chart {name} is now under {boss}.", { name, boss: label(after, boss) }) : t("In the formal chart {name} is now under nobody.", { name });
  },
};

export const words = {
  did: (action, before, after) => did[action.do](action, before, after),
  undone: () => t("The last step was undone."),
  redone: () => t("The step was done again."),
  exists: (drawing, source, target) => t("There is already a line from {one} to {other}.", ends(drawing, { source, target })),
  cannot: (reason, most) =>
    reason === "round" ? t("That is not possible: then a place ends up above itself in the formal chart.") : t("More than {most} do not fit on this map. Delete some first.", { most }),
  fresh: (kind) => ({ team: t("New team"), role: t("New role"), audience: t("New audience"), domain: t("New domain") })[kind],
  tool: (tool, from) => {
    if (tool === "line") return from ? t("From {name}: tap where the line goes.", { name: from.label }) : t("Tap where the line begins.");
    return from ? t("Above is {name}: tap who is under it.", { name: from.label }) : t("Formal chart: tap who is above.");
  },
};
