// The widget manager of a door page: base widgets, our own views, and an error box for everything else.
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";

/** @typedef {(options: {model: any, el: HTMLElement}) => void} Render */

/** Widgets of the anywidget package; the string in _esm names a view that is in this bundle. */
class InBundleModel extends base.DOMWidgetModel {}

export class Manager extends ManagerBase {
  /** @param {any} kernel */
  constructor(kernel) {
    super();
    this.kernel = kernel;
    kernel.registerCommTarget(this.comm_target_name, (comm, message) =>
      this.handle_comm_open(new base.shims.services.Comm(comm), message),
    );
  }

  async loadClass(className, moduleName) {
    if (moduleName === "@jupyter-widgets/base") return base[className];
    if (moduleName === "anywidget") return className === "AnyModel" ? InBundleModel : base.DOMWidgetView;
    throw new Error(`This page has no widget ${className} of ${moduleName}`);
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new base.shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.status === "ok" ? reply.content.comms : {};
  }

  /** Load every widget of the kernel and give the one that the page shows. */
  async load(modelId) {
    await this._loadFromKernel();
    return this.get_model(modelId);
  }
}
