// The lines as their senders drew them, which bend by way of others or fade at one tap, and back at another.
import { useRef } from "preact/hooks";

import { t } from "../i18n.js";
import { useMoving } from "../moving.js";
import { isFar, Legend, Places, RegionNames, Regions, Twin } from "./map.jsx";
import { outcomeName, OUTCOMES } from "./outcomes.js";

/** A line `far` on its way from straight (0) to bent (1). */
export function pathAt(line, far) {
  const x = line.bx === null ? line.cx : line.cx + (line.bx - line.cx) * far;
  const y = line.by === null ? line.cy : line.cy + (line.by - line.cy) * far;
  return `M${line.x1} ${line.y1}Q${Math.round(x)} ${Math.round(y)} ${line.x2} ${line.y2}`;
}

export function BendView({ map, bent, light }) {
  const lines = useRef(null);
  useMoving(
    bent ? 1 : 0,
    (far) => {
      const paths = lines.current.querySelectorAll("path");
      map.lines.forEach((line, place) => paths[place]?.setAttribute("d", pathAt(line, far)));
    },
    map,
  );
  const shown = OUTCOMES.filter((outcome) => map.lines.some((line) => line.outcome === outcome));
  return (
    <figure class={bent ? "map bend bend-bent" : "map bend"}>
      <svg viewBox={`0 0 ${map.width} ${map.height}`} role="group" aria-label={bent ? t("This is how it arrives") : t("This is how we think it runs")}>
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
            <path
              key={`${line.source}>${line.target}`}
              class={`drawn drawn-${line.outcome}${isFar(light, line) ? " drawn-far" : ""}`}
              marker-end={`url(#end-${line.outcome})`}
            />
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
