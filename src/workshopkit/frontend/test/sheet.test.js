import assert from "node:assert/strict";
import test from "node:test";

import { openOf, stepOf, withWaiting } from "../src/sheet.js";
import { led } from "../src/cockpit/led.js";
import { patched } from "../src/state.js";

const empty = { told: {}, heard: {}, closed: { told: false, heard: false }, evidence: null, wish: null, wished: false, checked: false };

test("waiting answers show at once, and a taken-back row is gone", () => {
  const told = { kind: "told", payload: { to: "a", answer: "yes", expected: "doubt" } };
  const sheet = withWaiting(empty, [told]);
  assert.deepEqual(sheet.told, { a: { answer: "yes", expected: "doubt" } });
  const back = { kind: "told", payload: { to: "a", answer: "no", expected: null } };
  assert.deepEqual(withWaiting(empty, [told, back]).told, {});
  assert.deepEqual(empty.told, {});
});

test("a team goes told, heard, wish, check, done; a proxy hears first, and says how it knows", () => {
  const close = (list) => ({ kind: "list.closed", payload: { list } });
  const steps = [close("told"), close("heard"), { kind: "wish", payload: { from: null } }, { kind: "checked", payload: {} }];
  const seen = steps.map((_, i) => stepOf(withWaiting(empty, steps.slice(0, i)), false));
  assert.deepEqual([...seen, stepOf(withWaiting(empty, steps), false)], ["told", "heard", "wish", "check", "done"]);
  const known = { kind: "evidence", payload: { of: [] } };
  const spoken = [close("heard"), close("told"), known, ...steps.slice(2)];
  const asked = spoken.map((_, i) => stepOf(withWaiting(empty, spoken.slice(0, i)), true));
  assert.deepEqual(asked, ["heard", "told", "evidence", "wish", "check"]);
  assert.equal(stepOf(withWaiting(empty, spoken), true), "done");
});

test("an edit after the check asks for the check again", () => {
  const done = { ...empty, closed: { told: true, heard: true }, wished: true, checked: true };
  const edit = { kind: "heard", payload: { from: "b", answer: "via", via: "press" } };
  assert.equal(stepOf(withWaiting(done, [edit]), false), "check");
});

test("a conflict in which something is chosen is not shown again while the choice waits", () => {
  const conflicts = [
    { list: "told", actor: "a", options: [] },
    { list: "heard", actor: "a", options: [] },
  ];
  const choice = { kind: "chosen", payload: { list: "told", actor: "a", event: "x" } };
  assert.deepEqual(openOf(conflicts, [choice]), [conflicts[1]]);
  assert.deepEqual(openOf(conflicts, []), conflicts);
});

test("what the facilitator tapped holds at once", () => {
  const state = { act: null, part: null, map_shown: false, seq: 3 };
  const opened = { kind: "act.opened", payload: { act: "lines", part: "questions" } };
  const shown = { kind: "map.shown", payload: { shown: true } };
  assert.deepEqual(led(state, [opened, shown]), { act: "lines", part: "questions", sentence: 0, map_shown: true, seq: 3 });
  assert.deepEqual(led(state, [opened, { kind: "act.closed", payload: { act: "lines" } }]), { ...state, sentence: 0 });
  assert.equal(led(state, []), state);
});

test("a patch that does not fit is not taken in", () => {
  const state = { seq: 4, act: "lines", room: { ready: 1 } };
  const missed = patched(state, { from_seq: 5, to_seq: 6, patch: { act: null } });
  assert.equal(missed.fits, false);
  assert.equal(missed.state, state);
  const good = patched(state, { from_seq: 4, to_seq: 6, patch: { act: null } });
  assert.deepEqual(good.state, { seq: 6, act: null, room: { ready: 1 } });
  const whole = patched(state, { from_seq: 0, to_seq: 9, patch: { act: "lines" } });
  assert.deepEqual(whole.state, { seq: 9, act: "lines" });
});
