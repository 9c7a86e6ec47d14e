// The map in a notebook (anywidget).
import { h, render as draw } from "preact";

import { setLanguage } from "./i18n.js";
import { MapView } from "./views/map.jsx";

export default {
  render({ model, el }) {
    const show = () => {
      setLanguage(model.get("lang"));
      draw(h(MapView, { map: model.get("figure") }), el);
    };
    el.classList.add("workshopkit-map");
    model.on("change:figure", show);
    model.on("change:lang", show);
    show();
    return () => draw(null, el);
  },
};
