// The messages of the page. The ids are the English sentences; the Dutch comes from nl.po when the bundle is built.
import dutch from "virtual:messages-nl";

let messages = {};

/** @param {string} lang "nl" or "en" */
export function setLanguage(lang) {
  messages = lang === "en" ? {} : dutch;
}

/** Take in the words of a view that is loaded later. @param {Record<string, string | string[]>} more */
export const learn = (more) => {
  Object.assign(dutch, more);
};

/**
 * Translate a message and fill in its fields.
 * @param {string} id
 * @param {Record<string, unknown>} [values]
 */
export function t(id, values = {}) {
  const found = messages[id];
  return fill(Array.isArray(found) ? found[0] : (found ?? id), values);
}

/**
 * Translate a message with a count, which fills {count} as well.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, unknown>} [values]
 */
export function tn(one, many, count, values = {}) {
  const forms = messages[one] ?? [one, many];
  return fill(forms[count === 1 ? 0 : 1], { count, ...values });
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (field, name) => (name in values ? String(values[name]) : field));
}

/** A date as people read it: 24 februari 2027, and 24 February 2027 in the English of Europe. @param {string} iso YYYY-MM-DD */
export function dateText(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const { lang } = document.documentElement;
  const format = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang || "nl", { dateStyle: "long" });
  return format.format(new Date(year, month - 1, day));
}
