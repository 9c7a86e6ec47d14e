"""What a map costs by its size, and the ratio to networkx: ``python benchmarks/measures.py [SIZES…] [--svg FILE]``.

A size is ACTORS:LINES. Each is read by ``workshopkit analyse`` as a process of its own, start included; seconds and
megabytes are plotted against the number of lines. The ratio to networkx is measured at 1 000 actors, on `NAMED`.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np

from workshopkit.analysis import arrival, brokers, circles, cores, roles
from workshopkit.network.network import Network

SIZES = ("200:4000", "1000:25000", "10000:100000")
GROUPS, AUDIENCES = 40, 20
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
            begun = time.perf_counter()
            child = os.posix_spawn(
                sys.executable, call, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)]
            )
            _, status, used = os.wait4(child, 0)
            seconds = time.perf_counter() - begun
        if status:
            sys.exit(f"analyse failed at {actors} actors")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


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


def plot(found: list[tuple[int, float, float]], file: Path) -> None:
    """Draw seconds and megabytes against lines, all on scales of tens."""
    wide, high, edge = 640, 320, 56
    low, top = math.log10(found[0][0]), math.log10(found[-1][0])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="13">'
    ]
    parts.append(f'<rect width="{wide}" height="{high}" fill="white"/>')
    for row, (name, unit, colour) in enumerate((("time", "s", "#0b5cad"), ("memory", "MB", "#b34700"))):
        values = [one[row + 1] for one in found]
        least, most = math.log10(min(values)) - 0.2, math.log10(max(values)) + 0.2
        points = [
            (
                edge + (math.log10(one[0]) - low) / max(top - low, 1e-9) * (wide - 2 * edge),
                high - edge - (math.log10(value) - least) / (most - least) * (high - 2 * edge),
                value,
            )
            for one, value in zip(found, values, strict=True)
        ]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in points)
        dash = ' stroke-dasharray="6 4"' if row else ""
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        parts += [
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{colour}"/><text x="{x:.0f}" y="{y - 9 + 28 * row:.0f}" '
            f'text-anchor="middle" fill="{colour}">{value:.3g} {unit}</text>'
            for x, y, value in points
        ]
        parts.append(f'<text x="{edge}" y="{20 + 18 * row}" fill="{colour}">{name} ({unit})</text>')
    for lines, *_ in found:
        x = edge + (math.log10(lines) - low) / max(top - low, 1e-9) * (wide - 2 * edge)
        parts.append(f'<text x="{x:.0f}" y="{high - 18}" text-anchor="middle">{lines} lines</text>')
    file.write_text("\n".join([*parts, "</svg>\n"]), encoding="utf-8")


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
