// What a participant stores goes through here: kept in the browser until the kernel has committed it.
//
// An event is *waiting* until the kernel answers with its seq (*stored*) or with a sentence (*refused*). Waiting events
// survive a reload in localStorage and are sent again, in their order, after every reconnect. The ids are made here, so
// that an event that arrives twice is stored once. One batch is under way at a time: what comes meanwhile goes with the
// next one, so that nothing overtakes an older answer, and a slow store is not asked ever more often.
//
// A room that goes on from a copy on another laptop lacks what was stored since that copy. So what was stored lately is
// kept for a while as well, and sent again to a store that says it is another one; what it has already is known by its id.

const RETRY_MS = 3000;
const PATIENCE_MS = 30_000;
const BATCH = 100;
const LATELY_MS = 10 * 60_000; // copies are made every minute
const LATELY = 60;

/** @returns {string} 128 random bits; randomUUID does not exist on plain http addresses */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Storage that may be full, forbidden or absent: then it forgets at a reload, and says so. */
function safely(storage, work, otherwise) {
  try {
    return storage ? work(storage) : otherwise;
  } catch {
    return otherwise;
  }
}

export class Outbox {
  /**
   * @param {object} options
   * @param {string} options.key whose events these are: one key for each seat
   * @param {Storage | null} options.storage
   * @param {(message: object) => boolean} options.send gives false while there is no connection
   * @param {() => void} options.changed
   * @param {(callback: () => void, ms: number) => unknown} [options.later]
   */
  constructor({ key, storage, send, changed, later = (callback, ms) => setTimeout(callback, ms) }) {
    this.prefix = `workshopkit:outbox:${key}:`;
    this.shelf = `workshopkit:lately:${key}`;
    /** Which store this is, and what it has stored lately. @type {{origin?: string, said: any[]}} */
    this.lately = { said: [] };
    this.storage = storage;
    this.send = send;
    this.changed = changed;
    this.later = later;
    /** @type {Map<string, {event: any, order: number, kept: boolean, note?: string}>} */
    this.waiting = new Map();
    /** What is under way: sent, and not answered yet. @type {Set<string>} */
    this.flying = new Set();
    /** Stored events that the state on the page does not hold yet: dropping them sooner would make it flicker. */
    this.settling = [];
    /** @type {{id: string, event: any, message: string}[]} */
    this.refused = [];
    this.retrying = false;
    this.seen = 0;
    this.order = 0;
    this.load();
  }

  /** Take over what an earlier page, or another tab that is gone, has left waiting. */
  load() {
    for (const entry of safely(this.storage, (storage) => entriesIn(storage, this.prefix), [])) {
      if (!this.waiting.has(entry.event.id)) this.waiting.set(entry.event.id, { ...entry, kept: true });
      this.order = Math.max(this.order, entry.order);
    }
  }

  /** @param {string} kind @param {object} payload @param {string | null} act */
  add(kind, payload, act) {
    this.order = Math.max(this.order + 1, Date.now());
    const entry = { event: { id: newId(), act, kind, payload }, order: this.order, kept: false };
    const keep = (storage) => {
      storage.setItem(this.prefix + entry.event.id, JSON.stringify({ event: entry.event, order: entry.order }));
      return true;
    };
    entry.kept = safely(this.storage, keep, false);
    this.waiting.set(entry.event.id, entry);
    this.changed();
    this.flush();
    return entry.event.id;
  }

  /** Send what waits, oldest first, unless a batch is under way. */
  flush() {
    const events = this.events.slice(0, BATCH);
    if (this.flying.size || !events.length || !this.send({ type: "events", events })) return;
    const flight = new Set(events.map(({ id }) => id));
    this.flying = flight;
    this.later(() => {
      if (this.flying === flight && flight.size) this.restart();
    }, PATIENCE_MS);
  }

  /** Begin again on another connection, or where no answer came: what was under way may never be answered. */
  restart() {
    this.flying = new Set();
    this.load();
    this.flush();
  }

  /** Take over what another tab has left behind, and send it. */
  adopt() {
    this.load();
    this.changed();
    this.flush();
  }

  /** Hear what the kernel says of an event. */
  hear(message) {
    const entry = this.waiting.get(message.id);
    if (!entry) return;
    this.flying.delete(message.id);
    if (message.type === "waiting") {
      entry.note = message.message;
      this.retry();
    } else {
      this.waiting.delete(message.id);
      safely(this.storage, (storage) => storage.removeItem(this.prefix + message.id), undefined);
      if (message.type === "stored") this.remember(entry);
      if (message.type === "stored" && message.seq > this.seen) this.settling.push({ seq: message.seq, event: entry.event });
      if (message.type === "refused") this.refused.push({ id: message.id, event: entry.event, message: message.message });
    }
    this.changed();
    if (!this.retrying) this.flush();
  }

  retry() {
    if (this.retrying) return;
    this.retrying = true;
    this.later(() => {
      this.retrying = false;
      this.flush();
    }, RETRY_MS);
  }

  /** Hear which store this is; to another one than before, what was stored lately is to be sent again. */
  follow(origin) {
    if (origin === undefined) return;
    const { origin: before, said } = this.recall();
    if (before !== undefined && before !== origin) {
      for (const { event, order } of said) if (!this.waiting.has(event.id)) this.waiting.set(event.id, { event, order, kept: false });
    }
    this.keep({ origin, said });
  }

  /** Forget what was stored lately: the workshop is over. */
  forget() {
    if (this.lately.said.length) this.keep({ ...this.lately, said: [] });
  }

  remember({ event, order }) {
    const { origin, said } = this.recall();
    const now = Date.now();
    const fresh = said.filter((one) => one.event.id !== event.id && now - one.at < LATELY_MS);
    if (origin !== undefined) this.keep({ origin, said: [...fresh, { event, order, at: now }].slice(-LATELY) });
  }

  recall() {
    const found = safely(this.storage, (storage) => JSON.parse(storage.getItem(this.shelf)), null);
    return Array.isArray(found?.said) ? found : this.lately;
  }

  keep(lately) {
    this.lately = lately;
    safely(this.storage, (storage) => storage.setItem(this.shelf, JSON.stringify(lately)), undefined);
  }

  /** Forget the refusals that were read. */
  dismiss() {
    this.refused = [];
    this.changed();
  }

  /** Note up to which event the state on the page goes. */
  settle(seq) {
    this.seen = seq;
    this.settling = this.settling.filter((entry) => entry.seq > seq);
  }

  /** @returns {any[]} the events that wait, oldest first */
  get events() {
    return [...this.waiting.values()].sort((one, other) => one.order - other.order).map(({ event }) => event);
  }

  /** @returns {any[]} what the state on the page does not hold yet */
  get ahead() {
    return [...this.settling.map(({ event }) => event), ...this.events];
  }

  /** @returns {boolean} whether all that waits would survive a reload */
  get lasting() {
    return [...this.waiting.values()].every(({ kept }) => kept);
  }

  /** @returns {string | undefined} why the oldest event waits, if the kernel has said so */
  get note() {
    return [...this.waiting.values()].find((entry) => entry.note)?.note;
  }
}

function entriesIn(storage, prefix) {
  const found = [];
  for (let i = 0; i < storage.length; i += 1) {
    const name = storage.key(i);
    const entry = name?.startsWith(prefix) ? read(storage.getItem(name)) : null;
    if (entry) found.push(entry);
  }
  return found;
}

function read(text) {
  try {
    const { event, order } = JSON.parse(text);
    return event.id && Number.isFinite(order) ? { event, order } : null;
  } catch {
    return null;
  }
}
