// Two tiles in JupyterLab's launcher: the workshop's cockpit, and a workshop for who learns alone. So small that it is
// written by hand, as the container that JupyterLab's loader asks for: init() hears what is shared, get() gives the plugin.
(() => {
  const WORDS = {
    nl: { section: "Workshop", cockpit: "Regiescherm", learn: "Alleen oefenen" },
    en: { section: "Workshop", cockpit: "Cockpit", learn: "Learn alone" },
  };
  const PATHS = { cockpit: "workshop/cockpit-link", learn: "workshop/learn" };
  const TRANSLATION = "@jupyterlab/translation-extension:plugin";
  const drawn = (lines) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16"><g class="jp-icon3" stroke="#616161" fill="none" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${lines}</g></svg>`;
  // A map of three teams; one team and what it hears.
  const ICONS = {
    cockpit: drawn(
      '<circle cx="5" cy="6" r="3"/><circle cx="19" cy="9" r="3"/><circle cx="9" cy="19" r="3"/><path d="m8 6.6 8 1.8M8.4 16 6 9m5.5 8.3 5.6-6"/>',
    ),
    learn: drawn('<circle cx="12" cy="12" r="3"/><path d="m3 5 6 5M3 19l6-5m6-2h6m-3-3 3 3-3 3"/>'),
  };

  let shared = {};

  /** A module that JupyterLab shares, in whatever version it has. */
  async function module(name) {
    const [found] = Object.values(shared[name] ?? {});
    return found ? (await found.get())() : {};
  }

  /** The language of the interface; the browser's as long as nobody has chosen one for the interface. */
  async function words(translator, settings) {
    const chosen = await settings?.load(TRANSLATION).then(
      (found) => found.get("locale").user,
      () => undefined,
    );
    const lang = chosen && chosen !== "default" ? chosen : navigator.language;
    return WORDS[[translator?.languageCode ?? "", lang].some((one) => one.startsWith("nl")) ? "nl" : "en"];
  }

  async function plugin() {
    const [{ ILauncher }, { ITranslator }, { ISettingRegistry }, { PageConfig }, { LabIcon }] = await Promise.all(
      ["launcher", "translation", "settingregistry", "coreutils", "ui-components"].map((name) => module(`@jupyterlab/${name}`)),
    );
    return {
      id: "workshopkit:launcher",
      autoStart: true,
      optional: ILauncher ? [ILauncher, ITranslator, ISettingRegistry] : [],
      activate: async (app, launcher, translator, settings) => {
        if (!launcher) return;
        const said = await words(translator, settings);
        Object.entries(PATHS).forEach(([name, path], rank) => {
          const command = `workshopkit:${name}`;
          app.commands.addCommand(command, {
            label: said[name],
            icon: new LabIcon({ name: command, svgstr: ICONS[name] }),
            execute: () => void window.open(PageConfig.getBaseUrl() + path, "_blank"),
          });
          launcher.add({ command, category: said.section, rank });
        });
      },
    };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB.workshopkit = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
