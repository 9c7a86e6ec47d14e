// The room as the facilitator's own events will make it, before the kernel says so: a second tap must not undo the first.

/** @param {any} state @param {{kind: string, payload: any}[]} events */
export function led(state, events) {
  return events.reduce((now, { kind, payload }) => {
    if (kind === "act.opened") return { ...now, act: payload.act, part: payload.part, sentence: payload.sentence ?? 0 };
    if (kind === "act.closed") return { ...now, act: null, part: null, sentence: 0 };
    if (kind === "map.shown") return { ...now, map_shown: payload.shown };
    if (kind === "marks.shown") return { ...now, marks_shown: payload.shown };
    if (kind === "room.called") return { ...now, called: true };
    if (kind === "room.locked") return { ...now, locked: payload.locked };
    if (kind === "note.written") {
      const { act, part, text } = payload;
      const others = (now.notes ?? []).filter((one) => one.act !== act || one.part !== part);
      return { ...now, notes: text ? [...others, { act, part, text }] : others };
    }
    if (kind === "sponsor.chosen") return { ...now, sponsor: payload.actor };
    if (kind === "findings.picked") return { ...now, picks: payload.findings };
    return now;
  }, state);
}
