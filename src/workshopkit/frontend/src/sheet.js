// The answer sheet as it will be once everything that waits is stored; room/sheet.py does the same in the kernel.

/** @param {any} sheet @param {any[]} events */
export function withWaiting(sheet, events) {
  return events.reduce(apply, sheet);
}

function apply(sheet, { kind, payload }) {
  switch (kind) {
    case "told":
      return { ...sheet, checked: false, told: row(sheet.told, payload.to, payload, "expected") };
    case "heard":
      return { ...sheet, checked: false, heard: row(sheet.heard, payload.from, payload, "via") };
    case "list.closed":
    case "list.reopened":
      return { ...sheet, closed: { ...sheet.closed, [payload.list]: kind === "list.closed" } };
    case "wish":
      return { ...sheet, wish: payload.from, wished: true };
    case "checked":
      return { ...sheet, checked: true };
    default:
      return sheet;
  }
}

function row(rows, actor, payload, extra) {
  const { [actor]: _, ...others } = rows;
  return payload.answer === "no" ? others : { ...others, [actor]: { answer: payload.answer, [extra]: payload[extra] ?? null } };
}

/** The conflicts in which nothing is chosen yet, also not by what waits. */
export function openOf(conflicts, events) {
  const chosen = new Set(events.filter(({ kind }) => kind === "chosen").map(({ payload }) => `${payload.list} ${payload.actor}`));
  return conflicts.filter(({ list, actor }) => !chosen.has(`${list} ${actor}`));
}

/** The question that a seat is at: told and heard, for a proxy the other way round, then wish, check, done. */
export function stepOf(sheet, proxy) {
  const lists = proxy ? ["heard", "told"] : ["told", "heard"];
  const open = lists.find((list) => !sheet.closed[list]);
  if (open) return open;
  if (!sheet.wished) return "wish";
  return sheet.checked ? "done" : "check";
}
