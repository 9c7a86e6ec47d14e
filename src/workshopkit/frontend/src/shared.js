// What stage.js, cockpit.js and figures.js take from page.js instead of bringing it along again; build.mjs does the taking.
import { Fragment, jsx, jsxs } from "preact/jsx-runtime";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { dateText, learn, t, tn } from "./i18n.js";
import { Figure, MendLead, MendWall, RelayLead, RelayWall } from "./lazy.jsx";

globalThis.workshopkit = {
  "preact/jsx-runtime": { Fragment, jsx, jsxs },
  "preact/hooks": { useEffect, useLayoutEffect, useRef, useState },
  i18n: { dateText, learn, t, tn },
  lazy: { Figure, MendLead, MendWall, RelayLead, RelayWall },
};
