import assert from "node:assert/strict";
import test from "node:test";

import { newId, Outbox } from "../src/outbox.js";

class Shelf {
  constructor() {
    this.items = new Map();
  }
  get length() {
    return this.items.size;
  }
  key(i) {
    return [...this.items.keys()][i];
  }
  getItem(name) {
    return this.items.get(name) ?? null;
  }
  setItem(name, value) {
    this.items.set(name, value);
  }
  removeItem(name) {
    this.items.delete(name);
  }
}

function make(storage = new Shelf(), online = true) {
  const sent = [];
  const later = [];
  const box = new Outbox({
    key: "team",
    storage,
    send: (message) => online && sent.push(...message.events.map((event) => event.id)),
    changed: () => {},
    later: (callback) => later.push(callback),
  });
  return { box, sent, later, storage };
}

test("ids are 128 bits and differ", () => {
  const ids = new Set(Array.from({ length: 100 }, newId));
  assert.equal(ids.size, 100);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});

test("what waits survives a reload and is sent again in its order", () => {
  const { box, storage } = make(new Shelf(), false);
  const first = box.add("told", { to: "a" }, "lines");
  const second = box.add("told", { to: "b" }, "lines");
  const again = make(storage);
  again.box.flush();
  assert.deepEqual(again.sent, [first, second]);
});

test("a stored event leaves the storage, and stays ahead until the state holds it", () => {
  const { box, storage } = make();
  const id = box.add("told", { to: "a" }, "lines");
  box.hear({ type: "stored", id, seq: 7 });
  assert.equal(storage.length, 0);
  assert.equal(box.events.length, 0);
  assert.equal(box.ahead.length, 1);
  box.settle(6);
  assert.equal(box.ahead.length, 1);
  box.settle(7);
  assert.equal(box.ahead.length, 0);
});

test("a refused event is told once and not sent again", () => {
  const { box, sent } = make();
  const id = box.add("told", { to: "a" }, "lines");
  box.hear({ type: "refused", id, message: "no" });
  assert.equal(box.refused[0].message, "no");
  box.flush();
  assert.deepEqual(sent, [id]);
  box.dismiss();
  assert.equal(box.refused.length, 0);
});

test("an event that must wait is kept, with the reason, and sent again", () => {
  const { box, sent, later } = make();
  const id = box.add("told", { to: "a" }, "lines");
  box.hear({ type: "waiting", id, message: "the disk is full" });
  assert.equal(box.note, "the disk is full");
  later.at(-1)();
  assert.deepEqual(sent, [id, id]);
});

test("without storage, or with a full one, it says that it does not last", () => {
  const full = new Shelf();
  full.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  for (const storage of [null, full]) {
    const { box, sent } = make(storage);
    const id = box.add("told", { to: "a" }, "lines");
    assert.equal(box.lasting, false);
    assert.deepEqual(sent, [id]);
  }
});

test("a store that makes many wait is asked again once, with all of them in their order", () => {
  const { box, sent, later } = make(new Shelf(), false);
  const ids = ["a", "b", "c"].map((to) => box.add("told", { to }, "lines"));
  box.send = (message) => sent.push(...message.events.map((event) => event.id));
  box.restart();
  const before = later.length;
  for (const id of ids) box.hear({ type: "waiting", id, message: "the disk is full" });
  assert.equal(later.length, before + 1);
  later.at(-1)();
  assert.deepEqual(sent, [...ids, ...ids]);
});

test("an answer never overtakes an older one that waits", () => {
  const { box, sent } = make();
  const first = box.add("told", { to: "a", answer: "yes" }, "lines");
  const second = box.add("told", { to: "a", answer: "no" }, "lines");
  assert.deepEqual(sent, [first]);
  box.hear({ type: "waiting", id: first, message: "the store is busy" });
  const third = box.add("told", { to: "b", answer: "yes" }, "lines");
  assert.deepEqual(sent.slice(1), [first, second, third]);
});

test("what comes while a batch is under way goes as soon as that is answered", () => {
  const { box, sent } = make();
  const first = box.add("told", { to: "a" }, "lines");
  const second = box.add("told", { to: "b" }, "lines");
  box.hear({ type: "stored", id: first, seq: 1 });
  assert.deepEqual(sent, [first, second]);
});

test("a batch without an answer is sent again, on another line at once and on the same one after a while", () => {
  const { box, sent, later } = make();
  const id = box.add("told", { to: "a" }, "lines");
  box.flush();
  assert.deepEqual(sent, [id]);
  box.restart();
  assert.deepEqual(sent, [id, id]);
  later[0]();
  assert.deepEqual(sent, [id, id], "the first batch is no longer waited for");
  later[1]();
  assert.deepEqual(sent, [id, id, id]);
});

test("what is in the state already does not come back by a late acknowledgement", () => {
  const { box, storage } = make(new Shelf(), false);
  const id = box.add("told", { to: "a", answer: "yes" }, "lines");
  const other = make(storage);
  other.box.settle(9);
  other.box.hear({ type: "stored", id, seq: 7 });
  assert.deepEqual(other.box.ahead, []);
});

test("what another tab left behind is taken over", () => {
  const { box, storage, sent } = make();
  const other = make(storage, false);
  const id = other.box.add("told", { to: "a" }, "lines");
  assert.deepEqual(sent, []);
  box.adopt();
  assert.deepEqual(sent, [id]);
});

test("one unreadable entry in the storage loses no other", () => {
  const { box, storage } = make(new Shelf(), false);
  storage.setItem(`${box.prefix}x`, "{half an ev");
  storage.setItem(`${box.prefix}y`, "null");
  const id = box.add("told", { to: "a" }, "lines");
  assert.deepEqual(make(storage).box.events.map((event) => event.id), [id]);
});

test("as long as one that waits is not kept, it does not last", () => {
  const storage = new Shelf();
  const { box } = make(storage);
  const { setItem } = storage;
  storage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  const id = box.add("told", { to: "a" }, "lines");
  storage.setItem = setItem;
  box.add("told", { to: "b" }, "lines");
  assert.equal(box.lasting, false);
  box.hear({ type: "stored", id, seq: 1 });
  assert.equal(box.lasting, true);
});

test("an answer for an unknown event is left alone", () => {
  const { box } = make();
  box.hear({ type: "stored", id: "nobody", seq: 1 });
  assert.equal(box.ahead.length, 0);
});

function stored(box, id, seq) {
  box.hear({ type: "stored", id, seq });
}

test("what was stored lately is sent again to a store that is another one, in its order and once", () => {
  const { box, sent, storage } = make();
  box.follow("first");
  const ids = ["a", "b", "c"].map((to) => box.add("told", { to }, "lines"));
  ids.forEach((id, seq) => stored(box, id, seq + 1));
  const waiting = box.add("told", { to: "d" }, "lines");
  box.restart();
  sent.length = 0;
  const reloaded = make(storage);
  reloaded.box.follow("second");
  reloaded.box.restart();
  assert.deepEqual(reloaded.sent, [...ids, waiting]);
  for (const id of [...ids, waiting]) stored(reloaded.box, id, 9);
  reloaded.sent.length = 0;
  reloaded.box.follow("second");
  reloaded.box.restart();
  assert.deepEqual(reloaded.sent, []);
});

test("the same store is sent nothing twice, also after a reload", () => {
  const { box, storage } = make();
  box.follow("first");
  stored(box, box.add("told", { to: "a" }, "lines"), 1);
  for (const next of [box, make(storage).box]) {
    next.follow("first");
    next.restart();
    assert.deepEqual(next.events, []);
  }
});

test("what was stored is forgotten when the workshop is over, after a while, and beyond a number", () => {
  const { box, storage } = make();
  box.follow("first");
  stored(box, box.add("told", { to: "a" }, "lines"), 1);
  box.forget();
  assert.ok(![...storage.items.values()].some((value) => value.includes("told")));
  for (let i = 0; i < 70; i += 1) stored(box, box.add("told", { to: `${i}` }, "lines"), i + 2);
  assert.equal(box.recall().said.length, 60);
  const real = Date.now;
  try {
    Date.now = () => real() + 11 * 60_000;
    stored(box, box.add("told", { to: "late" }, "lines"), 99);
  } finally {
    Date.now = real;
  }
  assert.deepEqual(box.recall().said.map(({ event }) => event.payload.to), ["late"]);
});

test("without storage what was stored lately is kept in the page", () => {
  const { box, sent } = make(null);
  box.follow("first");
  const id = box.add("told", { to: "a" }, "lines");
  stored(box, id, 1);
  sent.length = 0;
  box.follow("second");
  box.restart();
  assert.deepEqual(sent, [id]);
});
