// Walks through a page as a hasty visitor: as soon as the next thing is there to see, notes when, and taps it if asked.
// "text" is when the first word of the page can be read, whatever it says. Times are milliseconds since the epoch by the
// page's own clock; sessionStorage carries them over a navigation. Steps with `deep` look into shadow roots as well.
(steps) => {
  if (!location.protocol.startsWith("http") || window !== top) return;
  const marks = (window.marks = JSON.parse(sessionStorage.getItem("marks") ?? "{}"));
  const deep = steps.some((step) => step.deep);
  const now = () => performance.timeOrigin + performance.now();
  const note = (name) => {
    marks[name] = now();
    sessionStorage.setItem("marks", JSON.stringify(marks));
  };
  function* rootsOf(root) {
    yield root;
    if (!deep) return;
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) yield* rootsOf(element.shadowRoot);
  }
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const fits = (element, text) => visible(element) && (!text || new RegExp(text).test(element.textContent));
  const seen = ({ selector, text }) => {
    for (const root of rootsOf(document)) {
      for (const element of root.querySelectorAll(selector)) if (fits(element, text)) return element;
    }
    return null;
  };
  const onScreen = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some(
      ({ left, right, top, bottom }) => right - left > 1 && bottom - top > 1 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
    );
  };
  const readable = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element && /\p{L}/u.test(node.data) && visible(element) && onScreen(node)) return true;
    }
    return false;
  };
  const reads = () => Boolean(document.body) && [...rootsOf(document)].some((root) => readable(root === document ? document.body : root));
  const look = () => {
    if (!("text" in marks) && reads()) note("text");
    for (const step of steps) {
      if (step.name in marks) continue;
      const element = seen(step);
      if (!element) return;
      note(step.name);
      if (step.tap) element.click();
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  const frame = () => {
    look();
    if (!(steps.at(-1).name in marks)) requestAnimationFrame(frame);
  };
  frame();
};
