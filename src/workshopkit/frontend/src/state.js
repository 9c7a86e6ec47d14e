// The page's copy of the kernel's state: patches are taken in only when they fit.

/**
 * @param {{seq: number}} state
 * @param {{from_seq: number, to_seq: number, patch: Record<string, any>, now?: number}} message
 * @returns {{state: any, fits: boolean}}
 */
export function patched(state, message) {
  if (message.from_seq !== 0 && message.from_seq !== state.seq) return { state, fits: false };
  const next = message.from_seq === 0 ? { ...message.patch } : { ...state, ...message.patch };
  for (const key of Object.keys(message.patch)) if (message.patch[key] === null && !KEEP_NULL.has(key)) delete next[key];
  next.seq = message.to_seq;
  if (message.now) next.now = message.now;
  return { state: next, fits: true };
}

/** The room as the facilitator's own events will make it, before the kernel says so: a second tap must not undo the first. */
export function led(state, events) {
  return events.reduce((now, { kind, payload }) => {
    if (kind === "act.opened") return { ...now, act: payload.act, part: payload.part, sentence: payload.sentence ?? 0 };
    if (kind === "act.closed") return { ...now, act: null, part: null, sentence: 0 };
    if (kind === "map.shown") return { ...now, map_shown: payload.shown };
    if (kind === "marks.shown") return { ...now, marks_shown: payload.shown };
    if (kind === "sponsor.chosen") return { ...now, sponsor: payload.actor };
    return now;
  }, state);
}

// Keys for which null is a value ("no act is open"), not an absence.
const KEEP_NULL = new Set(["act", "part", "timer", "qr", "card", "said", "walk"]);
