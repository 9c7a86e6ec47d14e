// What comes into the workshop from a file, and what is kept of it.
import { useState } from "preact/hooks";

import { t, tn } from "../i18n.js";

const PATIENCE_MS = 180_000;

/** Answers that were given before the workshop. What reads their file is loaded when somebody wants it. */
export function FromFile({ state, ask }) {
  const [loaded, setLoaded] = useState({ tries: 0 });
  const { tries, Dialog } = loaded;
  const told = state.import;
  const open = async () => {
    ask({ type: "import", do: "begin" });
    const [script, style] = document.querySelector("link[data-import]").dataset.import.split(" ");
    if (!tries) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
    try {
      // A browser remembers of an address that it did not load.
      setLoaded({ tries: tries + 1, ...(await import(tries ? `${script}&again=${tries}` : script)) });
    } catch {
      setLoaded({ tries: tries + 1 });
    }
  };
  return (
    <section class="card stack">
      <h2>{t("Lines from a file")}</h2>
      {told?.fault && !Dialog && (
        <p class="notice notice-bad" role="alert">
          {told.fault}
        </p>
      )}
      {state.imports?.map(({ batch, file, seats }) => (
        <p key={batch}>
          {tn("{file}, for {count} place", "{file}, for {count} places", seats, { file })}{" "}
          <button class="btn btn-quiet" aria-label={`${t("Take back")}: ${file}`} onClick={() => ask({ type: "import", do: "undo", batch })}>
            {t("Take back")}
          </button>
        </p>
      ))}
      {!state.closed && (
        <div class="buttons">
          <button class="btn" onClick={open}>
            {t("Read in lines")}
          </button>
        </div>
      )}
      {Dialog && told && <Dialog state={told} ask={ask} close={() => setLoaded({ tries })} />}
    </section>
  );
}

export function Keep({ state, add, links }) {
  const [making, setMaking] = useState("");
  const keep = async () => {
    if (making === "now") return;
    setMaking("now");
    try {
      const reply = await fetch(links.bundle, { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!reply.ok) throw new Error(`the bundle: ${reply.status}`);
      save(await reply.blob());
      setMaking("");
    } catch (fault) {
      console.warn("the bundle was not made", fault);
      setMaking("failed");
    }
  };
  return (
    <section class="card stack">
      <h2>{t("Keep")}</h2>
      <div class="buttons">
        <button class="btn" aria-disabled={making === "now"} onClick={keep}>
          {t("Save report and data")}
        </button>
      </div>
      <p role="status">{making === "now" && t("The report is being made. That takes some seconds.")}</p>
      {making === "failed" && (
        <p class="notice notice-bad" role="alert">
          {t("The report could not be made now. Nothing that was stored is lost. Try again.")}
        </p>
      )}
      <details>
        <summary>{t("End the workshop")}</summary>
        <p>{t("The phones say that it is over. Nothing can be answered any more; everything can be read.")}</p>
        <button class="btn btn-bad" disabled={state.closed} onClick={() => add("workshop.closed", {})}>
          {t("End the workshop")}
        </button>
      </details>
    </section>
  );
}

/** Hand a file to the browser, which puts it where downloads go. */
function save(blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "workshopkit-bundle.zip";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE_MS);
}
