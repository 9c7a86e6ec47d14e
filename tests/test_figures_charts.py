"""Charts carry typed text as text only."""

from __future__ import annotations

from workshopkit.figures.charts import hears_and_heard


def test_bars_for_both_directions():
    figure = hears_and_heard(["A", "B"], [1, 0], [0, 1], "en")
    assert [list(bar.x) for bar in figure.data] == [[1, 0], [0, 1]]
    assert [bar.name for bar in figure.data] == ["hears directly from", "is heard by"]


def test_tags_in_labels_are_no_tags():
    text = hears_and_heard(["<a href='javascript:alert(1)'>x</a>"], [1], [0], "en").to_json()
    assert "<a" not in text
    assert "\\u003ca" not in text
