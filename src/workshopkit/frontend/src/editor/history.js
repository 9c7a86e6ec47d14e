// What was drawn before, and what was taken back: a history never forgets a drawing but the oldest.

const MOST = 200;

export const begin = (drawing) => ({ past: [], present: drawing, future: [] });

export const commit = ({ past, present }, drawing) => ({ past: [...past, present].slice(-MOST), present: drawing, future: [] });

export function undo(history) {
  if (!history.past.length) return history;
  return { past: history.past.slice(0, -1), present: history.past.at(-1), future: [history.present, ...history.future] };
}

export function redo(history) {
  if (!history.future.length) return history;
  const [present, ...future] = history.future;
  return { past: [...history.past, history.present], present, future };
}
