// The whole editor: tools above, the map or the list, what is selected beside it, and what just happened below.
import { useRef, useState } from "preact/hooks";

import { t } from "../i18n.js";
import { freeSpot } from "./geometry.js";
import { Inspector, Similar } from "./inspector.jsx";
import { List } from "./list.jsx";
import { ARRIVES, HEIGHT, KINDS, WIDTH } from "./model.js";
import { Stage } from "./stage.jsx";
import { arrivesName, kindName } from "./words.js";

const Tool = ({ on, label, children, ...props }) => (
  <button type="button" class="we-btn" aria-pressed={on} aria-label={label} title={label} {...props}>
    {children}
  </button>
);

export function Editor({ session, channels, showFormal, setFormal, similar, problem }) {
  const { state, drawing } = session;
  const { tool, list, mode, history, said } = state;
  const controls = useRef({});
  const [dismissed, setDismissed] = useState(new Set());
  const edits = mode === "all";
  const add = (kind) => {
    const size = controls.current.size?.() ?? { r: 40 };
    const near = list || !controls.current.centre ? { x: WIDTH / 2, y: HEIGHT / 2 } : controls.current.centre();
    const id = session.add(kind, freeSpot(drawing.actors, near, size.r));
    if (list) session.set({ naming: null, selection: { places: [], keys: [], domain: null }, lastAdded: id });
  };
  const take = (name) => () => session.setTool(tool === name && name !== "move" ? "move" : name);
  const key = (event) => {
    const command = event.ctrlKey || event.metaKey;
    const pressed = event.key.toLowerCase();
    if (pressed === "escape") session.leave();
    if (!command || (pressed !== "z" && pressed !== "y") || event.target.matches("input[type=text]")) return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed === "y" || event.shiftKey) session.redo();
    else session.undo();
  };
  return (
    <div class="we" onKeyDown={key} data-lm-suppress-shortcuts="true">
      <div class="we-bar" role="toolbar" aria-label={t("Tools of the map")}>
        <span class="we-group">
          <Tool on={!list} onClick={() => session.set({ list: false, naming: null })}>{t("Map")}</Tool>
          <Tool on={list} onClick={() => session.set({ list: true, naming: null, tool: "move", from: null })}>{t("List")}</Tool>
        </span>
        <span class="we-group">
          <Tool label={t("Undo")} disabled={!history.past.length} onClick={session.undo}>↶</Tool>
          <Tool label={t("Redo")} disabled={!history.future.length} onClick={session.redo}>↷</Tool>
        </span>
        {edits && (
          <span class="we-group">
            {KINDS.map((kind) => (
              <Tool key={kind} label={t("Add: {kind}", { kind: kindName(kind) })} onClick={() => add(kind)}>
                <i class={`we-icon we-icon-${kind}`} />
                {kindName(kind)}
              </Tool>
            ))}
            <Tool label={t("Add: {kind}", { kind: t("domain") })} onClick={() => session.addDomain()}>
              <i class="we-icon we-icon-domain" />
              {t("domain")}
            </Tool>
          </span>
        )}
        {!list && (
          <span class="we-group">
            <Tool on={tool === "move"} onClick={take("move")}>{edits ? t("Move") : t("Look")}</Tool>
            <Tool on={tool === "line"} onClick={take("line")}>{t("Draw a line")}</Tool>
            {edits && <Tool on={tool === "lasso"} onClick={take("lasso")}>{t("Frame")}</Tool>}
            {edits && (
              <Tool
                on={tool === "formal"}
                onClick={() => {
                  if (tool !== "formal" && !showFormal) setFormal(true);
                  take("formal")();
                }}
              >
                {t("Formal chart")}
              </Tool>
            )}
          </span>
        )}
        {!list && edits && (
          <span class="we-group">
            <Tool onClick={session.selectAll}>{t("Select all")}</Tool>
            <Tool onClick={() => controls.current.tidy()}>{t("Tidy up")}</Tool>
          </span>
        )}
        {!list && (
          <span class="we-group">
            <Tool label={t("Smaller")} onClick={() => controls.current.zoom(0.8)}>−</Tool>
            <Tool label={t("Larger")} onClick={() => controls.current.zoom(1.25)}>+</Tool>
            <Tool onClick={() => controls.current.fit()}>{t("Show all")}</Tool>
          </span>
        )}
      </div>
      {problem && (
        <p class="we-problem" role="alert">
          {problem}
        </p>
      )}
      <Similar session={session} pairs={similar} dismissed={dismissed} dismiss={(pair) => setDismissed(new Set([...dismissed, pair]))} />
      <div class={`we-body${list ? " we-listed" : ""}`}>
        {list ? <List session={session} channels={channels} add={add} /> : <Stage session={session} showFormal={showFormal} controls={controls.current} />}
        <Inspector session={session} channels={channels} />
      </div>
      {!list && <Legend showFormal={showFormal} setFormal={setFormal} hasFormal={drawing.formal.length > 0} edits={edits} />}
      <div class={said.text ? "we-foot we-told" : "we-foot"}>
        <p class="we-said" role="status">
          {said.text}
        </p>
        {said.undo && (
          <button type="button" class="we-btn" onClick={session.undo}>
            {t("Undo")}
          </button>
        )}
      </div>
    </div>
  );
}

const Legend = ({ showFormal, setFormal, hasFormal, edits }) => (
  <div class="we-legend">
    {ARRIVES.map((arrives) => (
      <span key={arrives}>
        <svg viewBox="0 0 46 12" aria-hidden="true">
          <g class={`we-line we-${arrives}`}>
            <path d="M2 6H44" stroke-width="3" />
          </g>
        </svg>
        {arrivesName(arrives)}
      </span>
    ))}
    {(hasFormal || edits) && (
      <label class="we-check">
        <input type="checkbox" checked={showFormal} onChange={({ target }) => setFormal(target.checked)} />
        <svg viewBox="0 0 46 12" aria-hidden="true">
          <g class="we-formal">
            <path d="M2 2V6H44V11" />
          </g>
        </svg>
        {t("Show the formal chart")}
      </label>
    )}
    <details>
      <summary>{t("With the keyboard")}</summary>
      <ul>
        <li>{t("Tab: to the places, the lines and the domains. Arrows: to the next one.")}</li>
        <li>{t("Enter: select. With Shift: select more. F2: rename. Delete: delete.")}</li>
        <li>{t("L: begin a line here; go to the other place and press Enter.")}</li>
        <li>{t("Shift and arrows: move a place. Ctrl and arrows: move the map. + − 0: larger, smaller, show all.")}</li>
        <li>{t("Ctrl+Z: undo. Ctrl+Shift+Z: redo. Ctrl+A: select all. Escape: let go.")}</li>
        <li>{t("The list does the same without the map.")}</li>
      </ul>
    </details>
  </div>
);
