// The page's copy of the kernel's state: patches are taken in only when they fit.

/**
 * @param {{seq: number}} state
 * @param {{from_seq: number, to_seq: number, patch: Record<string, any>}} message
 * @returns {{state: any, fits: boolean}}
 */
export function patched(state, message) {
  if (message.from_seq !== 0 && message.from_seq !== state.seq) return { state, fits: false };
  const next = message.from_seq === 0 ? { ...message.patch } : { ...state, ...message.patch };
  for (const key of Object.keys(message.patch)) if (message.patch[key] === null && !KEEP_NULL.has(key)) delete next[key];
  next.seq = message.to_seq;
  return { state: next, fits: true };
}

/**
 * The seconds that a timer has left, with when we heard it; and the server's clock, where the message tells it.
 * @param {{left?: number | null, now?: number}} message
 */
export const leftIn = ({ left = null, now }) => ({ left, leftAt: performance.now(), ...(now === undefined ? {} : { now }) });

// Keys for which null is a value ("no act is open"), not an absence.
const KEEP_NULL = new Set(["act", "part", "timer", "qr", "card", "said", "walk"]);
