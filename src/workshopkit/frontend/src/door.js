// The pages without a kernel need no JavaScript; with it they get the theme button, and hear when everybody is called back.
import { listen } from "./called.js";
import { startTheme } from "./theme.js";

startTheme();
listen();
