"""What a map costs by its size, and the ratio to networkx: ``python benchmarks/measures.py [SIZES…] [--svg FILE]``.

A size is ACTORS:LINES. Each is read by ``workshopkit analyse`` as a process of its own, start included; seconds and
megabytes are plotted against the number of lines. The ratio to networkx is measured at 1 000 actors, on `NAMED`.
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import memory
import networkx as nx
import numpy as np
import psutil

from workshopkit.analysis import arrival, brokers, circles, cores, roles
from workshopkit.network.network import Network

SIZES = ("200:4000", "1000:25000", "10000:100000")
GROUPS, AUDIENCES = 40, 20
_LOOKED = 20  # times what a look at the memory takes lie between two of them
# Of these both programs give the same numbers.
NAMED = ("betweenness", "effective size", "coreness", "reachable pairs", "two-way pairs", "components")


def planted(actors: int, lines: int, groups: int = GROUPS) -> list[tuple[str, str]]:
    """Draw a map on which seven in ten lines stay inside a group."""
    rng = np.random.default_rng(1)
    found = np.empty((0, 2), dtype=np.int64)
    while len(found) < lines:
        source = rng.integers(actors, size=lines)
        same = source % groups + groups * rng.integers(actors // groups, size=lines)
        target = np.where(rng.random(lines) < 0.7, same, rng.integers(actors, size=lines))
        rows = np.stack((source, target), axis=1)
        found = np.unique(np.concatenate((found, rows[source != target])), axis=0)
    return [(f"a{a}", f"a{b}") for a, b in rng.permutation(found)[:lines].tolist()]


def written(folder: Path, actors: int, rows: list[tuple[str, str]]) -> tuple[Path, Path]:
    """Write a map as files in which both sides speak, so that chances have to be drawn."""
    rng = np.random.default_rng(2)
    lines, places = folder / "lines.csv", folder / "actors.csv"
    with lines.open("w") as file:
        file.write("source,target,perspective\n")
        for (source, target), sends, hears in zip(rows, *rng.random((2, len(rows))), strict=True):
            file.write(f"{source},{target},sender\n" if sends < 0.85 else "")
            file.write(f"{source},{target},receiver\n" if hears < 0.9 else "")
    with places.open("w") as file:
        file.write("actor,group,kind,voice\n")
        file.writelines(f"a{p},,audience,own\n" for p in range(AUDIENCES))
        file.writelines(f"a{p},g{p % GROUPS},team,own\n" for p in range(AUDIENCES, actors))
    return lines, places


def whole(actors: int, lines: int) -> tuple[float, float, float]:
    """Give seconds on the clock, seconds of the processor, and megabytes of one whole command."""
    with tempfile.TemporaryDirectory() as name:
        files = written(Path(name), actors, planted(actors, lines))
        call = [
            sys.executable,
            "-c",
            "from workshopkit.cli import main; main()",
            "analyse",
            str(files[0]),
            "--actors",
            str(files[1]),
            "--json",
        ]
        with (Path(name) / "out.json").open("w") as out:
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            child, most = psutil.Popen(call, stdout=out), 0.0
            while child.poll() is None:
                look = time.perf_counter()
                most = max(most, _together(child))
                time.sleep(_LOOKED * (time.perf_counter() - look))
            seconds, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        if child.returncode:
            sys.exit(f"analyse failed at {actors} actors")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, processor, most


def _together(parent: psutil.Process) -> float:
    """Give what a process and those that it forked off hold, as shares, which may be added up."""
    with suppress(OSError, psutil.Error):
        return sum(memory.of(one.pid).share for one in (parent, *parent.children()))
    return 0.0


def timed(measure: Callable[[], object]) -> float:
    begun = time.perf_counter()
    measure()
    return time.perf_counter() - begun


def beside(actors: int = 1_000, lines: int = 25_000) -> None:
    """Print what the named measures take here and in networkx."""
    rows = planted(actors, lines)
    graph = nx.DiGraph(rows)
    ties = graph.to_undirected()
    theirs: dict[str, Callable[[], object]] = {
        "betweenness": lambda: nx.betweenness_centrality(graph, normalized=False),
        "effective size": lambda: nx.effective_size(ties),
        "coreness": lambda: nx.core_number(ties),
        "reachable pairs": lambda: sum(len(nx.descendants(graph, one)) for one in graph),
        "two-way pairs": lambda: nx.overall_reciprocity(graph),
        "components": lambda: list(nx.strongly_connected_components(graph)),
    }
    ours: dict[str, Callable[[Network], object]] = {
        "betweenness": brokers.betweenness,
        "effective size": brokers.effective_size,
        "coreness": cores.coreness,
        "reachable pairs": arrival.rate,
        "two-way pairs": circles.two_way,
        "components": circles.reach.components,
    }
    brokers.betweenness(Network.from_edges(["ab"]))  # imports are in the whole command, and not here
    cores.coreness(Network.from_edges(["ab"]))
    sums = [0.0, 0.0]
    print(f"{'':18}{'here':>10}{'networkx':>10}{'ratio':>8}   at {actors} actors, {lines} lines")
    for name in NAMED:
        net = Network.from_edges(rows)
        here, there = timed(lambda net=net, name=name: ours[name](net)), timed(theirs[name])  # type: ignore[misc]
        sums = [sums[0] + here, sums[1] + there]
        print(f"{name:18}{here:10.4f}{there:10.4f}{there / here:8.1f}")
    print(f"{'sum':18}{sums[0]:10.4f}{sums[1]:10.4f}{sums[1] / sums[0]:8.1f}")
    print(f"roles, of which networkx has none: {timed(lambda: roles.find(Network.from_edges(rows))):.3f} s")


WIDE, HIGH, LEFT, RIGHT, GAP = 640, 200, 64, 40, 48


def plot(found: list[tuple[int, float, float]], file: Path) -> None:
    """Draw seconds and, below, megabytes against the number of lines, all on scales of tens."""
    sizes = [lines for lines, *_ in found]
    box = f'viewBox="0 0 {WIDE} {2 * HIGH + 56}" font-family="sans-serif" font-size="13"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        "<style>.grid{stroke:#d9d9d9}.words{fill:#333}</style>",
        f'<rect width="{WIDE}" height="{2 * HIGH + 56}" fill="white"/>',
    ]
    panels = (("Time of the whole command (s)", "#0b5cad"), ("Most memory (MB)", "#b34700"))
    for row, (title, colour) in enumerate(panels):
        parts += _panel(sizes, [one[row + 1] for one in found], title, colour, HIGH * row)
    parts += [
        f'<text class="words" x="{_across(lines, sizes):.0f}" y="{2 * HIGH + 20}" text-anchor="middle">'
        f"{_number(lines)}</text>"
        for lines in sizes
    ]
    parts.append(
        f'<text class="words" x="{WIDE / 2}" y="{2 * HIGH + 44}" text-anchor="middle">lines on the map</text>'
    )
    file.write_text("\n".join([*parts, "</svg>\n"]), encoding="utf-8")


def _panel(sizes: list[int], values: list[float], title: str, colour: str, top: int) -> Iterator[str]:
    """Give one measure, each value at its point, between whole powers of ten."""
    least, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 1e-9)
    most = max(most, least + 1)

    def height(value: float) -> float:
        share = (math.log10(value) - least) / (most - least)
        return top + HIGH - share * (HIGH - GAP)

    yield f'<text x="{LEFT}" y="{top + 34}" fill="{colour}" font-weight="bold">{title}</text>'
    for power in range(least, most + 1):
        y = height(10.0**power)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="words" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_number(10.0**power)}</text>'
    points = [(_across(lines, sizes), height(value)) for lines, value in zip(sizes, values, strict=True)]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for (x, y), value in zip(points, values, strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
        # Beside the line, which climbs to the right, and on white, so that no line crosses it.
        yield (
            f'<text x="{x - 9:.1f}" y="{y - 7:.1f}" text-anchor="end" fill="{colour}" stroke="white" '
            f'stroke-width="4" paint-order="stroke">{_number(value)}</text>'
        )


def _across(lines: int, sizes: list[int]) -> float:
    low, top = math.log10(sizes[0]), math.log10(sizes[-1])
    return LEFT + 48 + (math.log10(lines) - low) / max(top - low, 1e-9) * (WIDE - LEFT - RIGHT - 68)


def _number(value: float) -> str:
    """Give a number to two digits at least, with thin spaces between thousands."""
    return f"{value:,.0f}".replace(",", "\u2009") if value >= 10 else f"{value:.2g}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", default=SIZES, metavar="ACTORS:LINES")
    asked.add_argument("--svg", type=Path, help="where to draw the cost against the size")
    given = asked.parse_args()
    found = []
    for size in given.sizes:
        actors, lines = map(int, size.split(":"))
        seconds, processor, megabytes = whole(actors, lines)
        print(
            f"{actors:8} actors {lines:9} lines: {seconds:7.2f} s ({processor:.2f} s of processor), {megabytes:6.0f} MB"
        )
        found.append((lines, seconds, megabytes))
    if given.svg:
        plot(found, given.svg)
    beside()


if __name__ == "__main__":
    main()
