import assert from "node:assert/strict";
import test from "node:test";

import { awayFrom, curves, fitted, formalPath, freeSpot, hull, isInside, linePath, nextPlace, regionAt, regions, rows, toPlane, zoomed } from "../src/editor/geometry.js";
import { arrange } from "../src/editor/tidy.js";
import { createSession } from "../src/editor/session.js";
import { EMPTY } from "../src/editor/model.js";

const place = (id, x, y, fields = {}) => ({ id, label: id, kind: "team", domain: null, voice: "own", x, y, placed: false, ...fields });
const close = (one, other) => Math.abs(one - other) < 1e-6;

test("the way there and the way back bend to different sides, and begin and end at the rim", () => {
  const [a, b] = [{ x: 0, y: 0 }, { x: 100, y: 0 }];
  const [there, back] = [curves([a, b], 10)[0], curves([b, a], 10)[0]];
  assert.ok(there[1].y > 0 && back[1].y < 0);
  assert.ok(close(Math.hypot(there[0].x, there[0].y), 13));
  assert.ok(awayFrom([a, b], 10, { x: 50, y: 7.5 }) < 1);
  assert.ok(awayFrom([a, b], 10, { x: 50, y: -30 }) > 30);
});

test("a route passes beside the places in between, in one path", () => {
  const stops = [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 200, y: 0 }];
  assert.equal(curves(stops, 10).length, 2);
  assert.match(linePath(stops, 10, 4), /^M[-\d.]+ [-\d.]+(C[-\d. ]+){2}$/);
  assert.ok(close(curves(stops, 10)[0][3].y, 13.5));
});

test("places on one spot give numbers all the same", () => {
  assert.doesNotMatch(linePath([{ x: 5, y: 5 }, { x: 5, y: 5 }], 10, 3), /NaN/);
});

test("the formal chart has square corners only", () => {
  assert.equal(formalPath({ x: 0, y: 0 }, { x: 50, y: 100 }, 10), "M0 10V50H50V90");
});

test("a region holds what lies between its places, and a little around them", () => {
  const outline = hull([{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 100 }, { x: 0, y: 100 }, { x: 50, y: 50 }]);
  assert.equal(outline.length, 4);
  assert.ok(isInside(outline, 10, { x: 50, y: 50 }));
  assert.ok(isInside(outline, 10, { x: -9, y: 50 }));
  assert.ok(!isInside(outline, 10, { x: -11, y: 50 }));
  assert.ok(isInside([{ x: 3, y: 3 }], 10, { x: 9, y: 9 }));
});

test("of two regions the smaller takes what is dropped; one without places waits at the edge", () => {
  const drawing = {
    ...EMPTY,
    domains: [{ id: "big", label: "B" }, { id: "small", label: "S" }, { id: "none", label: "N" }],
    actors: [place("a", 0, 0, { domain: "big" }), place("b", 900, 0, { domain: "big" }), place("c", 450, 0, { domain: "small" })],
  };
  const found = regions(drawing, 50, (id) => drawing.actors.find((actor) => actor.id === id));
  assert.equal(regionAt(found, 50, { x: 450, y: 10 }).id, "small");
  assert.equal(regionAt(found, 50, { x: 250, y: 10 }).id, "big");
  assert.equal(regionAt(found, 50, { x: 250, y: 400 }), null);
  assert.ok(found[2].empty && found[2].outline[0].y > 700);
});

test("zooming keeps the plane under the finger, and stops at its ends", () => {
  const view = { x: 20, y: 30, k: 0.5 };
  const point = { x: 200, y: 100 };
  assert.deepEqual(toPlane(zoomed(view, 1.5, point), point), toPlane(view, point));
  assert.equal(zoomed(view, 1000, point).k, 6);
  const whole = fitted([], 800, 450, 0);
  assert.deepEqual(toPlane(whole, { x: 0, y: 0 }), { x: 0, y: 0 });
});

test("a new place finds room of its own, three hundred times", () => {
  const actors = [];
  for (let n = 0; n < 300; n += 1) actors.push(place(`p${n}`, ...Object.values(freeSpot(actors, { x: 800, y: 450 }, 11))));
  const spots = new Set(actors.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`));
  assert.equal(spots.size, 300);
  assert.ok(actors.every(({ x, y }) => x >= 0 && x <= 1600 && y >= 0 && y <= 900));
});

test("an arrow leads to the place in that direction", () => {
  const actors = [place("a", 0, 0), place("b", 100, 10), place("c", 60, 300)];
  assert.equal(nextPlace(actors, actors[0], "right").id, "b");
  assert.equal(nextPlace(actors, actors[0], "down").id, "c");
  assert.equal(nextPlace(actors, actors[0], "left"), null);
});

test("a label fits in three rows, whatever it is", () => {
  assert.deepEqual(rows("Team Noord en Zuid", 10), ["Team Noord", "en Zuid"]);
  assert.equal(rows("x".repeat(60), 10).length, 3);
  assert.ok(rows("x".repeat(60), 10)[2].endsWith("…"));
});

test("tidying up moves what nobody placed, alike every time, and keeps domains apart", () => {
  const domain = (n) => (n % 2 ? "g" : "h");
  const drawing = {
    ...EMPTY,
    domains: [{ id: "g", label: "G" }, { id: "h", label: "H" }],
    actors: [place("kept", 123, 456, { placed: true }), ...[...Array(12).keys()].map((n) => place(`p${n}`, 800, 450, { domain: domain(n) }))],
    lines: [{ source: "p0", target: "p1", channel: "", strength: 2, arrives: "yes", via: [] }],
  };
  const run = () => {
    const steps = arrange(drawing, { r: 30, pad: 60 });
    let last;
    for (let found = steps.step(); found; found = steps.step()) last = found;
    return last;
  };
  const found = run();
  assert.deepEqual(run(), found);
  assert.ok(!("kept" in found));
  const spots = Object.values(found);
  assert.ok(spots.every(({ x, y }) => x > 0 && x < 1600 && y > 0 && y < 900));
  for (const [index, one] of spots.entries()) for (const other of spots.slice(index + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 60);
  const mean = (name) => spots.filter((_, n) => domain(n) === name).reduce((sum, { x }) => sum + x, 0) / 6;
  assert.ok(Math.abs(mean("g") - mean("h")) > 400);
});

test("a session saves each change once, and takes back what Python sent back", () => {
  const saved = [];
  const words = new Proxy({}, { get: (_, name) => () => String(name) });
  const session = createSession({ drawing: { ...EMPTY, actors: [place("a", 0, 0), place("b", 9, 9)] }, save: (drawing) => saved.push(drawing), words });
  const start = session.drawing;
  session.setTool("line");
  session.tapPlace("a");
  session.tapPlace("b");
  assert.equal(saved.length, 1);
  assert.equal(session.drawing.lines.length, 1);
  session.adopt(structuredClone(session.drawing));
  assert.equal(session.state.history.past.length, 1);
  session.adopt(structuredClone(start)); // refused: the last good one
  assert.deepEqual(session.drawing, start);
  assert.equal(session.state.history.past.length, 0);
  session.adopt({ ...EMPTY });
  session.undo();
  assert.deepEqual(session.drawing, start);
  assert.equal(saved.length, 2);
});
