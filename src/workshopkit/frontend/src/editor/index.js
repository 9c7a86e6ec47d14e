// The map editor in a notebook (anywidget): the traits on one side, one person's session on the other.
import { h, render as draw } from "preact";

import { keepFocus } from "../focus.js";
import { setLanguage } from "../i18n.js";
import { Editor } from "./editor.jsx";
import { createSession } from "./session.js";
import { words } from "./words.js";

export default {
  render({ model, el }) {
    setLanguage(model.get("lang"));
    const keep = (name, value) => {
      model.set(name, value);
      model.save_changes();
    };
    const session = createSession({ drawing: model.get("drawing"), mode: model.get("mode"), words, save: (drawing) => keep("drawing", drawing) });
    const show = () => {
      setLanguage(model.get("lang"));
      el.lang = model.get("lang");
      const traits = { channels: model.get("channels"), showFormal: model.get("show_formal"), similar: model.get("similar"), problem: model.get("problem") };
      draw(h(Editor, { session, ...traits, setFormal: (shown) => keep("show_formal", shown) }), el);
    };
    const heard = {
      "change:drawing": () => session.adopt(model.get("drawing")),
      "change:mode": () => session.set({ mode: model.get("mode"), tool: "move", from: null, naming: null }),
      ...Object.fromEntries(["lang", "channels", "show_formal", "similar", "problem"].map((name) => [`change:${name}`, show])),
    };
    el.classList.add("workshopkit-editor");
    keepFocus(el);
    const leave = session.subscribe(show);
    for (const [name, listener] of Object.entries(heard)) model.on(name, listener);
    show();
    return () => {
      leave();
      for (const [name, listener] of Object.entries(heard)) model.off(name, listener);
      draw(null, el);
    };
  },
};
