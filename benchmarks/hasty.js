// Walks through a page as a hasty visitor: as soon as the next thing is there to see, notes when, and taps it if asked.
// Times are milliseconds since the epoch by the page's own clock; sessionStorage carries them over a navigation.
(steps) => {
  if (!location.protocol.startsWith("http") || window !== top) return;
  const marks = (window.marks = JSON.parse(sessionStorage.getItem("marks") ?? "{}"));
  const now = () => performance.timeOrigin + performance.now();
  const seen = ({ selector, text }) =>
    [...document.querySelectorAll(selector)].find(
      (element) => element.checkVisibility({ visibilityProperty: true }) && (!text || new RegExp(text).test(element.textContent)),
    );
  const look = () => {
    for (const step of steps) {
      if (step.name in marks) continue;
      const element = seen(step);
      if (!element) return;
      marks[step.name] = now();
      sessionStorage.setItem("marks", JSON.stringify(marks));
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
