// What is asked of a seat as it will be once everything that waits is stored; relay/play.py does the same in the kernel.

/** @param {any} relay @param {any[]} events */
export function withWaiting(relay, events) {
  return events.reduce(apply, relay);
}

function apply(relay, { kind, payload }) {
  const { message } = payload;
  if (payload.round !== undefined && payload.round !== relay.phase) return relay;
  const hands = (change) => ({ ...relay, hands: relay.hands.map((hand) => (hand.message === message ? { ...hand, ...change(hand) } : hand)) });
  switch (kind) {
    case "relay.told":
      return hands((hand) => (hand.own ? {} : { own: lines(hand, payload), made: payload.text === undefined ? "ticked" : "retold" }));
    case "relay.passed":
      return hands((hand) => (hand.free.includes(payload.to) ? { to: payload.to, lot: false } : {}));
    case "relay.bet":
      return relay.bet ? { ...relay, bet: { message, place: payload.place } } : relay;
    case "relay.answered":
      return relay.quiz ? { ...relay, quiz: { ...relay.quiz, answers: { ...relay.quiz.answers, [payload.fact]: payload.option } } } : relay;
    case "relay.guessed":
      return relay.guess ? { ...relay, guess: { message, count: payload.count } } : relay;
    case "relay.named":
      return hands(() => ({ named: payload.named }));
    default:
      return relay;
  }
}

const lines = (hand, { text, facts }) => (text !== undefined ? [text] : hand.facts.filter(({ id }) => facts.includes(id)).map(({ words }) => words));

/** What a seat is asked first: of what it has in hand, else a bet. @param {any} relay */
export function taskOf(relay) {
  const { phases, phase } = relay;
  if (phase === phases.over) return { name: "over" };
  if (phase === phases.quiz) return relay.quiz ? { name: "quiz" } : { name: "guess" };
  const hand = relay.hands.find((one) => one.free.length > 0 && (!one.own || !one.to));
  if (hand) return { name: hand.own ? "pass" : "tell", hand };
  return { name: "bet" };
}
