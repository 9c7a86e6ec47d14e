import assert from "node:assert/strict";
import test from "node:test";

import { begin, commit, redo, undo } from "../src/editor/history.js";
import { EMPTY, bossOf, cleaned, equal, freshId, isAbove, keyOf, lineOf, reduce } from "../src/editor/model.js";

const place = (id, fields = {}) => ({ id, label: id, kind: "team", domain: null, voice: "own", x: 10, y: 20, placed: false, ...fields });
const line = (source, target, fields = {}) => ({ source, target, channel: "", strength: 2, arrives: "yes", via: [], ...fields });
const abc = { ...EMPTY, actors: [place("a"), place("b"), place("c")], lines: [line("a", "b"), line("b", "c", { via: ["a"] })], formal: [["a", "b"], ["b", "c"]] };

/** Freezes all of a drawing, so that a change of the old one throws. */
const frozen = (value) => (typeof value === "object" && value ? (Object.values(value).forEach(frozen), Object.freeze(value)) : value);
frozen(abc);

test("a name is one line of at most eighty letters, whatever was typed", () => {
  assert.equal(cleaned("  Het\n\tfront   office "), "Het front office");
  assert.equal(cleaned("\ud83d\u0000"), "");
  assert.equal([...cleaned("é".repeat(100))].length, 80);
  assert.equal(cleaned(`${"x".repeat(79)} yyy`), "x".repeat(79));
});

test("a place is added where it fits, within the plane, with a voice that goes with its kind", () => {
  const next = reduce(abc, { do: "add", actor: { id: "d", label: "D", kind: "audience", x: 9999, y: -3 } });
  assert.deepEqual(next.actors.at(-1), { id: "d", label: "D", kind: "audience", domain: null, voice: "none", x: 1600, y: 0, placed: false });
  assert.equal(freshId(next, "d"), "d1");
});

test("what changes nothing gives the same drawing", () => {
  const nothing = [
    { do: "change", ids: ["a"], fields: { label: " a " } },
    { do: "change", ids: ["a"], fields: { label: "  " } },
    { do: "change", ids: ["zz"], fields: { kind: "role" } },
    { do: "move", positions: { a: { x: 10, y: 20 } }, placed: false },
    { do: "draw", source: "a", target: "a" },
    { do: "draw", source: "a", target: "b" },
    { do: "change line", key: keyOf(line("a", "b")), fields: { via: [] } },
    { do: "change line", key: keyOf(line("a", "b")), fields: { target: "a" } },
    { do: "change line", key: keyOf(line("a", "b")), fields: { source: "b", target: "c" } },
    { do: "remove", ids: ["zz"], keys: ["zz"], domains: ["zz"] },
    { do: "join", into: "a", ids: ["a"] },
    { do: "report", id: "b", boss: "a" },
    { do: "report", id: "a", boss: "c" },
    { do: "turn", key: "zz" },
  ];
  for (const action of nothing) assert.equal(reduce(abc, action), abc, JSON.stringify(action));
});

test("a place goes with its lines, its part in routes and in the chart", () => {
  assert.deepEqual(reduce(abc, { do: "remove", ids: ["a"] }), { actors: abc.actors.slice(1), domains: [], lines: [line("b", "c")], formal: [["b", "c"]] });
  const grouped = reduce(reduce(abc, { do: "add domain", id: "g", label: "G", members: ["a", "b"] }), { do: "remove", domains: ["g"] });
  assert.ok(equal(grouped, abc));
});

test("a line that is turned changes places with the one that comes back", () => {
  const both = reduce(abc, { do: "draw", source: "b", target: "a", fields: { channel: "mail", arrives: "no" } });
  const turned = reduce(both, { do: "turn", key: keyOf(line("a", "b")) });
  assert.equal(lineOf(turned, keyOf(line("a", "b"))).channel, "mail");
  assert.equal(lineOf(turned, keyOf(line("b", "a"))).channel, "");
  assert.equal(turned.lines.length, 3);
});

test("joining merges lines by the better and the stronger, and drops what would loop", () => {
  const drawing = {
    ...EMPTY,
    actors: [place("comms"), place("communicatie", { domain: "g" }), place("x")],
    domains: [{ id: "g", label: "G" }],
    lines: [
      line("comms", "x", { arrives: "partly", strength: 3 }),
      line("communicatie", "x", { arrives: "yes", strength: 1, channel: "mail" }),
      line("comms", "communicatie"),
      line("x", "communicatie", { via: ["comms"] }),
    ],
    formal: [["comms", "communicatie"], ["x", "communicatie"], ["x", "comms"], ["comms", "x"]],
  };
  const next = reduce(frozen(drawing), { do: "join", into: "comms", ids: ["communicatie"] });
  assert.deepEqual(next.actors.map(({ id, domain }) => [id, domain]), [["comms", "g"], ["x", null]]);
  assert.deepEqual(next.lines, [line("comms", "x", { strength: 3, channel: "mail" }), line("x", "comms")]);
  assert.deepEqual(next.formal, [["x", "comms"]]);
});

test("the formal chart has one above each, and never goes round", () => {
  assert.ok(isAbove(abc, "a", "c"));
  const next = reduce(abc, { do: "report", id: "c", boss: "a" });
  assert.equal(bossOf(next, "c"), "a");
  assert.deepEqual(reduce(next, { do: "report", id: "c", boss: null }).formal, [["a", "b"]]);
});

test("a hundred random steps keep to what Python takes, and undo leads back to the start", () => {
  let seed = 7;
  const draw = (most) => (seed = (seed * 16807) % 2147483647) % most;
  const some = (list) => list[draw(list.length)];
  for (let round = 0; round < 40; round += 1) {
    let history = begin(frozen({ ...EMPTY, actors: [], domains: [], lines: [], formal: [] }));
    for (let step = 0; step < 100; step += 1) {
      const now = history.present;
      const ids = [...now.actors.map(({ id }) => id), "nobody"];
      const key = now.lines.length ? keyOf(some(now.lines)) : "none";
      const make = [
        () => ({ do: "add", actor: { id: freshId(now, "t"), label: "New", kind: "team", x: draw(3000), y: draw(3000) } }),
        () => ({ do: "add", actor: { id: freshId(now, "r"), label: "New", kind: "role", x: draw(30), y: draw(30) } }),
        () => ({ do: "add domain", id: freshId(now, "g"), label: "G", members: [some(ids)] }),
        () => (ids.length > 2 ? { do: "draw", source: some(ids.slice(0, -1)), target: some(ids.slice(0, -1)) } : { do: "turn", key }),
        () => (ids.length > 2 ? { do: "change line", key, fields: { source: some(ids.slice(0, -1)), via: [...new Set([some(ids.slice(0, -1))])] } } : { do: "turn", key }),
        () => ({ do: "turn", key }),
        () => ({ do: "remove", ids: [some(ids)] }),
        () => (ids.length > 2 ? { do: "join", into: ids[0], ids: [some(ids.slice(0, -1))] } : { do: "turn", key }),
        () => (ids.length > 2 ? { do: "report", id: some(ids.slice(0, -1)), boss: some(ids.slice(0, -1)) } : { do: "turn", key }),
      ];
      const next = reduce(now, some(make)());
      if (next !== now) history = commit(history, frozen(next));
      const { actors, lines, formal } = history.present;
      const known = new Set(actors.map(({ id }) => id));
      assert.equal(new Set(lines.map(keyOf)).size, lines.length);
      for (const one of lines) {
        assert.ok([one.source, one.target, ...one.via].every((id) => known.has(id)));
        assert.equal(new Set([one.source, one.target, ...one.via]).size, 2 + one.via.length);
      }
      for (const [boss, reporter] of formal) {
        assert.ok(known.has(boss) && known.has(reporter));
        assert.ok(!isAbove(history.present, reporter, boss));
      }
    }
    const last = history.present;
    let steps = 0;
    for (; history.past.length; steps += 1) history = undo(history);
    assert.deepEqual(history.present, EMPTY);
    for (; steps; steps -= 1) history = redo(history);
    assert.equal(history.present, last);
  }
});
