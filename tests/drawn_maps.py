"""Drawn maps for tests: any that hypothesis thinks of, and a small one to look at by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from workshopkit.network.actors import Actor, Domain
from workshopkit.network.drawn import ARRIVES, STRENGTHS, Drawn, DrawnLine, Spot

_LABELS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=12).map(
    str.strip
)
_AT = st.floats(-1e6, 1e6)


def drawing(**more):
    """Give a drawing of three teams in two domains and an audience, as the editor would."""
    actors = [
        {
            "id": "a",
            "label": "Board",
            "kind": "team",
            "domain": "n",
            "voice": "own",
            "x": 1,
            "y": 2,
            "placed": True,
        },
        {"id": "b", "label": "Desk", "kind": "team", "domain": "n", "voice": "own"},
        {"id": "c", "label": "Post", "kind": "role", "domain": "s", "voice": "own"},
        {"id": "t", "label": "Residents", "kind": "audience", "domain": None, "voice": "none"},
    ]
    domains = [{"id": "n", "label": "North"}, {"id": "s", "label": "South"}]
    lines = [{"source": "a", "target": "b"}, {"source": "a", "target": "c", "via": ["b"]}]
    return {"actors": actors, "domains": domains, "lines": lines, "formal": [["a", "b"]], **more}


@st.composite
def drawn_maps(draw):
    """Give any drawing that is without faults."""
    labels = draw(st.lists(_LABELS.filter(bool), max_size=6, unique_by=str.casefold))
    domains = tuple(Domain(f"d{at}", f"D{at}") for at in range(draw(st.integers(0, 3))))
    homes = st.sampled_from([None, *(one.id for one in domains)])
    actors = []
    for at, label in enumerate(labels):
        kind = draw(st.sampled_from(["team", "role", "audience"]))
        voice = draw(st.sampled_from(["own", "proxy", "none"])) if kind == "audience" else "own"
        actors.append(Actor(f"p{at}", label, kind, None if kind == "audience" else draw(homes), voice))
    ids = [one.id for one in actors]
    pairs = [(one, other) for one in ids for other in ids if one != other]
    lines = [
        DrawnLine(
            *pair,
            draw(st.sampled_from(["", "mail", "talk; now"])),
            draw(st.sampled_from(STRENGTHS)),
            draw(st.sampled_from(ARRIVES)),
            tuple(draw(st.lists(st.sampled_from(others), max_size=2))) if others else (),
        )
        for pair in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8) if pairs else st.just([]))
        if (others := [id for id in ids if id not in pair]) or True
    ]
    inside = [one.id for one in actors if one.kind != "audience"]
    # Whoever reports does so to somebody before it: no loop, and one boss.
    chart = [
        (draw(st.sampled_from(inside[:at])), inside[at])
        for at in range(1, len(inside))
        if draw(st.booleans())
    ]
    spots = tuple(Spot(draw(_AT), draw(_AT), draw(st.booleans())) for _ in actors)
    return Drawn(tuple(actors), spots, domains, tuple(lines), tuple(chart))
