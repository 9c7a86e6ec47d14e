// Where things are drawn. A place is a dot on the plane with its name under it; a line bends a little to the right, so
// that the way there and the way back lie apart; a domain is what lies around its places. Pure: numbers in, numbers out.
import { HEIGHT, WIDTH } from "./model.js";

const BEND = 0.12;
const GAP = 3;

/** The size of dots and letters: smaller on a full map, larger on a narrow screen. */
export function sizes(count, narrow = false) {
  const room = Math.sqrt((WIDTH * HEIGHT) / Math.max(count, 1));
  const more = narrow ? 1.35 : 1;
  const r = Math.min(40, Math.max(11, room * 0.15)) * more;
  return { r, font: Math.min(24, Math.max(11.5, r * 0.7)) * (narrow ? 1.15 : 1), pad: r * 2.1 };
}

const round = (value) => Math.round(value * 10) / 10;
const at = ({ x, y }) => `${round(x)} ${round(y)}`;

/**
 * A line as cubic curves from rim to rim, by way of the places in between; each is its four points.
 * @param {{x: number, y: number}[]} stops the two ends and what lies between them
 * @param {number} r how large the dots are
 * @param {number} [tip] how long the arrow's point is
 */
export function curves(stops, r, tip = 0) {
  const first = stops[0];
  const last = stops.at(-1);
  if (stops.length === 2) {
    const c = bend(first, last);
    const a = toward(first, c, r + GAP);
    const b = toward(last, c, r + GAP + tip);
    return [[a, between(a, c, 2 / 3), between(b, c, 2 / 3), b]];
  }
  // By way of others: past their dots on one side, in one flowing curve (Catmull and Rom's).
  const points = stops.map((stop, index) => (index && index < stops.length - 1 ? beside(stops[index - 1], stop, stops[index + 1], r * 1.35) : stop));
  points[0] = toward(first, points[1], r + GAP);
  points[points.length - 1] = toward(last, points.at(-2), r + GAP + tip);
  return points.slice(1).map((to, index) => {
    const from = points[index];
    const before = points[index - 1] ?? from;
    const after = points[index + 2] ?? to;
    return [from, { x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 }, { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 }, to];
  });
}

/** A line as the `d` of a path. */
export const linePath = (stops, r, tip) => curves(stops, r, tip).reduce((path, [a, b, c, d]) => `${path || `M${at(a)}`}C${at(b)} ${at(c)} ${at(d)}`, "");

/** How far a point is from a line, near enough for a finger. */
export function awayFrom(stops, r, point) {
  const near = curves(stops, r).flatMap((curve) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((step) => along(curve, step / 8)));
  return Math.min(...near.slice(1).map((to, index) => distance(near[index], to, point)));
}

/** The middle of a line, where its channel stands. */
export function middle(stops, r) {
  const found = curves(stops, r);
  return along(found[Math.floor(found.length / 2)], found.length % 2 ? 0.5 : 0);
}

function along([a, b, c, d], part) {
  const rest = 1 - part;
  const mix = (axis) => rest ** 3 * a[axis] + 3 * rest ** 2 * part * b[axis] + 3 * rest * part ** 2 * c[axis] + part ** 3 * d[axis];
  return { x: mix("x"), y: mix("y") };
}

const between = (a, b, part) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part });
const bend = (a, b) => ({ x: (a.x + b.x) / 2 - (b.y - a.y) * BEND, y: (a.y + b.y) / 2 + (b.x - a.x) * BEND });

/** A point nearer to another, by so much, but never halfway. */
function toward(from, to, by) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return between(from, to, Math.min(by / length, 0.45));
}

function beside(before, here, after, by) {
  const [dx, dy] = [after.x - before.x, after.y - before.y];
  const length = Math.hypot(dx, dy) || 1;
  return { x: here.x - (dy / length) * by, y: here.y + (dx / length) * by };
}

/** A pair of the formal chart: square corners, from under the one to above the other. */
export function formalPath(boss, reporter, r) {
  const down = boss.y <= reporter.y ? 1 : -1;
  const [from, to] = [boss.y + down * r, reporter.y - down * r];
  const half = Math.abs(to - from) < 4 || Math.sign(to - from) !== down ? from + down * r : (from + to) / 2;
  return `M${round(boss.x)} ${round(from)}V${round(half)}H${round(reporter.x)}V${round(to)}`;
}

/** The outline of points, against the clock (Andrew's monotone chain). @param {{x: number, y: number}[]} points */
export function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && cross(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const cross = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

/** The outline as a path, which a wide round stroke makes into a region. */
export const hullPath = (points) => `M${points.map(at).join("L")}${points.length === 1 ? "h.01" : "z"}`;

/** Whether a point lies in a region: within the outline, or no further from it than its pad. */
export function isInside(outline, pad, point) {
  if (!outline.length) return false;
  if (outline.length > 2 && outline.every((a, index) => cross(a, outline[(index + 1) % outline.length], point) >= 0)) return true;
  return outline.some((a, index) => distance(a, outline[(index + 1) % outline.length], point) <= pad);
}

function distance(a, b, p) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const part = square ? Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square)) : 0;
  return Math.hypot(a.x + dx * part - p.x, a.y + dy * part - p.y);
}

/**
 * The regions of the domains; one without places waits at the lower edge.
 * @param {any} drawing
 * @param {number} pad
 * @param {(id: string) => {x: number, y: number} | null} where the position of a place, null to leave it out
 */
export function regions(drawing, pad, where) {
  const empty = drawing.domains.filter((domain) => !drawing.actors.some((actor) => actor.domain === domain.id && where(actor.id)));
  return drawing.domains.map((domain) => {
    const points = drawing.actors.filter((actor) => actor.domain === domain.id).map((actor) => where(actor.id)).filter(Boolean);
    const waiting = empty.indexOf(domain);
    const spot = { x: pad + 20 + (waiting % 7) * ((WIDTH - 2 * pad - 40) / 7) + 70, y: HEIGHT - pad - Math.floor(waiting / 7) * 2.4 * pad };
    const outline = points.length ? hull(points) : [spot];
    const top = outline.reduce((best, point) => (point.y < best.y ? point : best));
    return { id: domain.id, label: domain.label, outline, empty: !points.length, x: top.x, y: top.y - pad };
  });
}

/** The region that a point lies in; of several, the one with the least around it. */
export function regionAt(list, pad, point) {
  const found = list.filter((region) => isInside(region.outline, pad, point));
  return found.sort((one, other) => spread(one.outline) - spread(other.outline))[0] ?? null;
}

const spread = (outline) => Math.max(...outline.map(({ x }) => x)) - Math.min(...outline.map(({ x }) => x)) + Math.max(...outline.map(({ y }) => y)) - Math.min(...outline.map(({ y }) => y));

/** A free spot for a new place, near a point. */
export function freeSpot(actors, near, r) {
  const step = r * 3.4;
  for (let ring = 0; ring < 40; ring += 1) {
    for (let turn = 0; turn < Math.max(1, ring * 6); turn += 1) {
      const angle = (turn / Math.max(1, ring * 6)) * 2 * Math.PI + 0.4;
      const spot = { x: near.x + Math.cos(angle) * ring * step * 1.25, y: near.y + Math.sin(angle) * ring * step };
      const on = spot.x >= r * 2 && spot.x <= WIDTH - r * 2 && spot.y >= r * 2 && spot.y <= HEIGHT - r * 2.5;
      if (on && actors.every((actor) => Math.abs(actor.x - spot.x) >= step || Math.abs(actor.y - spot.y) >= step * 0.9)) return spot;
    }
  }
  return near;
}

/** The next place in a direction: near, and not too far aside. @param {"left" | "right" | "up" | "down"} way */
export function nextPlace(actors, from, way) {
  const [wx, wy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[way];
  let best = null;
  for (const actor of actors) {
    const [dx, dy] = [actor.x - from.x, actor.y - from.y];
    const ahead = dx * wx + dy * wy;
    const aside = Math.abs(dx * wy) + Math.abs(dy * wx);
    if (actor.id === from.id || ahead <= 0 || aside > 2 * ahead) continue; // another arrow leads there
    const cost = ahead + 1.5 * aside;
    if (!best || cost < best.cost) best = { actor, cost };
  }
  return best?.actor ?? null;
}

/** A view is how the plane lies in the window: shifted by x and y, k times as large. */
export const toPlane = (view, point) => ({ x: (point.x - view.x) / view.k, y: (point.y - view.y) / view.k });

export const LEAST_ZOOM = 0.15;
export const MOST_ZOOM = 6;

/** Zoom by a factor, with the plane staying put under a point of the window. */
export function zoomed(view, factor, point) {
  const k = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, view.k * factor));
  return { k, x: point.x - ((point.x - view.x) * k) / view.k, y: point.y - ((point.y - view.y) * k) / view.k };
}

/** The view in which everything is seen. */
export function fitted(actors, width, height, pad) {
  const xs = actors.map(({ x }) => x);
  const ys = actors.map(({ y }) => y);
  const box = actors.length > 2 ? [Math.min(...xs) - pad, Math.min(...ys) - pad, Math.max(...xs) + pad, Math.max(...ys) + pad] : [0, 0, WIDTH, HEIGHT];
  const k = Math.min(1.4, Math.max(LEAST_ZOOM, Math.min(width / (box[2] - box[0]), height / (box[3] - box[1]))));
  return { k, x: width / 2 - (k * (box[0] + box[2])) / 2, y: height / 2 - (k * (box[1] + box[3])) / 2 };
}

/** A label in at most three rows; what does not fit ends in three dots. */
export function rows(label, letters = 15, most = 3) {
  const found = [];
  for (const word of label.split(" ").flatMap((one) => pieces(one, letters))) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  if (found.length <= most) return found;
  return [...found.slice(0, most - 1), `${found[most - 1].slice(0, letters - 1)}…`];
}

function pieces(word, letters) {
  const found = [];
  let rest = [...word];
  while (rest.length > letters + 2) {
    found.push(`${rest.slice(0, letters - 1).join("")}-`);
    rest = rest.slice(letters - 1);
  }
  return [...found, rest.join("")];
}
