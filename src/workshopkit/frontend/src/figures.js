// The figures of the reveal, with their looks: a piece that phone and wall get when the first of them is shown.
import looks from "virtual:css";

const sheet = new CSSStyleSheet();
sheet.replaceSync(looks);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export { Figure } from "./views/figure.jsx";
