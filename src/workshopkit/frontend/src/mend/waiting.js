// A table as it will be once everything that waits is stored; mending/table.py does the same in the kernel.

/** @param {any} table @param {any[]} events */
export function withWaiting(table, events) {
  return events.reduce(apply, table);
}

/** @param {any} one @param {any} other */
export const isSame = (one, other) => one.kind === other.kind && one.source === other.source && one.target === other.target;

/** What is stored of a card. @param {any} card */
export const stepOf = ({ kind, source, target }) => ({ kind, source, target });

function apply(table, { kind, payload }) {
  const card = payload.step && table.cards.find((one) => isSame(one, payload.step));
  const put = (chosen, left) => ({ ...table, left, cards: table.cards.map((one) => (one === card ? { ...one, chosen, aside: one.aside && !chosen } : one)) });
  switch (kind) {
    case "mend.chosen":
      return card && !card.chosen && card.hours <= table.left ? put(true, table.left - card.hours) : table;
    case "mend.dropped":
      return card?.chosen ? put(false, table.left + card.hours) : table;
    case "mend.given":
      return { ...table, voted: Math.max(table.voted, payload.person), done: false };
    case "mend.finished":
      return { ...table, done: table.voted > 0 };
    default:
      return table;
  }
}
