// Moves what is already drawn, without drawing anew: of a place under the finger, only its own lines are touched. What is
// drawn for good comes from the drawing (stage.jsx); `reset` goes back to that.
import { formalPath, hullPath, linePath, regions } from "./geometry.js";
import { actorOf } from "./model.js";

const LEGIBLE = 4.5; // pixels that a letter is high at least

export function createPainter(svg) {
  let drawing;
  let size;
  let elements;
  let linesOf;
  let live = new Map();
  let zoom = 1;

  const where = (id) => live.get(id) ?? actorOf(drawing, id);
  const find = (kind) => new Map([...svg.querySelectorAll(`[data-${kind}]`)].map((element) => [element.dataset[kind], element]));
  const write = (element, name, value) => {
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  };

  const painter = {
    /** Read what was just drawn. */
    read(now, sizes) {
      drawing = now;
      size = sizes;
      live = new Map();
      const places = new Map(drawing.actors.map((actor) => [actor.id, actor]));
      const paths = svg.querySelectorAll("[data-line] > path");
      elements = { places: find("place"), domains: find("domain"), pairs: [...svg.querySelectorAll("[data-pair]")], known: places };
      linesOf = new Map();
      drawing.lines.forEach((line, index) => {
        const entry = { stops: [line.source, ...line.via, line.target], path: paths[index] };
        for (const id of entry.stops) linesOf.set(id, [...(linesOf.get(id) ?? []), entry]);
      });
      painter.legible();
    },

    /** Show places elsewhere, for now. @param {Record<string, {x: number, y: number}>} positions */
    move(positions, regionsToo = true) {
      const touched = new Set();
      for (const [id, spot] of Object.entries(positions)) {
        live.set(id, spot);
        write(elements.places.get(id), "transform", `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`);
        for (const entry of linesOf.get(id) ?? []) touched.add(entry);
      }
      const at = (id) => live.get(id) ?? elements.known.get(id);
      for (const { stops, path } of touched) write(path, "d", linePath(stops.map(at), size.r, size.r * 0.3));
      drawing.formal.forEach(([boss, reporter], index) => {
        if (elements.pairs[index] && (positions[boss] || positions[reporter])) write(elements.pairs[index], "d", formalPath(at(boss), at(reporter), size.r));
      });
      if (regionsToo) painter.regions(Object.keys(positions));
    },

    /** All places elsewhere at once, as while tidying up: the lines only sketched, straight and in one stroke. */
    sketch(positions) {
      for (const [id, spot] of Object.entries(positions)) {
        live.set(id, spot);
        elements.places.get(id)?.setAttribute("transform", `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`);
      }
      const d = drawing.lines.map(({ source, target }) => {
        const [a, b] = [live.get(source) ?? elements.known.get(source), live.get(target) ?? elements.known.get(target)];
        return `M${a.x.toFixed(0)} ${a.y.toFixed(0)}L${b.x.toFixed(0)} ${b.y.toFixed(0)}`;
      });
      svg.querySelector(".we-sketch").setAttribute("d", d.join(""));
    },

    /** The regions while places are dragged: without them, so that they can be dropped elsewhere. */
    around(dragged) {
      const held = new Set(dragged);
      const whole = new Set(drawing.domains.filter(({ id }) => drawing.actors.every((actor) => actor.domain !== id || held.has(actor.id))).map(({ id }) => id));
      const list = regions(drawing, size.pad, (id) => (held.has(id) && !whole.has(elements.known.get(id).domain) ? null : where(id)));
      return { list, open: list.filter((region) => region.empty || !whole.has(region.id)) };
    },
    regions(moved) {
      const homes = new Set(moved.map((id) => elements.known.get(id)?.domain));
      if (!drawing.domains.length) return;
      for (const region of painter.around(moved.length === drawing.actors.length || moved.length > 12 ? [] : moved).list) {
        if (!homes.has(region.id) && moved.length <= 12) continue;
        const element = elements.domains.get(region.id);
        if (!element) continue;
        const d = hullPath(region.outline);
        for (const path of element.querySelectorAll("path")) write(path, "d", d);
        write(svg.querySelector(`[data-name="${CSS.escape(region.id)}"]`), "transform", `translate(${region.x.toFixed(1)} ${region.y.toFixed(1)})`);
      }
    },
    target(id) {
      for (const [name, element] of elements.domains) element.classList.toggle("we-target", name === id);
    },
    /** Back to what is drawn for good. */
    reset() {
      const back = Object.fromEntries([...live.keys()].map((id) => [id, elements.known.get(id)]).filter(([, actor]) => actor));
      live = new Map();
      if (Object.keys(back).length) {
        painter.move(back, false);
        live = new Map();
        const all = regions(drawing, size.pad, (id) => elements.known.get(id));
        for (const region of all) {
          for (const path of elements.domains.get(region.id)?.querySelectorAll("path") ?? []) write(path, "d", hullPath(region.outline));
          write(svg.querySelector(`[data-name="${CSS.escape(region.id)}"]`), "transform", `translate(${region.x.toFixed(1)} ${region.y.toFixed(1)})`);
        }
      }
      painter.target(null);
      painter.rubber(null);
      painter.lasso(null);
    },
    view(view) {
      svg.querySelector(".we-plane").setAttribute("transform", `translate(${view.x.toFixed(2)} ${view.y.toFixed(2)}) scale(${view.k.toFixed(4)})`);
      zoom = view.k;
      painter.legible();
    },
    /** Whether names can be read at all; without them a small map is clearer. */
    legible: () => svg.classList.toggle("we-far", zoom * size.font < LEGIBLE),
    /** A line that is being drawn, from a place to a point. */
    rubber(from, to) {
      const path = svg.querySelector(".we-rubber");
      path.toggleAttribute("hidden", !from);
      if (from) path.setAttribute("d", `M${from.x} ${from.y}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`);
    },
    lasso(box) {
      const rect = svg.querySelector(".we-lasso");
      rect.toggleAttribute("hidden", !box);
      if (box) for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value.toFixed(1));
    },
  };
  return painter;
}
