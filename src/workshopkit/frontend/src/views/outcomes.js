// How a line runs that its sender believed straight.
import { t } from "../i18n.js";

export const OUTCOMES = ["straight", "via", "heard_via_unknown", "did_not_arrive", "unknown"];

/** The names of how a line runs. */
export const outcomeName = (outcome) =>
  ({
    straight: t("runs straight"),
    via: t("could run by way of others"),
    heard_via_unknown: t("heard by another way"),
    did_not_arrive: t("did not arrive this time"),
    unknown: t("we cannot tell yet"),
  })[outcome];
