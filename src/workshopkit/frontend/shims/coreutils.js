// What a line to a kernel uses of @jupyterlab/coreutils.
export { PageConfig } from "@jupyterlab/coreutils/lib/pageconfig";
export { URLExt } from "@jupyterlab/coreutils/lib/url";
