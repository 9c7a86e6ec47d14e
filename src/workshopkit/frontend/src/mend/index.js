// The break-through, on phone, wall and cockpit: with its looks and its own words, loaded when the room comes to it.
import dutch from "virtual:messages-nl";
import looks from "virtual:css";

import { learn } from "../i18n.js";

learn(dutch);
const sheet = new CSSStyleSheet();
sheet.replaceSync(looks);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export { MendLead } from "./lead.jsx";
export { MendPhone } from "./phone.jsx";
export { MendWall } from "./wall.jsx";
