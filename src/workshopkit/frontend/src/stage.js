// The views of the facilitator's two pages, which no phone loads.
export { Cockpit as cockpit } from "./views/cockpit.jsx";
export { Wall as wall } from "./views/wall.jsx";
