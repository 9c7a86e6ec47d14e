// Where the places of a chain stand: a column a round.
const COLUMN = 190;
export const HEIGHT = 236;
export const RADIUS = 20;
export const BOW = 46;
// Below this height of a row there is no room for words under a circle: they stand beside it.
export const ROOMY = 76;
const LEFT = 60;

/** Lay the places out: each in the column of its round, near who brought it. @param {any[]} links @param {number} rounds */
export function layOut(links, rounds) {
  const columns = Array.from({ length: rounds + 1 }, () => []);
  links.forEach((link, key) => columns[link.round]?.push({ ...link, key }));
  const tall = Math.max(1, ...columns.map((column) => column.length));
  const row = HEIGHT / tall;
  const place = {};
  for (const [round, column] of columns.entries()) {
    column.sort((one, other) => (place[one.from]?.y ?? 0) - (place[other.from]?.y ?? 0));
    column.forEach((link, order) => {
      place[link.key] = { ...link, x: LEFT + round * COLUMN, y: row * (0.45 + (tall - column.length) / 2 + order) };
    });
  }
  return { nodes: Object.values(place), place, width: LEFT * 2 + rounds * COLUMN + 60, row };
}

/** Where something is that has gone `far` of its way, from 0 to 1. */
export const between = (from, to, far) => ({ x: from.x + (to.x - from.x) * far, y: from.y + (to.y - from.y) * far });
