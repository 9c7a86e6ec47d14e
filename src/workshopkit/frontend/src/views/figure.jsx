// A figure, drawn from the description that Python makes: shapes whose roles the style sheet knows, and the same in words.
import { t } from "../i18n.js";

/** One shape; texts are moved by a transform, so that a style sheet can let them glide. */
function Shape({ shape: { kind: Kind, role, at, text, tip }, isFar }) {
  const { x, y, ...rest } = at;
  const geometry = Kind === "text" ? { ...rest, transform: `translate(${x} ${y})` } : at;
  return (
    <Kind class={isFar ? `r-${role} far` : `r-${role}`} {...geometry}>
      {text}
      {tip && <title>{tip}</title>}
    </Kind>
  );
}

/** @param {any[]} shapes @param {string[]} [about] what stays bright; all when left out */
const drawn = (shapes, about) =>
  shapes.map((shape, place) => <Shape key={shape.key ?? place} shape={shape} isFar={about && shape.about && !about.includes(shape.about)} />);

/** What is drawn, with what its shapes mean; `light` says what a sentence is about. */
export const FigureShape = ({ figure, light }) =>
  figure.shapes.length > 0 && (
    <figure class="figure">
      <svg class="shapes" viewBox={`0 0 ${figure.width} ${figure.height}`} role="img" aria-label={`${figure.title}. ${figure.sentences.join(" ")}`}>
        {drawn(figure.shapes, light?.about)}
      </svg>
      {figure.legend.length > 0 && (
        <ul class="legend">
          {figure.legend.map((entry) => (
            <li key={entry.text}>
              <svg viewBox="0 0 120 40" aria-hidden="true">
                {drawn(entry.shapes)}
              </svg>
              {entry.text}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );

/** The numbers of a figure, for who cannot see it or wants them; `name` is what opens them. */
export const FigureTable = ({ table: { columns, rows }, name }) =>
  rows.length > 0 && (
    <details>
      <summary>{name}</summary>
      <table aria-label={name}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );

/** A figure with its table, on a page that reads its sentences one by one. */
export const Figure = ({ figure, light }) => (
  <>
    <FigureShape figure={figure} light={light} />
    <FigureTable table={figure.table} name={t("The same as a list")} />
  </>
);

/** A figure with its sentences and its table. */
export const FigureView = ({ figure, name }) => (
  <>
    <FigureShape figure={figure} />
    <ul class="figure-said">
      {figure.sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
    <FigureTable table={figure.table} name={name} />
  </>
);
