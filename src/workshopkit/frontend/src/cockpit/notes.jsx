// What the facilitator notes for later, moment by moment; no other page gets it.
import { useEffect, useRef, useState } from "preact/hooks";

import { t } from "../i18n.js";

const MOST = 2000; // as room/leading.py has it
const REST_MS = 1500;

export function Notes({ state, add }) {
  const { act = null, part = null } = state;
  const moment = `${act}/${part}`;
  const others = (state.notes ?? []).filter((one) => `${one.act}/${one.part}` !== moment);
  const here = (state.notes ?? []).find((one) => `${one.act}/${one.part}` === moment);
  return (
    <details>
      <summary>{t("My notes")}</summary>
      <div class="stack">
        <Field key={moment} kept={here?.text ?? ""} keep={(text) => add("note.written", { act, part, text })} />
        <p class="muted">{t("Only this cockpit shows them: no big screen, no phone, no report. No names of people.")}</p>
        {others.length > 0 && (
          <dl class="script">
            {others.map((one) => (
              <div key={`${one.act}/${one.part}`}>
                <dt>{one.label}</dt>
                <dd class="note">{one.text}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </details>
  );
}

/** A field that keeps what is in it when one rests, leaves it, or the room goes on. */
function Field({ kept, keep }) {
  const [text, setText] = useState(null);
  const mine = useRef({ text, kept, keep });
  mine.current = { text, kept, keep };
  const store = () => {
    const { text: typed, kept: before, keep: say } = mine.current;
    if (typed !== null && typed.trim() !== before) say(typed.trim());
  };
  useEffect(() => {
    if (text === null) return undefined;
    const id = setTimeout(store, REST_MS);
    return () => clearTimeout(id);
  }, [text]);
  useEffect(() => store, []);
  // What another page of the facilitator writes is shown once this one has been left.
  const leave = () => {
    store();
    setText(null);
  };
  return (
    <label class="field">
      <span>{t("At this moment")}</span>
      <textarea rows={3} maxLength={MOST} value={text ?? kept} onInput={(event) => setText(event.currentTarget.value)} onBlur={leave} />
    </label>
  );
}
