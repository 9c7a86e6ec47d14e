// The map, drawn from the description that Python makes: regions, places, and a curve for every line.
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { t } from "../i18n.js";

export const STATES = ["confirmed", "heard_not_claimed", "heard_via", "sent_not_heard", "divided", "unanswered"];

/** The names of the states, as room and report use them. */
export const stateName = (state) =>
  ({
    confirmed: t("arrives"),
    heard_via: t("heard by way of another"),
    sent_not_heard: t("told, not heard"),
    heard_not_claimed: t("heard, not named"),
    divided: t("answers are divided"),
    unanswered: t("not answered yet"),
    absent: t("no line"),
  })[state];

const keyOf = ({ source, target }) => `${source}>${target}`;

/** Whether a line stays in the background while a sentence about others is read. */
export const isFar = (light, line) => Boolean(light?.lines) && !light.lines.includes(keyOf(line));

/** Let lines that were not there before appear slowly; the first ones stand there at once. */
function useAppearing(group, lines) {
  const before = useRef(null);
  useLayoutEffect(() => {
    const keys = lines.map(keyOf);
    if (before.current) keys.forEach((key, place) => before.current.has(key) || group.current?.children[place]?.classList.add("line-new"));
    before.current = new Set(keys);
  }, [lines]);
}

export const pathOf = (line) => `M${line.x1} ${line.y1}Q${line.cx} ${line.cy} ${line.x2} ${line.y2}`;

/** A place and its lines in words, for those who hear the map. */
export function wordsOf(map, node, labels) {
  const said = [];
  for (const [way, here, there] of [
    [t("to"), "source", "target"],
    [t("from"), "target", "source"],
  ]) {
    for (const state of STATES) {
      const others = map.lines.filter((line) => line[here] === node.id && line.state === state).map((line) => labels[line[there]]);
      if (others.length) said.push(`${way} ${others.join(", ")}: ${stateName(state)}`);
    }
  }
  return `${node.label}. ${said.join("; ") || stateName("absent")}.`;
}

/** The regions of the domains; their names stand above the lines. */
export const Regions = ({ map }) =>
  map.domains.map((domain) => <rect key={domain.id} class="region" x={domain.left} y={domain.top} width={domain.width} height={domain.height} rx="24" />);

export const RegionNames = ({ map }) =>
  map.domains.map((domain) => (
    <text key={domain.id} class="region-name" x={domain.x} y={domain.y}>
      {domain.label}
    </text>
  ));

/**
 * @param {object} props
 * @param {any} props.map
 * @param {(node: any) => string} props.say what is told of a place to those who hear the map
 * @param {string[]} [props.lit] the places that a sentence is about
 * @param {(id: string | null) => void} [props.onFocus]
 */
export const Places = ({ map, say, lit = [], onFocus = () => {} }) =>
  map.nodes.map((node) => (
    <g
      key={node.id}
      class={`node node-${node.kind}${lit.includes(node.id) ? " node-lit" : ""}`}
      tabIndex={0}
      role="img"
      aria-label={say(node)}
      onFocus={() => onFocus(node.id)}
      onBlur={() => onFocus(null)}
      onMouseEnter={() => onFocus(node.id)}
      onMouseLeave={() => onFocus(null)}
    >
      <circle cx={node.x} cy={node.y} r={node.r} />
      {node.rows.map((text, row) => (
        <text key={row} x={node.x} y={node.label_y + row * node.font * 1.1} font-size={node.font} text-anchor="middle">
          {text}
        </text>
      ))}
    </g>
  ));

/** Which stroke means what. */
export const Legend = ({ entries }) => (
  <ul class="legend">
    {entries.map(([stroke, text]) => (
      <li key={stroke}>
        <svg viewBox="0 0 60 14" aria-hidden="true">
          <path class={stroke} d="M2 7H58" />
        </svg>
        {text}
      </li>
    ))}
  </ul>
);

/** The lines as a table, for who cannot see the map. */
export function Twin({ map, how }) {
  const labels = Object.fromEntries(map.nodes.map((node) => [node.id, node.label]));
  return (
    <details>
      <summary>{t("The same as a list")}</summary>
      <table aria-label={t("The same as a list")}>
        <thead>
          <tr>
            <th scope="col">{t("from")}</th>
            <th scope="col">{t("to")}</th>
            <th scope="col">{t("how it came")}</th>
          </tr>
        </thead>
        <tbody>
          {map.lines.map((line) => (
            <tr key={`${line.source}>${line.target}`}>
              <td>{labels[line.source]}</td>
              <td>{labels[line.target]}</td>
              <td>{how(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export function MapView({ map, lit, light }) {
  const [focus, setFocus] = useState(null);
  const group = useRef(null);
  useAppearing(group, map?.lines ?? []);
  if (!map) return null;
  const labels = Object.fromEntries(map.nodes.map((node) => [node.id, node.label]));
  const isAway = (line) => (focus ? line.source !== focus && line.target !== focus : isFar(light, line));
  const shown = STATES.filter((state) => map.lines.some((line) => line.state === state));
  return (
    <figure class="map">
      <svg viewBox={`0 0 ${map.width} ${map.height}`} role="group" aria-label={t("The map of lines")}>
        <defs>
          {STATES.map((state) => (
            <marker id={`tip-${state}`} key={state} class={`tip tip-${state}`} viewBox="0 0 10 10" refX="8" refY="5" markerWidth="14" markerHeight="14" markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 0 10 5 0 10z" />
            </marker>
          ))}
        </defs>
        <Regions map={map} />
        <g ref={group}>
          {map.lines.map((line) => (
            <path key={keyOf(line)} class={`line line-${line.state}${isAway(line) ? " line-far" : ""}`} d={pathOf(line)} marker-end={`url(#tip-${line.state})`} />
          ))}
        </g>
        <RegionNames map={map} />
        <Places map={map} lit={light?.places ?? lit} say={(node) => wordsOf(map, node, labels)} onFocus={setFocus} />
      </svg>
      <Legend entries={shown.map((state) => [`line line-${state}`, stateName(state)])} />
      <Twin map={map} how={(line) => stateName(line.state)} />
    </figure>
  );
}
