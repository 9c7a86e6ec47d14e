// A message on its way, on phone and wall: with its looks and its own words, loaded when the room comes to it.
import dutch from "virtual:messages-nl";
import looks from "virtual:css";

import { learn } from "../i18n.js";

learn(dutch);
const sheet = new CSSStyleSheet();
sheet.replaceSync(looks);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export { RelayLead } from "./lead.jsx";
export { RelayPhone } from "./phone.jsx";
export { RelayWall } from "./wall.jsx";
