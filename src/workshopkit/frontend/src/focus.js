// When what has the focus vanishes ("Take back", "Change"), a keyboard would begin again at the top of the page. Instead
// the focus goes to what stands in its place, or else to what is nearest.

const CONTROLS = "a[href], button, input, select, summary, textarea, [tabindex='0']";

/** @param {HTMLElement} part within which the focus is kept */
export function keepFocus(part) {
  /** @type {{around: Element, index: number}[]} the parts around the focus, the innermost first */
  let trail = [];
  part.addEventListener("focusin", ({ target }) => {
    trail = [];
    for (let around = target.parentElement; part.contains(around); around = around.parentElement) {
      trail.push({ around, index: controls(around).indexOf(target) });
    }
  });
  part.addEventListener("focusout", ({ target }) => {
    // It may be on its way out of the page: then it is not yet gone here.
    queueMicrotask(() => {
      if (target.isConnected && document.activeElement === document.body) trail = [];
    });
  });
  new MutationObserver(() => {
    if (document.activeElement !== document.body) return;
    const found = trail.find(({ around }) => around.isConnected && controls(around).length);
    trail = [];
    if (!found) return;
    const near = controls(found.around);
    near[Math.min(Math.max(found.index, 0), near.length - 1)].focus({ preventScroll: true });
  }).observe(part, { childList: true, subtree: true });
}

const controls = (around) => [...around.querySelectorAll(CONTROLS)];
