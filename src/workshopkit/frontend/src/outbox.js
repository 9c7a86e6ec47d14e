// What a participant stores goes through here: kept in the browser until the kernel has committed it.
//
// An event is *waiting* until the kernel answers with its seq (*stored*) or with a sentence (*refused*). Waiting events
// survive a reload in localStorage and are sent again, in their order, after every reconnect. The ids are made here, so
// that an event that arrives twice is stored once.

const RETRY_MS = 3000;

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
    this.storage = storage;
    this.send = send;
    this.changed = changed;
    this.later = later;
    /** @type {Map<string, {event: any, order: number, note?: string}>} */
    this.waiting = new Map();
    /** Stored events that the state on the page does not hold yet: dropping them sooner would make it flicker. */
    this.settling = [];
    /** @type {{id: string, event: any, message: string}[]} */
    this.refused = [];
    this.lasting = true;
    this.order = 0;
    this.load();
  }

  /** Take over what an earlier page, or another tab that is gone, has left waiting. */
  load() {
    const found = safely(
      this.storage,
      (storage) => {
        const entries = [];
        for (let i = 0; i < storage.length; i += 1) {
          const name = storage.key(i);
          if (name?.startsWith(this.prefix)) entries.push(JSON.parse(storage.getItem(name)));
        }
        return entries;
      },
      [],
    );
    found.sort((one, other) => one.order - other.order);
    for (const entry of found) {
      if (!this.waiting.has(entry.event.id)) this.waiting.set(entry.event.id, entry);
      this.order = Math.max(this.order, entry.order);
    }
  }

  /** @param {string} kind @param {object} payload @param {string | null} act */
  add(kind, payload, act) {
    this.order = Math.max(this.order + 1, Date.now());
    const entry = { event: { id: newId(), act, kind, payload }, order: this.order };
    this.waiting.set(entry.event.id, entry);
    this.lasting = safely(
      this.storage,
      (storage) => {
        storage.setItem(this.prefix + entry.event.id, JSON.stringify(entry));
        return true;
      },
      false,
    );
    this.changed();
    this.send({ type: "events", events: [entry.event] });
    return entry.event.id;
  }

  /** Send everything that waits, oldest first. */
  flush() {
    const events = [...this.waiting.values()].sort((one, other) => one.order - other.order).map(({ event }) => event);
    if (events.length) this.send({ type: "events", events });
  }

  /** Hear what the kernel says of an event. */
  hear(message) {
    const entry = this.waiting.get(message.id);
    if (!entry) return;
    if (message.type === "waiting") {
      entry.note = message.message;
      this.later(() => this.flush(), RETRY_MS);
    } else {
      this.waiting.delete(message.id);
      safely(this.storage, (storage) => storage.removeItem(this.prefix + message.id), undefined);
      if (message.type === "stored") this.settling.push({ seq: message.seq, event: entry.event });
      if (message.type === "refused") this.refused.push({ id: message.id, event: entry.event, message: message.message });
    }
    this.changed();
  }

  /** Forget the refusals that were read. */
  dismiss() {
    this.refused = [];
    this.changed();
  }

  /** Note up to which event the state on the page goes. */
  settle(seq) {
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

  /** @returns {string | undefined} why the oldest event waits, if the kernel has said so */
  get note() {
    return [...this.waiting.values()].find((entry) => entry.note)?.note;
  }
}
