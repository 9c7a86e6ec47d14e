// The chain of a message: a column a round, a circle a place. It travels: what is not there yet is not drawn.
import { t, tn } from "../i18n.js";
import { between, BOW, HEIGHT, layOut, RADIUS, ROOMY } from "./layout.js";

/** A line of more than one round goes round the places between. */
function bowed(from, end, rounds) {
  const up = end.y < from.y || (end.y === from.y && from.key % 2 === 0);
  const bow = rounds > 1 ? BOW * (up ? -1 : 1) : 0;
  return `M${from.x} ${from.y}Q${(from.x + end.x) / 2} ${(from.y + end.y) / 2 + bow} ${end.x} ${end.y}`;
}

/** @param {{message: any, at: number, rounds: number, lang: string}} props */
export function Chain({ message, at, rounds, lang }) {
  const { nodes, place, width, row } = layOut(message.links, rounds);
  const radius = Math.min(RADIUS, row * 0.4);
  const beside = row < ROOMY;
  const there = nodes.filter(({ round }) => round <= at + 1e-9);
  const coming = nodes.filter(({ round, from }) => from !== null && round > at && round - 1 < at);
  const far = at % 1;
  const words = message.links.map(({ label, round, hop, count }) =>
    t("{place}: round {round}, step {hop}, {count} of 5 facts", { place: label ?? t("a place"), round, hop, count }),
  );
  const what = message.isThought ? t("This is how we think it runs") : message.title[lang];
  const title = tn("{title}: {count} place", "{title}: {count} places", there.length - 1, { title: what });
  return (
    <figure class={message.isThought ? "relay-chain relay-thought" : "relay-chain"}>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`${title}. ${words.join("; ")}`}>
        {[...there, ...coming].map((node) => {
          const from = place[node.from];
          if (!from) return null;
          const end = node.round <= at + 1e-9 ? node : between(from, node, far);
          return <path key={`line ${node.key}`} d={bowed(from, end, node.round - from.round)} />;
        })}
        {coming.map((node) => {
          const { x, y } = between(place[node.from], node, far);
          return <circle key={`dot ${node.key}`} class="relay-dot" cx={x} cy={y} r="9" />;
        })}
        {there.map((node) => (
          <g key={node.key} class={message.isThought ? "relay-node" : `relay-node relay-facts-${node.count}`}>
            <circle cx={node.x} cy={node.y} r={radius} />
            <text class="relay-hop" x={node.x} y={node.y + radius * 0.35} style={{ fontSize: `${radius}px` }}>
              {node.hop}
            </text>
            {!message.isThought && (
              <text class={beside ? "relay-label relay-beside" : "relay-label"} x={beside ? node.x + radius + 5 : node.x} y={beside ? node.y - radius * 0.3 : node.y + radius + 19}>
                {[node.label, `${node.count}/5`].filter(Boolean).join(" · ")}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}
