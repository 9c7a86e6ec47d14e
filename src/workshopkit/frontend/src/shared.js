// What stage.js takes from page.js instead of bringing it along a second time; build.mjs does the taking.
import { Fragment, jsx, jsxs } from "preact/jsx-runtime";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { dateText, t, tn } from "./i18n.js";

globalThis.workshopkit = {
  "preact/jsx-runtime": { Fragment, jsx, jsxs },
  "preact/hooks": { useEffect, useLayoutEffect, useRef, useState },
  i18n: { dateText, t, tn },
};
