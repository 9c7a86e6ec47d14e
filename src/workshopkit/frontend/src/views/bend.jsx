// The lines as their senders drew them, which bend by way of others or fade at one tap.
import { useLayoutEffect, useRef } from "preact/hooks";

import { t } from "../i18n.js";
import { Legend, Places, RegionNames, Regions, Twin } from "./map.jsx";

const BEND_MS = 1400;

/** The names of how a line runs. */
export const outcomeName = (outcome) =>
  ({
    straight: t("runs straight"),
    via: t("could run by way of others"),
    heard_via_unknown: t("heard by another way"),
    did_not_arrive: t("did not arrive this time"),
    unknown: t("we cannot tell yet"),
  })[outcome];

const OUTCOMES = ["straight", "via", "heard_via_unknown", "did_not_arrive", "unknown"];

/** A line `far` on its way from straight (0) to bent (1). */
export function pathAt(line, far) {
  const x = line.bx === null ? line.cx : line.cx + (line.bx - line.cx) * far;
  const y = line.by === null ? line.cy : line.cy + (line.by - line.cy) * far;
  return `M${line.x1} ${line.y1}Q${Math.round(x)} ${Math.round(y)} ${line.x2} ${line.y2}`;
}

const ease = (far) => far * far * (3 - 2 * far);

export function BendView({ map, bent }) {
  const lines = useRef(null);
  const far = useRef(bent ? 1 : 0);
  useLayoutEffect(() => {
    const paths = [...lines.current.querySelectorAll("path")];
    const set = (value) => {
      far.current = value;
      map.lines.forEach((line, place) => paths[place]?.setAttribute("d", pathAt(line, ease(value))));
    };
    const goal = bent ? 1 : 0;
    if (far.current === goal || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      set(goal);
      return undefined;
    }
    const start = performance.now();
    const from = far.current;
    let frame = requestAnimationFrame(function step(now) {
      const part = Math.min(1, (now - start) / BEND_MS);
      set(from + (goal - from) * part);
      if (part < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [map, bent]);

  const shown = OUTCOMES.filter((outcome) => map.lines.some((line) => line.outcome === outcome));
  return (
    <figure class={bent ? "map bend bend-bent" : "map bend"}>
      <svg viewBox={`0 0 ${map.width} ${map.height}`} role="group" aria-label={bent ? t("So it arrives") : t("So we think it runs")}>
        <defs>
          {OUTCOMES.map((outcome) => (
            <marker id={`end-${outcome}`} key={outcome} class={`end end-${outcome}`} viewBox="0 0 10 10" refX="8" refY="5" markerWidth="14" markerHeight="14" markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 0 10 5 0 10z" />
            </marker>
          ))}
        </defs>
        <Regions map={map} />
        <g ref={lines}>
          {map.lines.map((line) => (
            <path key={`${line.source}>${line.target}`} class={`drawn drawn-${line.outcome}`} marker-end={`url(#end-${line.outcome})`} />
          ))}
        </g>
        <RegionNames map={map} />
        <Places map={map} say={(node) => node.label} />
      </svg>
      {bent && <Legend entries={shown.map((outcome) => [`drawn drawn-${outcome}`, outcomeName(outcome)])} />}
      {bent && <Twin map={map} how={(line) => outcomeName(line.outcome)} />}
    </figure>
  );
}
