// What a line to a kernel uses of @jupyterlab/services: not its files, sessions, terminals, settings and workspaces.
export { CommsOverSubshells } from "@jupyterlab/services/lib/kernel/comm";
export { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
