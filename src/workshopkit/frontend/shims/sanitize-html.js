// Our pages show no HTML of widgets: whatever would be cleaned is shown as text instead.
const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
const asText = (text) => String(text).replace(/[&<>"']/g, (mark) => MARKS[mark]);
asText.defaults = { allowedTags: [], allowedAttributes: {} };
export default asText;
