// The pages without a kernel need no JavaScript; with it they get the theme button.
import { startTheme } from "./theme.js";

startTheme();
