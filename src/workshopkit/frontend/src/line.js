// A page's line to its kernel. It is opened once; when it closes or falls silent it is over, and the page opens another
// one. The library would open it again by itself, but gives up after a while, and never notices a network that has gone.
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";

import { Manager } from "./manager.js";

const OPEN_MS = 10_000;
const BEAT_MS = 4_000;
const SILENT_MS = 10_000;

export class Line {
  /** @param {{baseUrl: string, kernelId: string}} config */
  constructor({ baseUrl, kernelId }) {
    const base = new URL(baseUrl, location.href).href;
    this.isOpen = false;
    /** @type {Promise<void>} */
    this.over = new Promise((resolve) => {
      this.end = () => {
        this.isOpen = false;
        resolve();
      };
    });
    this.kernel = new KernelConnection({
      model: { id: kernelId, name: "python3" },
      serverSettings: ServerConnection.makeSettings({
        baseUrl: base,
        wsUrl: base.replace(/^http/, "ws"),
        appendToken: false,
      }),
      // Asked only about a socket that did not open: whether the kernel lives, the page asks the door itself.
      kernelAPIClient: { getModel: async () => ({ execution_state: "dead" }) },
      commsOverSubshells: "disabled",
      handleComms: true,
    });
    this.kernel.connectionStatusChanged.connect((_, status) => status === "connected" || this.end());
    this.kernel.statusChanged.connect((_, status) => /dead|restarting/.test(status) && this.end());
    this.asked = 0;
    this.kernel.anyMessage.connect((_, { direction }) => {
      if (direction === "recv") this.asked = 0;
    });
  }

  /**
   * Load the page's widget and begin to listen to it.
   * @param {string} modelId
   * @param {(message: any) => void} heard
   * @returns {Promise<any>} the widget's state
   */
  async open(modelId, heard) {
    const late = setTimeout(this.end, OPEN_MS);
    const failed = this.over.then(() => Promise.reject(new Error("the line did not open")));
    try {
      this.model = await Promise.race([new Manager(this.kernel).load(modelId), failed]);
    } finally {
      clearTimeout(late);
      failed.catch(() => {});
    }
    this.model.on("msg:custom", heard);
    this.isOpen = true;
    this.beat = setInterval(() => this.check(), BEAT_MS);
    return this.model.get("state");
  }

  /** Ask for a sign of life, and end a line that has not given one. */
  check() {
    if (!this.asked) {
      this.asked = Date.now();
      this.kernel.requestKernelInfo().catch(this.end);
    } else if (Date.now() - this.asked > SILENT_MS) {
      this.end();
    }
  }

  /** @param {object} message */
  send(message) {
    if (!this.isOpen) return false;
    this.model.send(message);
    return true;
  }

  close() {
    this.end();
    clearInterval(this.beat);
    this.kernel.dispose();
  }
}
