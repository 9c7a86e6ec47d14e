// The view of the facilitator's page, which no phone and no big screen loads; it brings its own words along.
import dutch from "virtual:messages-nl";

import { learn } from "./i18n.js";

export { Cockpit as cockpit } from "./cockpit/index.jsx";

learn(dutch);
