// The map on which is drawn: regions, lines, the formal chart, places, each of which takes the focus.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { t } from "../i18n.js";
import { fitted, formalPath, hullPath, linePath, middle, nextPlace, regions, rows, sizes, zoomed } from "./geometry.js";
import { attach } from "./gestures.js";
import { actorOf, ARRIVES, keyOf, MOST } from "./model.js";
import { createPainter } from "./painter.js";
import { arrange } from "./tidy.js";
import { lineWords, placeWords } from "./words.js";

const WAYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const STEP = 20;
const NARROW = 600;
const MANY = 150; // lines: from here on the map is drawn more plainly while it moves
let count = 0;

export function Stage({ session, showFormal, controls }) {
  const { state, drawing } = session;
  const { selection, tool, from, naming } = state;
  const svg = useRef(null);
  const parts = useRef({ view: null, painter: null, tidying: null, nudged: null });
  const [frame, setFrame] = useState({ width: 0, height: 0 });
  const [rover, setRover] = useState({ place: null, line: null, name: null });
  const [uid] = useState(() => `we${(count += 1)}`);
  const size = sizes(drawing.actors.length, frame.width < NARROW);
  const latest = useRef(null);
  latest.current = { size, drawing, frame };

  // Until somebody moves the map, all of it is shown, however large the window is.
  const show = (view, moved = true) => {
    parts.current.moved = moved;
    parts.current.view = view;
    parts.current.painter.view(view);
    parts.current.follow?.();
  };
  const fit = () => show(fitted(latest.current.drawing.actors, latest.current.frame.width, latest.current.frame.height, latest.current.size.pad + latest.current.size.r), false);

  useLayoutEffect(() => {
    const painter = createPainter(svg.current);
    parts.current.painter = painter;
    const gestures = attach(svg.current, { session, painter, size: () => latest.current.size, view: () => parts.current.view, show, stop: () => parts.current.tidying?.() });
    parts.current.gestures = gestures;
    const watch = new ResizeObserver(([{ contentRect }]) => setFrame({ width: contentRect.width, height: contentRect.height }));
    watch.observe(svg.current);
    return () => {
      watch.disconnect();
      parts.current.tidying?.();
      gestures.leave();
    };
  }, []);
  useLayoutEffect(() => parts.current.painter.read(drawing, size));
  useLayoutEffect(() => {
    if (!frame.width) return;
    if (!parts.current.view || !parts.current.moved) fit();
  }, [frame]);
  useEffect(() => {
    Object.assign(controls, {
      fit,
      zoom: (factor) => show(zoomed(parts.current.view, factor, { x: frame.width / 2, y: frame.height / 2 })),
      centre: () => ({ x: (frame.width / 2 - parts.current.view.x) / parts.current.view.k, y: (frame.height / 2 - parts.current.view.y) / parts.current.view.k }),
      size: () => latest.current.size,
      tidy,
      focus: (id) => svg.current.querySelector(`[data-place="${CSS.escape(id)}"]`)?.focus(),
    });
  });

  function tidy() {
    parts.current.tidying?.();
    const steps = arrange(drawing, size);
    let last = {};
    let waiting = null;
    const end = () => {
      cancelAnimationFrame(waiting);
      parts.current.tidying = null;
      svg.current?.classList.remove("we-busy", "we-tidying");
      parts.current.painter.reset();
      session.act({ do: "move", positions: last, placed: false });
      fit();
    };
    const next = () => {
      const found = steps.step();
      if (!found) return end();
      last = found;
      parts.current.painter.sketch(found);
      waiting = requestAnimationFrame(next);
      return undefined;
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      for (let found = steps.step(); found; found = steps.step()) last = found;
      end();
      return;
    }
    svg.current.classList.add("we-busy", "we-tidying");
    parts.current.tidying = end;
    next();
  }

  const focusOn = (kind, id) => {
    setRover({ ...rover, [kind]: id });
    svg.current.querySelector(`[data-${kind}="${CSS.escape(id)}"]`)?.focus();
  };

  /** Shift and arrow: move what is selected, or what has the focus; saved when the key comes up. */
  function nudge(id, way) {
    const ids = selection.places.includes(id) ? selection.places : [id];
    const moved = (parts.current.nudged ??= Object.fromEntries(drawing.actors.filter((actor) => ids.includes(actor.id)).map(({ id: one, x, y }) => [one, { x, y }])));
    const [dx, dy] = { left: [-STEP, 0], right: [STEP, 0], up: [0, -STEP], down: [0, STEP] }[way];
    for (const spot of Object.values(moved)) Object.assign(spot, { x: spot.x + dx, y: spot.y + dy });
    parts.current.painter.move(moved);
  }
  function settle() {
    const positions = parts.current.nudged;
    if (!positions) return;
    parts.current.nudged = null;
    parts.current.painter.reset();
    session.act({ do: "move", positions });
  }

  function key(event) {
    parts.current.tidying?.();
    const on = event.target.closest("[data-place], [data-line], [data-name]")?.dataset ?? {};
    const way = WAYS[event.key];
    const command = event.ctrlKey || event.metaKey;
    const edits = state.mode === "all";
    const take = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (way && command) {
      const [dx, dy] = { left: [60, 0], right: [-60, 0], up: [0, 60], down: [0, -60] }[way];
      show({ ...parts.current.view, x: parts.current.view.x + dx, y: parts.current.view.y + dy });
    } else if (way && event.shiftKey && on.place && edits) nudge(on.place, way);
    else if (way && on.place) {
      const to = nextPlace(drawing.actors, actorOf(drawing, on.place), way);
      if (to) focusOn("place", to.id);
    } else if (way && on.line) focusOn("line", stepIn(lineStops, on.line, way));
    else if (way && on.name) focusOn("name", stepIn(drawing.domains.map(({ id }) => id), on.name, way));
    else if (event.key === "Enter" || event.key === " ") {
      const add = event.shiftKey || command;
      if (on.place) session.tapPlace(on.place, { add });
      else if (on.line) session.tapLine(on.line, { add });
      else if (on.name) session.tapDomain(on.name);
      else return;
    } else if (event.key === "Escape") {
      if (!parts.current.gestures.cancel()) session.leave();
    } else if ((event.key === "Delete" || event.key === "Backspace") && (on.line || (edits && (on.place || on.name)))) {
      const places = on.place && !selection.places.includes(on.place) ? { places: [on.place] } : null;
      const keys = on.line && !selection.keys.includes(on.line) ? { keys: [on.line] } : null;
      if (places ?? keys) session.select(places ?? keys);
      else if (on.name) session.select({ domain: on.name });
      session.removeSelected();
    } else if (event.key === "F2" && on.place && edits) session.set({ naming: on.place });
    else if (command && event.key.toLowerCase() === "a") session.selectAll();
    else if (!command && !event.altKey && event.key.toLowerCase() === "l" && on.place) {
      session.select({ places: [on.place] });
      session.setTool("line");
    } else if (!command && event.key === "+") controls.zoom(1.25);
    else if (!command && event.key === "-") controls.zoom(0.8);
    else if (!command && event.key === "0") fit();
    else return;
    take();
  }

  const places = new Map(drawing.actors.map((actor) => [actor.id, actor]));
  const chosen = new Set(selection.places);
  const one = selection.places.length === 1 ? selection.places[0] : null;
  const keys = new Set(selection.keys);
  const isNear = (line) => chosen.has(line.source) || chosen.has(line.target) || line.via.some((id) => chosen.has(id)) || keys.has(keyOf(line));
  const quiet = chosen.size > 0 || keys.size > 0;
  const lineStops = drawing.lines.filter((line) => !chosen.size || isNear(line)).map(keyOf);
  const stop = {
    place: places.has(rover.place) ? rover.place : (one ?? drawing.actors[0]?.id),
    line: lineStops.includes(rover.line) ? rover.line : lineStops[0],
    name: drawing.domains.some(({ id }) => id === rover.name) ? rover.name : drawing.domains[0]?.id,
  };
  const stopsOf = (line) => [line.source, ...line.via, line.target].map((id) => places.get(id));
  const linesOf = new Map();
  for (const line of drawing.lines) for (const id of [line.source, line.target]) linesOf.set(id, [...(linesOf.get(id) ?? []), line]);
  const areas = regions(drawing, size.pad, (id) => places.get(id));
  const letters = Math.max(9, Math.round((size.r * (drawing.actors.length > 12 ? 5 : 6.4)) / size.font / 0.6));
  const handle = one && state.mode === "all" ? places.get(one) : null;
  const focused = (kind, id) => () => rover[kind] === id || setRover({ ...rover, [kind]: id });

  return (
    <div class="we-stage">
      <svg ref={svg} class={`we-map we-tool-${tool}${quiet ? " we-quiet" : ""}${drawing.lines.length > MANY ? " we-many" : ""}`} role="application" tabIndex={-1} aria-label={t("The map that you draw")} aria-roledescription={t("map")} onKeyDown={key} onKeyUp={(event) => event.key === "Shift" || WAYS[event.key] ? settle() : undefined} onFocusOut={settle}>
        <defs>
          {ARRIVES.map((arrives) => (
            <marker id={`${uid}-${arrives}`} key={arrives} class={`we-tip we-tip-${arrives}`} viewBox="0 0 10 10" refX="5" refY="5" markerWidth={size.r * 0.62} markerHeight={size.r * 0.62} markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 .6 9.4 5 0 9.4z" />
            </marker>
          ))}
        </defs>
        <g class="we-plane">
          {areas.map((area) => (
            <g key={area.id} data-domain={area.id} class={`we-region${area.empty ? " we-empty" : ""}${selection.domain === area.id ? " we-on" : ""}`}>
              <path class="we-rim" d={hullPath(area.outline)} stroke-width={size.pad * 2 + 4} />
              <path class="we-fill" d={hullPath(area.outline)} stroke-width={size.pad * 2} />
            </g>
          ))}
          <path class="we-sketch" />
          <g class="we-lines">
            {drawing.lines.map((line) => {
              const id = keyOf(line);
              const stops = stopsOf(line);
              return (
                <g key={id} data-line={id} class={`we-line we-${line.arrives}${keys.has(id) ? " we-on" : ""}${quiet && isNear(line) ? " we-near" : ""}`} role="button" aria-pressed={keys.has(id)} tabIndex={id === stop.line ? 0 : -1} aria-label={lineWords(drawing, line)} onFocus={focused("line", id)}>
                  <path d={linePath(stops, size.r, size.r * 0.3)} stroke-width={size.r * (0.05 + 0.045 * line.strength)} marker-end={`url(#${uid}-${line.arrives})`} />
                  {line.channel && quiet && isNear(line) && (
                    <text class="we-channel" x={middle(stops, size.r).x} y={middle(stops, size.r).y} font-size={size.font * 0.85}>
                      {line.channel}
                    </text>
                  )}
                </g>
              );
            })}
          </g>
          {showFormal && (
            <g class="we-formal" aria-hidden="true">
              {drawing.formal.map(([boss, reporter]) => (
                <path key={`${boss} ${reporter}`} data-pair="" d={formalPath(places.get(boss), places.get(reporter), size.r)} />
              ))}
            </g>
          )}
          {areas.map((area) => (
            <g key={area.id} data-name={area.id} class="we-name" role="button" aria-pressed={selection.domain === area.id} tabIndex={area.id === stop.name ? 0 : -1} aria-label={t("Domain {domain}", { domain: area.label })} transform={`translate(${area.x.toFixed(1)} ${area.y.toFixed(1)})`} onFocus={focused("name", area.id)}>
              <text font-size={size.font * 1.1} text-anchor="middle">
                {area.label}
              </text>
            </g>
          ))}
          {drawing.actors.map((actor) => (
            <g key={actor.id} data-place={actor.id} class={`we-place we-${actor.kind}${chosen.has(actor.id) ? " we-on" : ""}${from === actor.id ? " we-from" : ""}`} role="button" aria-pressed={chosen.has(actor.id)} tabIndex={actor.id === stop.place ? 0 : -1} aria-label={placeWords(drawing, actor, linesOf.get(actor.id) ?? [])} transform={`translate(${actor.x.toFixed(1)} ${actor.y.toFixed(1)})`} onFocus={focused("place", actor.id)}>
              {actor.kind === "role" ? <rect x={-size.r * 0.88} y={-size.r * 0.88} width={size.r * 1.76} height={size.r * 1.76} rx={size.r * 0.3} stroke-width={size.r * 0.09} /> : <circle r={size.r} stroke-width={size.r * 0.09} stroke-dasharray={actor.kind === "audience" ? `${size.r * 0.16} ${size.r * 0.16}` : undefined} />}
              {rows(actor.label, letters).map((text, row) => (
                <text key={row} y={size.r + size.font * (1 + row * 1.1)} font-size={size.font} text-anchor="middle">
                  {text}
                </text>
              ))}
            </g>
          ))}
          {handle && (tool === "move" || tool === "lasso") && (
            <g class="we-handle" data-handle={handle.id} transform={`translate(${(handle.x + size.r * 0.95).toFixed(1)} ${(handle.y - size.r * 0.95).toFixed(1)})`} aria-hidden="true">
              <circle r={size.r * 0.42} />
              <path d={`M${-size.r * 0.2} 0H${size.r * 0.18}M${size.r * 0.02} ${-size.r * 0.16}L${size.r * 0.18} 0L${size.r * 0.02} ${size.r * 0.16}`} stroke-width={size.r * 0.08} />
            </g>
          )}
          <path class="we-rubber" hidden stroke-width={size.r * 0.12} />
          <rect class="we-lasso" hidden />
        </g>
      </svg>
      {naming && places.has(naming) && frame.width > 0 && <Naming key={naming} session={session} actor={places.get(naming)} view={() => parts.current.view} parts={parts} size={size} done={() => controls.focus(naming)} />}
      {!drawing.actors.length && <p class="we-nothing">{t("Add a team, a role or an audience with the buttons above; then draw lines between them: who tells whom.")}</p>}
    </div>
  );
}

/** The name of a place, typed where it stands. */
function Naming({ session, actor, view, parts, size, done }) {
  const input = useRef(null);
  const ended = useRef(false);
  useLayoutEffect(() => {
    const follow = () => {
      const { x, y, k } = view();
      input.current.style.left = `${actor.x * k + x}px`;
      input.current.style.top = `${(actor.y + size.r) * k + y}px`;
    };
    parts.current.follow = follow;
    follow();
    input.current.focus({ preventScroll: true });
    input.current.select();
    return () => {
      parts.current.follow = null;
    };
  }, []);
  const end = (keep) => {
    if (ended.current) return;
    ended.current = true;
    const { value } = input.current;
    session.set({ naming: null });
    if (keep) session.act({ do: "change", ids: [actor.id], fields: { label: value } });
  };
  const key = (event) => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    end(event.key === "Enter");
    done();
  };
  return <input ref={input} class="we-naming" type="text" maxLength={MOST.letters} aria-label={t("Name")} defaultValue={actor.label} onKeyDown={key} onBlur={() => end(true)} />;
}

/** The next or the previous of a list, round the corner. */
function stepIn(list, id, way) {
  const at = list.indexOf(id) + (way === "right" || way === "down" ? 1 : -1);
  return list[(at + list.length) % list.length];
}
