import assert from "node:assert/strict";
import test from "node:test";

import { isSame, stepOf, withWaiting } from "../src/mend/waiting.js";

const card = (target, hours, more = {}) => ({ kind: "add", source: "a", target, hours, chosen: false, aside: false, ...more });
const table = { left: 5, voted: 0, done: false, cards: [card("b", 3), card("c", 4, { aside: true })] };
const said = (name, payload = {}) => ({ kind: `mend.${name}`, payload });

test("a card that waits to be stored is in the plan, and its hours are gone", () => {
  const after = withWaiting(table, [said("chosen", { step: stepOf(table.cards[0]) })]);
  assert.deepEqual([after.left, after.cards[0].chosen], [2, true]);
  assert.deepEqual(withWaiting(after, [said("dropped", { step: stepOf(table.cards[0]) })]).left, 5);
  assert.equal(table.cards[0].chosen, false);
});

test("no more is spent than there is, and nothing twice", () => {
  const both = table.cards.map((one) => said("chosen", { step: stepOf(one) }));
  assert.equal(withWaiting(table, both).left, 2);
  assert.equal(withWaiting(table, [both[0], both[0]]).left, 2);
  assert.equal(withWaiting(table, [both[1]]).cards[1].aside, false);
});

test("who gave dots counts at once, and nobody is done without", () => {
  assert.equal(withWaiting(table, [said("finished")]).done, false);
  const after = withWaiting(table, [said("given", { person: 1, steps: [] }), said("finished")]);
  assert.deepEqual([after.voted, after.done], [1, true]);
});

test("cards are the same by what they ask of whom", () => {
  assert.ok(isSame(card("b", 3), card("b", 9)));
  assert.ok(!isSame(card("b", 3), card("c", 3)));
});
