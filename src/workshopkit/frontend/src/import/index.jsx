// Lines from a file: the dialog that the cockpit loads when it is wanted. Its words and all that there is to see come from
// the kernel, which reads the file; here it is only handed over, in pieces that the door lets through.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

// The door closes a line that says more than 40 things a second.
const PACE_MS = 30;
const PATIENCE_MS = 5_000;
const KINDS = ".csv,.tsv,.txt,.xlsx,.graphml,.gexf,.xml,.json,.zip";

export function Dialog({ state, ask, close }) {
  const { texts, file, fault, done, columns } = state;
  const dialog = useRef(null);
  const chosen = useRef(null);
  const say = (what, more) => ask({ type: "import", do: what, ...more });
  useLayoutEffect(() => dialog.current.showModal(), []);
  usePieces(chosen, state, say);

  const choose = ({ target }) => {
    const [given] = target.files;
    if (!given) return;
    chosen.current = given;
    say("file", { name: given.name, size: given.size });
  };
  // The same file may be chosen again, changed.
  const again = ({ target }) => (target.value = "");
  const closed = () => {
    if (done) say("close");
    close();
  };
  return (
    <dialog class="import stack" ref={dialog} aria-labelledby="import-title" onClose={closed}>
      <h2 id="import-title">{texts.title}</h2>
      <p class="muted">{texts.intro}</p>
      <label class="field">
        <span>{file ? texts.another : texts.choose}</span>
        <input type="file" accept={KINDS} aria-describedby="import-kinds" onClick={again} onChange={choose} />
        <small id="import-kinds" class="muted">
          {texts.kinds}
        </small>
      </label>
      {fault && (
        <p class="notice notice-bad" role="alert">
          {fault}
        </p>
      )}
      <p role="status" hidden={!done && (!file || Boolean(columns))}>
        {done || (file && !columns ? `${texts.busy} ${file.name}` : "")}
      </p>
      {columns && <Read state={state} say={say} />}
      <div class="buttons">
        {columns && (
          <button class="btn btn-primary" aria-disabled={!state.ready} onClick={() => state.ready && say("confirm")}>
            {texts.confirm}
          </button>
        )}
        <button class="btn" onClick={() => dialog.current.close()}>
          {texts.close}
        </button>
      </div>
    </dialog>
  );
}

/** Hand over the file that was chosen: a piece, and the next one when that has arrived. */
function usePieces(chosen, { file, chunk }, say) {
  const at = file && file.got < file.size ? file.got : null;
  useEffect(() => {
    if (at === null || !chosen.current) return undefined;
    let over = false;
    const send = async () => {
      const data = await base64(chosen.current.slice(at, at + chunk));
      if (!over && data) say("chunk", { at, data });
    };
    const first = setTimeout(send, PACE_MS);
    const again = setInterval(send, PATIENCE_MS); // the line may have been away
    return () => {
      over = true;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [at, file?.name, file?.size]);
}

/** @param {Blob} blob @returns {Promise<string>} nothing where it cannot be read any more */
function base64(blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1]);
    reader.onerror = () => resolve("");
    reader.readAsDataURL(blob);
  });
}

function Read({ state, say }) {
  const { texts, file, columns, fields, need, names, places, preview, told, repaired, refused } = state;
  return (
    <>
      <section class="stack">
        <h3>{`${file.name}: ${texts.columns}`}</h3>
        <ul class="import-rows">
          {columns.map(({ name, values, field }, column) => (
            <li key={column}>
              <label>
                <strong>{name || `${texts.column} ${column + 1}`}</strong>{" "}
                <span class="muted">{values.join(", ")}</span>
                <select value={field} onChange={({ target }) => say("column", { column, field: target.value })}>
                  {fields.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </label>
            </li>
          ))}
        </ul>
        {need && (
          <p class="notice" role="status">
            {need}
          </p>
        )}
      </section>
      {names?.length > 0 && (
        <section class="stack">
          <h3>{texts.names}</h3>
          <p class="muted">{texts.names_why}</p>
          <ul class="import-rows">
            {names.map(({ name, label, place, rows, guess }) => (
              <li key={name}>
                <label>
                  <strong>{label}</strong>{" "}
                  <span class="muted">{guess ? `${rows}, ${texts.guess}` : rows}</span>
                  <select value={place ?? ""} onChange={({ target }) => say("match", { name, place: target.value || null })}>
                    <option value="">{texts.leave}</option>
                    {places.map((one) => (
                      <option key={one.value} value={one.value}>
                        {one.label}
                      </option>
                    ))}
                  </select>
                </label>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Sentences title={texts.preview} said={preview} />
      <Sentences title={texts.told} said={told} live />
      <Sentences title={texts.repaired} said={repaired} />
      <Sentences title={texts.refused} said={refused} />
    </>
  );
}

function Sentences({ title, said, live }) {
  if (!said?.length) return null;
  return (
    <section class="stack" aria-live={live && "polite"}>
      <h3>{title}</h3>
      <ul class="import-said">
        {said.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
