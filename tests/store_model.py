"""What a store of events comes down to: a dictionary that keeps its order, and a set of what is closed."""

from __future__ import annotations

from hypothesis import strategies as st

from store_helpers import event
from workshopkit.errors import RefusedEvent, WorkshopClosed

STEP = st.tuples(
    st.sampled_from(["append", "append", "append", "twice", "changed", "many", "many broken", "close"]),
    st.integers(0, 1),  # by which connection
    st.integers(0, 1),  # to which workshop
    st.integers(0, 9),  # which of the earlier events is meant
)


class Model:
    """Does what `Store` promises of append and close, in memory."""

    def __init__(self):
        self.events = {}
        self.closed = set()

    def close_workshop(self, workshop):
        self.closed.add(workshop)

    def append_many(self, batch):
        """Give the place of each event and whether it was new, as a store gives its ``seq``."""
        after, answers = dict(self.events), []
        for one in batch:
            new = one["id"] not in after
            if new and one["workshop"] in self.closed:
                raise WorkshopClosed("closed")
            if after.setdefault(one["id"], one) != one:
                raise RefusedEvent("other content")
            answers.append((list(after).index(one["id"]), new))
        self.events = after
        return answers

    def said(self, workshop):
        return [id for id, one in self.events.items() if one["workshop"] == workshop]


class Writer:
    """Turns steps into calls, the same ones for store and model."""

    def __init__(self, homes):
        self._homes = homes
        self._made = []

    def _fresh(self, where):
        number = len(self._made)
        self._made.append(event(f"{self._homes[0]}-{number}", self._homes[where], payload={"n": number}))
        return self._made[-1]

    def call(self, what, where, pick):
        """Give a function that takes the step on a store, and gives its answer or the kind of its error."""
        if what == "close":
            return lambda store: store.close_workshop(self._homes[where])
        old = self._made[pick % len(self._made)] if self._made else self._fresh(where)
        changed = {**old, "payload": {"n": "changed"}}
        batch = {
            "append": lambda: [self._fresh(where)],
            "twice": lambda: [old],
            "changed": lambda: [changed],
            "many": lambda: [self._fresh(where), old, self._fresh(1 - where)],
            "many broken": lambda: [self._fresh(where), old, changed],
        }[what]()

        def run(store):
            try:
                return store.append_many(batch)
            except (RefusedEvent, WorkshopClosed) as error:
                return type(error)

        return run


def same(answer, expected, order):
    """Tell whether a store answered as the model did, when ``order`` lists the numbers given out so far."""
    if not isinstance(answer, list):
        return answer == expected
    return [(order.index(seq), new) for seq, new in answer] == expected
