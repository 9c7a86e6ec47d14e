// Finding a place by what somebody types: accents and capitals do not matter, and every word must be there.

/** @param {string} text */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Tell whether a text has every word of a query, each as the beginning or a part of a word.
 * @param {string} text @param {string} query
 */
export function matches(text, query) {
  const known = plain(text);
  return plain(query)
    .split(/\s+/)
    .every((word) => known.includes(word));
}
