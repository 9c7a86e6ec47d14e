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
  later[0]();
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

test("an answer for an unknown event is left alone", () => {
  const { box } = make();
  box.hear({ type: "stored", id: "nobody", seq: 1 });
  assert.equal(box.ahead.length, 0);
});
