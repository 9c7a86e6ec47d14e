// The view of the big screen, which no phone loads; it brings its own words along.
import dutch from "virtual:messages-nl";

import { learn } from "./i18n.js";

export { Wall as wall } from "./views/wall.jsx";

learn(dutch);
