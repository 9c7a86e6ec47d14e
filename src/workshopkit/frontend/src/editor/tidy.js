// Put the places in order: what is joined lies near, domains lie apart, and what a person placed stays where it is.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

import { HEIGHT, WIDTH } from "./model.js";

const STEPS = 130;

/**
 * @param {any} drawing
 * @param {{r: number, pad: number}} size
 * @returns {{step: () => Record<string, {x: number, y: number}> | null}} one step at a time; null when it is done
 */
export function arrange(drawing, { r, pad }) {
  const edge = r * 2.4;
  const anchors = homes(drawing);
  const nodes = drawing.actors.map((actor, index) => ({ id: actor.id, ...start(actor, index), ...(actor.placed && { fx: actor.x, fy: actor.y }), home: anchors(actor) }));
  const links = drawing.lines.map(({ source, target, strength }) => ({ source, target, strength }));
  const room = Math.sqrt((WIDTH * HEIGHT) / Math.max(nodes.length, 1));
  const degree = new Map();
  for (const { source, target } of links) for (const id of [source, target]) degree.set(id, (degree.get(id) ?? 0) + 1);
  const grouped = drawing.domains.length > 0;
  const simulation = forceSimulation(nodes)
    .force("lines", forceLink(links).id((node) => node.id).distance(room * 0.75).strength((link) => (grouped ? 0.06 : 0.7) / Math.min(degree.get(link.source.id), degree.get(link.target.id))))
    .force("apart", forceManyBody().strength(-room * 1.6).distanceMax(room * 6))
    .force("room", forceCollide(Math.min(r + pad * 0.62, room * 0.48)).iterations(2))
    .force("x", forceX((node) => node.home.x).strength((node) => node.home.pull))
    .force("y", forceY((node) => node.home.y).strength((node) => node.home.pull * (node.home.x > WIDTH * 0.9 ? 0.2 : 1.2)))
    .alphaDecay(1 - 0.002 ** (1 / STEPS))
    .stop();
  let left = STEPS;
  return {
    step() {
      if (!left) return null;
      left -= 1;
      simulation.tick();
      const found = {};
      for (const node of nodes) {
        if (node.fx === undefined) {
          node.x = Math.min(Math.max(node.x, edge), WIDTH - edge);
          node.y = Math.min(Math.max(node.y, edge), HEIGHT - edge * 1.3);
          found[node.id] = { x: node.x, y: node.y };
        }
      }
      return found;
    },
  };
}

/** Where places belong: domains in a ring around the middle, audiences to the right, the rest in the middle. */
function homes(drawing) {
  const used = drawing.domains.filter((domain) => drawing.actors.some((actor) => actor.domain === domain.id));
  const audiences = drawing.actors.some((actor) => actor.kind === "audience" && !actor.domain);
  const wide = audiences && used.length ? WIDTH * 0.82 : WIDTH;
  const columns = used.length === 3 ? 3 : Math.ceil(Math.sqrt(used.length));
  const lines = Math.ceil(used.length / Math.max(columns, 1));
  const spots = new Map(
    used.map((domain, index) => {
      const row = Math.floor(index / columns);
      const inRow = Math.min(columns, used.length - row * columns);
      return [domain.id, { x: ((index % columns) + 0.5) * (wide / inRow), y: (row + 0.5) * (HEIGHT / lines), pull: 0.22 }];
    }),
  );
  const middle = { x: wide / 2, y: HEIGHT / 2, pull: 0.05 };
  const right = { x: WIDTH * 0.93, y: HEIGHT / 2, pull: 0.2 };
  return (actor) => spots.get(actor.domain) ?? (actor.kind === "audience" && used.length ? right : middle);
}

/** Two places on one spot would never part by the same force: each begins a hair aside. */
const start = ({ x, y }, index) => ({ x: x + Math.sin(index * 2.4), y: y + Math.cos(index * 2.4) });
