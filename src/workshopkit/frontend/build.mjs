// Builds ../static: what browsers get, with the licences of what is inside. The same input gives the same bytes.
import { readFileSync, writeFileSync, existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import { po } from "gettext-parser";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "static");

/** The Dutch of the messages that a bundle uses; phones do not carry those of the editor. @param {(file: string) => boolean} uses */
const messages = (uses) => ({
  name: "messages",
  setup(setup) {
    setup.onResolve({ filter: /^virtual:messages-nl$/ }, () => ({ path: "nl", namespace: "messages" }));
    setup.onLoad({ filter: /.*/, namespace: "messages" }, () => {
      const { translations } = po.parse(readFileSync(join(here, "../i18n/nl.po")));
      const found = {};
      for (const [id, entry] of Object.entries(translations[""] ?? {})) {
        if (id && entry.comments?.reference?.split(/\s+/).some(uses)) {
          found[id] = entry.msgstr.length > 1 ? entry.msgstr : entry.msgstr[0];
        }
      }
      return { contents: JSON.stringify(found), loader: "json" };
    });
  },
});

/** Of packages that come as a whole, take what a line to a kernel uses. */
const lean = {
  name: "lean",
  setup(setup) {
    const shim = (name) => ({ path: join(here, "shims", name) });
    setup.onResolve({ filter: /^@jupyterlab\/coreutils$/ }, () => shim("coreutils.js"));
    setup.onResolve({ filter: /^\.\.$/ }, ({ importer }) => (/@jupyterlab\/services\/lib\/kernel\/[^/]+$/.test(importer) ? shim("services.js") : undefined));
  },
};

// Our pages use no jQuery, show no HTML and no views of widgets; what asks for these gets a stand-in.
const options = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  format: "esm",
  minify: true,
  target: ["es2022"],
  platform: "browser",
  mainFields: ["browser", "module", "main"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  metafile: true,
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  loader: { ".svg": "text", ".css": "empty" },
  alias: {
    ws: "./shims/empty.js",
    jquery: "./shims/empty.js",
    minimist: "./shims/empty.js",
    "sanitize-html": "./shims/sanitize-html.js",
    "@lumino/widgets": "./shims/lumino-widgets.js",
  },
  logLevel: "warning",
};
// A view that is loaded later brings its own words: phones do not carry them.
const within = (...parts) => (file) => parts.some((part) => file.startsWith(`frontend/src/${part}`));
const ofEditor = within("editor/");
const ofWall = within("views/wall.jsx", "views/scene.jsx");
const ofCockpit = within("cockpit/");
const ofRelay = within("relay/");
const ofMend = within("mend/");
const result = await build({
  ...options,
  entryPoints: { page: "src/page.js", door: "src/door.js", reader: "src/reader.js", drop: "src/drop.js", figure: "src/figure-widget.js" },
  plugins: [lean, messages((file) => file.startsWith("frontend/") && ![ofEditor, ofWall, ofCockpit, ofRelay, ofMend].some((uses) => uses(file)))],
});
// A notebook's map says little: the words of phones and big screen are not carried along.
const ofMap = (file) => file === "frontend/src/views/map.jsx";
const map = await build({ ...options, entryPoints: { map: "src/map-widget.js" }, plugins: [messages(ofMap)] });
const editor = await build({ ...options, entryPoints: { editor: "src/editor/index.js" }, plugins: [messages(ofEditor)] });
await build({
  absWorkingDir: here,
  stdin: { contents: '@import "./src/page.css"; @import "./src/map.css";', loader: "css", resolveDir: here },
  outfile: join(out, "page.css"),
  bundle: true,
  minify: true,
});
await build({ absWorkingDir: here, entryPoints: { map: "src/map.css", reader: "src/reader.css", drop: "src/drop.css", figure: "src/figure-widget.css", paper: "src/paper.css", editor: "src/editor/editor.css", import: "src/import/import.css", cockpit: "src/cockpit/cockpit.css" }, outdir: out, bundle: true, minify: true });

// The views of wall and cockpit, the cockpit's dialog, the figures, the break-through and a message on its way take from
// page.js, which is there before them, what both need; the last three bring their style sheet along.
const shared = (css) => ({
  name: "shared",
  setup(setup) {
    setup.onResolve({ filter: /^preact\/|\/(i18n\.js|lazy\.jsx)$/ }, ({ path }) => ({ path: /(i18n|lazy)\.jsx?$/.exec(path)?.[1] ?? path, namespace: "shared" }));
    setup.onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({ contents: `module.exports = globalThis.workshopkit[${JSON.stringify(path)}];` }));
    setup.onResolve({ filter: /^virtual:css$/ }, () => ({ path: css, namespace: "looks" }));
    setup.onLoad({ filter: /.*/, namespace: "looks" }, async () => {
      const { outputFiles } = await build({ absWorkingDir: here, entryPoints: [css], bundle: true, minify: true, write: false });
      return { contents: outputFiles[0].text.trim(), loader: "text" };
    });
  },
});
const later = (entryPoints, uses, css) =>
  build({
    absWorkingDir: here,
    entryPoints,
    outdir: out,
    bundle: true,
    format: "esm",
    minify: true,
    target: ["es2022"],
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    plugins: [shared(css), messages(uses)],
    logLevel: "warning",
  });
await later({ stage: "src/stage.js" }, ofWall);
await later({ cockpit: "src/cockpit.js" }, ofCockpit);
await later({ import: "src/import/index.jsx" }, () => false);
await later({ figures: "src/figures.js" }, () => false, "src/figures.css");
await later({ mend: "src/mend/index.js" }, ofMend, "src/mend/mend.css");
await later({ relay: "src/relay/index.js" }, ofRelay, "src/relay/relay.css");

const packages = new Set();
for (const input of Object.keys({ ...result.metafile.inputs, ...map.metafile.inputs, ...editor.metafile.inputs })) {
  const found = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) packages.add(input.slice(0, found.index + found[0].length - 1));
}
const licences = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
  const file = readdirSync(join(here, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(here, folder, file), "utf8").trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(join(out, "THIRD-PARTY.txt"), `What the built files of workshopkit contain of others.\n\n${licences.join(`\n${"-".repeat(78)}\n\n`)}`);

for (const file of ["page.js", "stage.js", "cockpit.js", "cockpit.css", "page.css", "door.js", "map.js", "map.css", "reader.js", "reader.css", "paper.css", "drop.js", "drop.css", "figure.js", "figure.css", "figures.js", "mend.js", "relay.js", "editor.js", "editor.css", "import.js", "import.css"]) {
  const content = readFileSync(join(out, file));
  console.log(`${file.padEnd(10)} ${content.length} bytes, ${gzipSync(content, { level: 9 }).length} gzipped`);
}
if (process.argv.includes("--why")) {
  const { inputs } = result.metafile.outputs[Object.keys(result.metafile.outputs).find((name) => name.endsWith("page.js"))];
  const sums = {};
  for (const [name, { bytesInOutput }] of Object.entries(inputs)) {
    const folder = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? "ours";
    sums[folder] = (sums[folder] ?? 0) + bytesInOutput;
  }
  console.table(Object.fromEntries(Object.entries(sums).sort(([, one], [, other]) => other - one).slice(0, 25)));
}
