import assert from "node:assert/strict";
import test from "node:test";

import { between, layOut } from "../src/relay/layout.js";
import { taskOf, withWaiting } from "../src/relay/waiting.js";

const phases = { rounds: 5, quiz: 6, over: 7 };
const hand = { message: "out", own: null, to: null, free: ["b", "c"], facts: [{ id: "o1", words: "It begins." }], named: false };
const inRound = { phases, phase: 2, hands: [hand], bet: { message: "in", place: null } };
const said = (name, payload) => ({ kind: `relay.${name}`, payload: { message: "out", ...payload } });

test("a holder tells it, passes it on, and then bets", () => {
  const told = said("told", { round: 2, facts: ["o1"] });
  const passed = said("passed", { round: 2, to: "c" });
  const steps = [[], [told], [told, passed]].map((events) => taskOf(withWaiting(inRound, events)).name);
  assert.deepEqual(steps, ["tell", "pass", "bet"]);
  assert.deepEqual(withWaiting(inRound, [told]).hands[0].own, ["It begins."]);
  assert.equal(inRound.hands[0].own, null);
});

test("it is told once, and to whom it can go", () => {
  const events = [said("told", { round: 2, text: "first" }), said("told", { round: 2, text: "second" }), said("passed", { round: 2, to: "z" })];
  const [after] = withWaiting(inRound, events).hands;
  assert.deepEqual([after.own, after.to], [["first"], null]);
});

test("what waits for a round that is over shows no more", () => {
  const late = [said("told", { round: 1, facts: ["o1"] }), { kind: "relay.bet", payload: { message: "in", round: 1, place: "b" } }];
  const after = withWaiting(inRound, late);
  assert.equal(after.hands[0].own, null);
  assert.equal(after.bet.place, null);
});

test("who has nothing to pass on bets; later come questions or a guess, and the end", () => {
  assert.equal(taskOf({ ...inRound, hands: [] }).name, "bet");
  assert.equal(taskOf({ ...inRound, hands: [{ ...hand, free: [] }] }).name, "bet");
  assert.equal(taskOf({ phases, phase: 6, hands: [], quiz: {} }).name, "quiz");
  assert.equal(taskOf({ phases, phase: 6, hands: [], guess: {} }).name, "guess");
  assert.equal(taskOf({ phases, phase: 7, hands: [] }).name, "over");
});

test("answers, guesses and names show at once", () => {
  const quiz = withWaiting({ phases, phase: 6, hands: [], quiz: { answers: {} } }, [said("answered", { fact: "o1", option: null })]);
  assert.deepEqual(quiz.quiz.answers, { o1: null });
  assert.equal(withWaiting({ phases, phase: 6, hands: [], guess: { count: null } }, [said("guessed", { count: 0 })]).guess.count, 0);
  assert.equal(withWaiting({ phases, phase: 7, hands: [hand] }, [said("named", { named: true })]).hands[0].named, true);
});

test("a place stands in the column of its round, and no two in one spot", () => {
  const links = [
    { from: null, round: 0 },
    { from: 0, round: 1 },
    ...[0, 1].map((from) => ({ from, round: 2 })),
    ...[0, 1, 2, 3].map((from) => ({ from, round: 3 })),
    ...Array.from({ length: 6 }, (_, from) => ({ from, round: 4 })),
  ];
  const { nodes, place } = layOut(links, 5);
  assert.equal(nodes.length, links.length);
  assert.equal(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size, links.length);
  assert.equal(new Set(nodes.map(({ x }) => x)).size, 5);
  assert.ok(nodes.every(({ y }) => y > 0 && y < 236));
  assert.deepEqual(between(place[0], place[1], 0), { x: place[0].x, y: place[0].y });
  assert.deepEqual(between(place[0], place[1], 1), { x: place[1].x, y: place[1].y });
});
