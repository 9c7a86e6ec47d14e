"""What a rehearsal showed, in words for people and as figures for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workshopkit.bots.asked import Asked
from workshopkit.bots.rehearsal import Outcome
from workshopkit.bots.tally import Spread
from workshopkit.i18n import N_, Translator
from workshopkit.panels.script import BLOCK_NAMES

__all__ = ["figures", "lines"]

_BEFELL: Mapping[str, str] = {
    "lost": N_("connection lost {count}×"),
    "reloaded": N_("reloaded {count}×"),
    "crashed": N_("crashed {count}×"),
    "locked": N_("locked {count}×"),
    "vanished": N_("away for long {count}×"),
}


def lines(t: Translator, outcome: Outcome) -> Iterator[str]:
    """Give the report, line by line."""
    rows = list(_rows(t, outcome))
    width = max(len(label) for label, _ in rows)
    yield ""
    for label, said in rows:
        yield f"{label:{width}}  {said}"
    if outcome.asked:
        yield ""
        yield t("What each part asked of a phone, reading and talk included:")
        yield from _asked(t, outcome.asked)
    yield ""
    if outcome.is_good:
        yield t("Nothing was lost and nothing doubled.") if outcome.kept else t("Every answer was confirmed.")
    else:
        yield t("Not all went well:")
        yield from (f"  {fault}" for fault in _faults(t, outcome))


def _rows(t: Translator, outcome: Outcome) -> Iterator[tuple[str, str]]:
    tally = outcome.tally
    early = t("stopped before the end")
    yield (
        t("Rehearsed"),
        t(
            "{phones} phones at {places} places, {minutes} min {seconds} s",
            phones=outcome.phones,
            places=outcome.places,
            minutes=int(outcome.took_s // 60),
            seconds=int(outcome.took_s % 60),
        )
        + ("" if outcome.finished else f" ({early})"),
    )
    yield (
        t("Joining"),
        t(
            "{joined} of {phones}, {rate} a second",
            joined=len(tally.joins),
            phones=outcome.phones,
            rate=_decimal(t, tally.joins_a_second),
        )
        + _after(t, tally.join_s),
    )
    said = t("{sent} sent, {stored} stored", sent=len(tally.taps), stored=len(tally.stored))
    if tally.again:
        said += ", " + t("{again} of them sent again after a lost connection", again=tally.again)
    yield t("Answers"), said
    yield t("Tap to stored"), _spread(t, tally.stored_s)
    yield t("Tap to big screen"), _spread(t, tally.wall_s)
    if tally.befell:
        befell = ", ".join(
            t(text, count=tally.befell[kind]) for kind, text in _BEFELL.items() if tally.befell[kind]
        )
        yield t("Mishaps"), befell
        yield t("Back again"), _spread(t, Spread.of(tally.away_s))
    if outcome.burden.known:
        yield (
            t("The room"),
            t(
                "{memory} MB at most; {average} processors busy on average, {most} at most",
                memory=round(outcome.burden.most_mb),
                average=_decimal(t, outcome.burden.processor),
                most=_decimal(t, outcome.burden.busiest),
            ),
        )


def _asked(t: Translator, found: Sequence[Asked]) -> Iterator[str]:
    labels = [t(BLOCK_NAMES[one.block]) for one in found]
    width = max(len(label) for label in labels)
    for label, one in zip(labels, found, strict=True):
        said = t(
            "half within {median} min, the slowest {longest}, of the {plan} min that the plan has; taps: {taps}",
            median=_decimal(t, one.seconds.median / 60),
            longest=_decimal(t, one.seconds.longest / 60),
            plan=one.minutes,
            taps=round(one.taps.median),
        )
        yield f"  {label:{width}}  {said}"


def _faults(t: Translator, outcome: Outcome) -> Iterator[str]:
    tally, kept = outcome.tally, outcome.kept
    told = [
        (outcome.missing, N_("Phones that did not get in: {count}.")),
        (outcome.away, N_("Phones that did not come back, or still wait for an answer: {count}.")),
        (tally.unanswered, N_("Answers of which nothing was heard: {count}.")),
        (kept.lost if kept else 0, N_("Answers that were confirmed and are not in the store: {count}.")),
        (kept.unknown if kept else 0, N_("Answers in the store that no phone sent: {count}.")),
    ]
    for count, sentence in told:
        if count:
            yield t(sentence, count=count)
    for fault, count in tally.faults.items():
        yield f"{fault} ({count}×)"


def _after(t: Translator, spread: Spread | None) -> str:
    return f"; {_spread(t, spread)}" if spread else ""


def _spread(t: Translator, spread: Spread | None) -> str:
    if spread is None:
        return t("not measured")
    return t(
        "half within {median}, 95 in 100 within {p95}, {longest} at most",
        median=_seconds(t, spread.median),
        p95=_seconds(t, spread.p95),
        longest=_seconds(t, spread.longest),
    )


def _seconds(t: Translator, seconds: float) -> str:
    return f"{round(1000 * seconds)} ms" if seconds < 1 else f"{_decimal(t, seconds)} s"


def _decimal(t: Translator, number: float) -> str:
    text = f"{number:.1f}"
    return text.replace(".", ",") if t.lang == "nl" else text


def figures(outcome: Outcome) -> dict[str, Any]:
    """Give the same as numbers; times in seconds, memory in millions of bytes."""
    tally, kept, burden = outcome.tally, outcome.kept, outcome.burden
    return {
        "phones": outcome.phones,
        "places": outcome.places,
        "took_s": round(outcome.took_s, 1),
        "finished": outcome.finished,
        "good": outcome.is_good,
        "joined": len(tally.joins),
        "joins_a_second": round(tally.joins_a_second, 2),
        "join_s": _numbers(tally.join_s),
        "sent": len(tally.taps),
        "confirmed": len(tally.stored),
        "sent_again": tally.again,
        "unanswered": tally.unanswered,
        "refused": dict(tally.refused),
        "in_store": kept.stored if kept else None,
        "lost": kept.lost if kept else None,
        "unknown": kept.unknown if kept else None,
        "stored_s": _numbers(tally.stored_s),
        "wall_s": _numbers(tally.wall_s),
        "befell": dict(tally.befell),
        "back_s": _numbers(Spread.of(tally.away_s)),
        "not_back": outcome.away,
        "faults": dict(tally.faults),
        "asked": [
            {
                "part": one.block,
                "plan_s": 60 * one.minutes,
                "seconds": _numbers(one.seconds),
                "taps": _numbers(one.taps),
            }
            for one in outcome.asked
        ],
        "memory_mb": round(burden.most_mb, 1) if burden.known else None,
        "processors": round(burden.processor, 3) if burden.known else None,
        "processors_most": round(burden.busiest, 3) if burden.known else None,
    }


def _numbers(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    names = ("median", "p95", "longest")
    return {"count": spread.count, **{name: round(getattr(spread, name), 4) for name in names}}
