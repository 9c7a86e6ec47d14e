// The whole case: one card at a time or everything below each other, a theme, larger letters, and how much is read.
// The page can be read without this; what needs it is hidden until then. Nothing is kept but on this device.
const find = (id) => document.getElementById(id);
const root = find("reader");
const slides = [...root.querySelectorAll(".slide")];
const items = slides.filter((slide) => slide.matches("article"));
const KEY = `workshopkit:case:${root.dataset.case}`;
const SWIPE = 60;
const SIZES = [0.875, 1, 1.125, 1.25, 1.5, 1.75];
const kept = load();
let seen = new Set(kept.seen ?? []);
let size = SIZES.includes(kept.size) ? kept.size : 1;
const narrow = matchMedia("(max-width: 48rem)");
let single = narrow.matches;
let current = slides.find((slide) => `#${slide.id}` === location.hash) ?? slides[0];

const shown = () => {
  const theme = find("reader-theme").value;
  return theme ? items.filter((item) => item.dataset.themes.split(" ").includes(theme)) : slides;
};

function draw() {
  const list = shown();
  if (!list.includes(current)) current = list[0];
  for (const slide of slides) slide.hidden = single ? slide !== current : !list.includes(slide);
  for (const part of root.querySelectorAll(".reader-part")) {
    const inside = part.matches(".slide") ? [part] : [...part.querySelectorAll(".slide")];
    part.hidden = inside.every((slide) => slide.hidden);
  }
  root.classList.toggle("reader-single", single);
  find("reader-mode").setAttribute("aria-pressed", String(single));
  find("reader-steps").hidden = !single;
  const place = list.indexOf(current);
  tell(find("reader-at"), place + 1, list.length);
  find("reader-back").setAttribute("aria-disabled", String(place === 0));
  find("reader-on").setAttribute("aria-disabled", String(place === list.length - 1));
  if (single) read(current);
}

/** A frame is narrow until it is laid out, and a tablet is turned: follow that until the reader chooses. */
function follow() {
  single = narrow.matches;
  find("reader-choices").open ||= !single;
  draw();
}

function tell(element, count, of) {
  const text = element.dataset.text.replace("{count}", count).replace("{of}", of);
  if (element.textContent !== text) element.textContent = text;
}

function read(slide) {
  if (items.includes(slide)) seen.add(slide.id);
  find("reader-progress").value = seen.size;
  tell(find("reader-read"), seen.size, items.length);
  keep();
}

/** @param {number} by */
function step(by) {
  const list = shown();
  const next = list[list.indexOf(current) + by];
  if (next) go(next);
}

function go(slide) {
  current = slide;
  draw();
  slide.focus({ preventScroll: single });
  if (single) scrollTo({ top: Math.max(0, slide.getBoundingClientRect().top + scrollY - 90) });
  if (!slide.id) return;
  try {
    history.replaceState(null, "", `#${slide.id}`);
  } catch {
    // A page inside a page has no address of its own.
  }
}

function resize(by) {
  size = SIZES[Math.min(Math.max(SIZES.indexOf(size) + by, 0), SIZES.length - 1)];
  paint();
  keep();
}

const paint = () => root.style.setProperty("--size", String(size));

function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify({ seen: [...seen], size }));
  } catch {
    // Full or forbidden: it holds for this page.
  }
}

find("reader-back").addEventListener("click", () => step(-1));
find("reader-on").addEventListener("click", () => step(1));
find("reader-smaller").addEventListener("click", () => resize(-1));
find("reader-larger").addEventListener("click", () => resize(1));
find("reader-theme").addEventListener("change", draw);
find("reader-mode").addEventListener("click", () => {
  narrow.removeEventListener("change", follow);
  single = !single;
  draw();
});
root.addEventListener("click", (event) => {
  const target = event.target.closest('a[href^="#"]');
  const slide = target && find(target.hash.slice(1));
  if (!slide) return;
  event.preventDefault();
  if (!shown().includes(slide)) find("reader-theme").value = "";
  go(slide);
});
addEventListener("keydown", (event) => {
  if (!single || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select")) return;
  if (event.key === "ArrowRight") step(1);
  if (event.key === "ArrowLeft") step(-1);
});
let start = null;
root.addEventListener("touchstart", ({ touches }) => {
  start = touches.length === 1 ? [touches[0].clientX, touches[0].clientY] : null;
}, { passive: true });
root.addEventListener("touchend", ({ changedTouches }) => {
  if (!single || !start) return;
  const across = changedTouches[0].clientX - start[0];
  const down = changedTouches[0].clientY - start[1];
  if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) step(across < 0 ? 1 : -1);
}, { passive: true });
const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting && !single) read(target);
}, { threshold: 0.9 });
for (const item of items) watcher.observe(item);
seen = new Set([...seen].filter((id) => items.some((item) => item.id === id)));
find("reader-tools").hidden = false;
find("reader-choices").open = !single;
narrow.addEventListener("change", follow);
paint();
read(null);
draw();
