// Fingers and mouse on the map. A gesture is one of: tap, drag of places, a line drawn from a place, a lasso, pan, pinch.
// Movements are gathered and shown once a frame; only a finished gesture changes the drawing.
import { awayFrom, regionAt, toPlane, zoomed } from "./geometry.js";
import { keyOf } from "./model.js";

const STILL = { mouse: 4, pen: 6, touch: 9 }; // how far a tap may slip, in pixels
const DOUBLE = 350;

/**
 * @param {SVGSVGElement} svg
 * @param {any} host session, painter, size(), view(), show(view), stop()
 * @returns {{cancel: () => boolean, leave: () => void}}
 */
export function attach(svg, host) {
  const pointers = new Map();
  let gesture = null;
  let pending = null;
  let lastTap = { id: null, time: 0 };
  const { session, painter } = host;

  const point = ({ clientX, clientY }) => {
    const box = svg.parentElement.getBoundingClientRect(); // the map itself glides while it is panned
    return { x: clientX - box.left, y: clientY - box.top };
  };
  const plane = (spot) => toPlane(host.view(), spot);
  const actors = () => session.drawing.actors;
  const fixed = () => session.state.mode !== "all";

  function placeAt(spot, but) {
    const { r, font } = host.size();
    const near = actors().filter(({ id, x, y }) => id !== but && Math.abs(spot.x - x) < r * 1.5 && spot.y > y - r * 1.4 && spot.y < y + r * 1.3 + font * 2);
    return near.sort((one, other) => Math.hypot(one.x - spot.x, one.y - spot.y) - Math.hypot(other.x - spot.x, other.y - spot.y))[0] ?? null;
  }

  function lineAt(spot, slack) {
    const { r } = host.size();
    const places = new Map(actors().map((actor) => [actor.id, actor]));
    let best = { away: slack, line: null };
    for (const line of session.drawing.lines) {
      const away = awayFrom([line.source, ...line.via, line.target].map((id) => places.get(id)), r, spot);
      if (away < best.away) best = { away, line };
    }
    return best.line;
  }

  function begun(event, spot) {
    const on = event.target.closest("[data-handle], [data-place], [data-name]");
    const { tool, selection } = session.state;
    const base = { start: spot, now: spot, type: event.pointerType, add: event.shiftKey || event.ctrlKey || event.metaKey, moved: false };
    if (on?.dataset.handle) return { ...base, kind: "wire", id: on.dataset.handle };
    if (on?.dataset.name) return { ...base, kind: "pan", domain: on.dataset.name };
    if (on) {
      const id = on.dataset.place;
      if (tool === "line" || (tool === "formal" && !fixed())) return { ...base, kind: "wire", id };
      const ids = selection.places.includes(id) ? selection.places : [id];
      return { ...base, kind: fixed() ? "pan" : "drag", id, from: new Map(actors().filter((actor) => ids.includes(actor.id)).map(({ id: one, x, y }) => [one, { x, y }])) };
    }
    return { ...base, kind: tool === "lasso" || event.shiftKey ? "lasso" : "pan", view: host.view() };
  }

  function pinch() {
    const [a, b] = [...pointers.values()];
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, span: Math.hypot(a.x - b.x, a.y - b.y) || 1 };
  }

  function down(event) {
    if (event.button > 1 || event.target.closest("input")) return;
    host.stop();
    const spot = point(event);
    pointers.set(event.pointerId, spot);
    svg.setPointerCapture(event.pointerId);
    (event.target.closest("[data-place], [data-name]") ?? svg).focus({ preventScroll: true });
    if (pointers.size === 2) {
      painter.reset();
      if (gesture?.kind === "pan" && gesture.moved) ends.pan(gesture);
      svg.style.transform = "";
      gesture = { kind: "pinch", from: pinch(), view: host.view(), moved: true };
    } else if (pointers.size === 1) gesture = { view: host.view(), ...begun(event, spot) };
  }

  function move(event) {
    if (!pointers.has(event.pointerId) || !gesture) return;
    const spot = point(event);
    pointers.set(event.pointerId, spot);
    if (gesture.kind === "pinch") gesture.now = pointers.size === 2 ? pinch() : gesture.now;
    else {
      gesture.now = spot;
      if (!gesture.moved && Math.hypot(spot.x - gesture.start.x, spot.y - gesture.start.y) < (STILL[gesture.type] ?? 6)) return;
      if (!gesture.moved) svg.classList.add("we-busy");
      gesture.moved = true;
    }
    pending ??= requestAnimationFrame(frame);
  }

  const moves = {
    // The browser slides what is painted already; it is painted anew where the pan ends.
    pan: ({ start, now }) => {
      svg.style.transform = `translate(${now.x - start.x}px, ${now.y - start.y}px)`;
    },
    pinch: ({ view, from, now }) => {
      const next = zoomed(view, now.span / from.span, from.middle);
      host.show({ ...next, x: next.x + now.middle.x - from.middle.x, y: next.y + now.middle.y - from.middle.y });
    },
    drag: (one) => {
      const positions = dragged(one);
      painter.move(positions);
      painter.target(regionAt(painter.around(Object.keys(positions)).open, host.size().pad, plane(one.now))?.id ?? null);
    },
    wire: ({ id, now }) => {
      const spot = plane(now);
      const from = actors().find((actor) => actor.id === id);
      if (from) painter.rubber(from, placeAt(spot, id) ?? spot);
    },
    lasso: (one) => painter.lasso(box(one)),
  };

  function dragged({ from, start, now }) {
    const { k } = host.view();
    const [dx, dy] = [(now.x - start.x) / k, (now.y - start.y) / k];
    return Object.fromEntries([...from].map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }]));
  }

  function box({ start, now }) {
    const [a, b] = [plane(start), plane(now)];
    return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
  }

  function frame() {
    pending = null;
    if (gesture?.moved && !(gesture.kind === "pinch" && !gesture.now)) moves[gesture.kind](gesture);
  }

  function finish(event) {
    if (!pointers.delete(event.pointerId) || !gesture) return;
    const done = gesture;
    if (done.kind === "pinch") {
      // The finger that stays goes on as a pan.
      const [left] = pointers.values();
      gesture = left ? { kind: "pan", start: left, now: left, view: host.view(), moved: true } : null;
      return;
    }
    gesture = null;
    svg.classList.remove("we-busy");
    svg.style.transform = "";
    if (event.type === "pointercancel") painter.reset();
    else if (done.moved) ends[done.kind]?.(done);
    else tap(done);
  }

  const ends = {
    pan: ({ view, start, now }) => host.show({ ...view, x: view.x + now.x - start.x, y: view.y + now.y - start.y }),
    drag: (one) => {
      const positions = dragged(one);
      const region = regionAt(painter.around(Object.keys(positions)).open, host.size().pad, plane(one.now));
      painter.reset();
      session.act({ do: "move", positions, ...(region && { domain: region.id }) }, one.from.size === 1 ? { selection: { places: [one.id], keys: [], domain: null } } : {});
    },
    wire: ({ id, now }) => {
      const to = placeAt(plane(now), id);
      painter.reset();
      if (!to) return;
      if (session.state.tool === "formal") session.report(id, to.id);
      else session.draw(id, to.id);
    },
    lasso: (one) => {
      const { x, y, width, height } = box(one);
      painter.reset();
      const places = actors().filter((actor) => actor.x >= x && actor.x <= x + width && actor.y >= y && actor.y <= y + height);
      session.select({ places: places.map(({ id }) => id) }, one.add && session.state.tool === "lasso");
    },
  };

  function tap({ id, domain, start, add, type }) {
    if (id) {
      const again = lastTap.id === id && performance.now() - lastTap.time < DOUBLE;
      lastTap = { id, time: performance.now() };
      if (again && session.state.tool === "move" && !fixed()) return session.set({ naming: id });
      return session.tapPlace(id, { add });
    }
    if (domain) return session.tapDomain(domain);
    const line = lineAt(plane(start), (type === "touch" ? 20 : 9) / host.view().k);
    return line ? session.tapLine(keyOf(line), { add }) : session.tapGround();
  }

  /** A click that no finger or mouse made: a screen reader's. */
  function clicked(event) {
    if (event.detail) return;
    const on = event.target.closest("[data-place], [data-line], [data-name]");
    if (on?.dataset.place) session.tapPlace(on.dataset.place);
    else if (on?.dataset.line) session.tapLine(on.dataset.line);
    else if (on) session.tapDomain(on.dataset.name);
  }

  function wheel(event) {
    // Without the map in hand the wheel is the page's.
    if (!event.ctrlKey && !event.metaKey && !svg.contains(svg.getRootNode().activeElement)) return;
    event.preventDefault();
    host.stop();
    host.show(zoomed(host.view(), Math.exp(-Math.max(-80, Math.min(80, event.deltaY * (event.deltaMode ? 20 : 1))) / 300), point(event)));
  }

  // The focus goes where the pointer went down, not to what has the pointer; and no text gets selected.
  const hold = (event) => event.preventDefault();
  const heard = { pointerdown: down, pointermove: move, pointerup: finish, pointercancel: finish, click: clicked, mousedown: hold };
  for (const [name, listener] of Object.entries(heard)) svg.addEventListener(name, listener);
  svg.addEventListener("wheel", wheel, { passive: false });
  return {
    /** Drop what is under way, if anything is. */
    cancel() {
      const busy = Boolean(gesture?.moved);
      gesture = null;
      svg.style.transform = "";
      pointers.clear();
      svg.classList.remove("we-busy");
      painter.reset();
      return busy;
    },
    leave() {
      cancelAnimationFrame(pending);
      for (const [name, listener] of Object.entries(heard)) svg.removeEventListener(name, listener);
      svg.removeEventListener("wheel", wheel);
    },
  };
}
