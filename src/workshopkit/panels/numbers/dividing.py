"""Whether domains are silos: E-I beside chance."""

from __future__ import annotations

from workshopkit.analysis.findings import Findings
from workshopkit.figures import told
from workshopkit.i18n import N_, Translator
from workshopkit.panels.numbers.figure import Figure, Group, number

__all__ = ["DIVIDING"]

_VERDICTS = {
    "more_closed": N_("more inward than chance"),
    "as_chance": N_("not to be told from chance"),
    "more_open": N_("more outward than chance"),
}
_DEALT = {"all": N_("all {count} distinct ways"), "drawn": N_("{count} drawn ways")}


def _ei(found: Findings, t: Translator) -> str:
    silos = found.silos
    if silos.inside is None:
        return told.silo(found, t.lang)[0]
    inside, outside = silos.inside, silos.lines - silos.inside
    return f"E = {outside}, I = {inside}: ({outside} − {inside}) / ({outside} + {inside}) = {number(silos.ei, t.lang)}"


def _expected(found: Findings, t: Translator) -> str:
    sizes = found.silos.groups.values()
    if found.silos.expected is None:
        return ""
    n = sum(sizes)
    parts = " + ".join(f"{size}·{size - 1}" for size in sizes)
    return f"1 − 2 · ({parts}) / ({n}·{n - 1}) = {number(found.silos.expected, t.lang)}"


def _band(found: Findings, t: Translator) -> str:
    silos = found.silos
    if silos.inside_band is None or silos.method is None:
        return told.silo(found, t.lang)[0]
    low, high = silos.inside_band
    dealt = t(_DEALT[silos.method], count=silos.relabellings)
    return t(
        "{low} to {high} of the {lines} lines stay inside, over {dealt}.",
        low=low,
        high=high,
        lines=silos.lines,
        dealt=dealt,
    )


def _verdict(found: Findings, t: Translator) -> str:
    silos = found.silos
    if silos.band is None:
        return told.silo(found, t.lang)[0]
    said = t(
        "E–I is {ei}; chance gives {band}.", ei=number(silos.ei, t.lang), band=number(silos.band, t.lang)
    )
    if silos.busy_teams:
        said += " " + t(
            "If every team keeps as many lines as it has, it is gone: this may come from a few busy teams."
        )
    elif silos.busy_teams is False:
        said += " " + t("It stays when every team keeps as many lines as it has (199 rewired maps).")
    if silos.hangs_on:
        said += " " + t.n(
            "This hangs on {count} divided line.", "This hangs on {count} divided lines.", silos.hangs_on
        )
    return said


def _modularity(found: Findings, t: Translator) -> str:
    silos = found.silos
    if silos.inside is None or silos.modularity is None:
        return ""
    chance = silos.inside / silos.lines - silos.modularity
    return f"{silos.inside} / {silos.lines} − {number(chance, t.lang)} = {number(silos.modularity, t.lang)}"


DIVIDING = Group(
    N_("Are there silos?"),
    (
        Figure(
            N_("E–I index"),
            lambda found, _: found.silos.ei,
            N_(
                "(E − I)/(E + I): of the lived lines between teams, E run from one domain to another and I stay "
                "inside. "
                "From −1 (all inside) to 1 (all outside). Undefined without two domains. Krackhardt and Stern, 1988."
            ),
            "analysis.silos.find",
            _ei,
        ),
        Figure(
            N_("E–I expected by chance"),
            lambda found, _: found.silos.expected,
            N_(
                "1 − 2 Σ nᵢ(nᵢ−1) / n(n−1), with nᵢ the teams of a domain and n all teams: what E–I is on average "
                "if the "
                "same teams are dealt blindly over domains of the same sizes."
            ),
            "analysis.silos.expectation",
            _expected,
        ),
        Figure(
            N_("E–I by chance: from, to"),
            lambda found, _: found.silos.band,
            N_(
                "The map stays as it is and the domains are dealt out again, in all distinct ways up to 20 000, "
                "else 9 999 "
                "times. Below this range lie at most 2.5 % of them, above it as well. Undefined under 100 distinct "
                "ways "
                "or under 0.8 of the receivers."
            ),
            "analysis.silos.find",
            _band,
        ),
        Figure(
            N_("p, more inward"),
            lambda found, _: found.silos.p_low,
            N_("Share of those dealings that are at least as inward as the map is, from 0 to 1."),
            "analysis.silos.find",
        ),
        Figure(
            N_("p, more outward"),
            lambda found, _: found.silos.p_high,
            N_("Share of those dealings that are at least as outward as the map is, from 0 to 1."),
            "analysis.silos.find",
        ),
        Figure(
            N_("Verdict on silos"),
            lambda found, t: t(_VERDICTS[found.silos.verdict]) if found.silos.verdict else None,
            N_(
                "More inward if E–I lies below the range of chance, more outward if above it; on the edge it is "
                "chance. "
                "“Chance” never proves that there are no silos: with 12 teams only strong ones stand out."
            ),
            "analysis.silos.find",
            _verdict,
        ),
        Figure(
            N_("Modularity"),
            lambda found, _: found.silos.modularity,
            N_(
                "Q = share of lines inside domains − what the same loads would give by chance. It follows from E–I "
                "and "
                "the loads, so it is no second proof. Leicht and Newman, 2008."
            ),
            "analysis.silos.find",
            _modularity,
        ),
    ),
)
