// The answer sheet as it will be once everything that waits is stored; room/sheet.py does the same in the kernel.

/** @param {any} sheet @param {any[]} events */
export function withWaiting(sheet, events) {
  return events.reduce(apply, sheet);
}

function apply(sheet, { id, kind, payload }) {
  switch (kind) {
    case "told":
      return { ...sheet, checked: false, told: row(sheet.told, payload.to, payload, "expected") };
    case "heard":
      return { ...sheet, checked: false, heard: row(sheet.heard, payload.from, payload, "via") };
    case "list.closed":
    case "list.reopened":
      return { ...sheet, closed: { ...sheet.closed, [payload.list]: kind === "list.closed" } };
    case "evidence":
      return { ...sheet, evidence: payload.of };
    case "wish":
      return { ...sheet, wish: payload.from, wished: true };
    case "checked":
      return { ...sheet, checked: true };
    case "case.marked":
      return { ...sheet, marks: { ...sheet.marks, [payload.card]: payload.mark } };
    case "case.example": {
      const { [payload.card]: _, ...others } = sheet.examples ?? {};
      return { ...sheet, examples: payload.text ? { ...others, [payload.card]: payload.text } : others };
    }
    case "guessed":
      return { ...sheet, guess: payload.tenths };
    case "walked":
      return { ...sheet, walked: payload.answer };
    case "agreement.written":
      return { ...sheet, agreements: [...sheet.agreements, written(id, payload)] };
    case "agreement.dropped":
      return { ...sheet, agreements: sheet.agreements.filter((one) => one.id !== payload.agreement) };
    case "agreement.answered":
      return { ...sheet, accepts: { ...sheet.accepts, [payload.agreement]: payload.answer } };
    default:
      return sheet;
  }
}

function written(id, { with: other, ours, when, cites, step, ...texts }) {
  return { id, with: other, ours, texts, when, cites: cites ?? [], step: step ?? null };
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

/** The question that a seat is at: told and heard, for a proxy the other way round and how it knows; wish, check, done. */
export function stepOf(sheet, proxy) {
  const lists = proxy ? ["heard", "told"] : ["told", "heard"];
  const open = lists.find((list) => !sheet.closed[list]);
  if (open) return open;
  if (proxy && !sheet.evidence) return "evidence";
  if (!sheet.wished) return "wish";
  return sheet.checked ? "done" : "check";
}
