"""A batch goes into the store in its order, or waits in its order."""

from __future__ import annotations

import pytest

from domain_helpers import payload
from workshopkit.errors import StoreFull
from workshopkit.i18n import N_
from workshopkit.panels.commit import Committer
from workshopkit.room.fold import fold
from workshopkit.store import open_store

FULL = N_("The disk with {name} is full. Make room; nothing that was stored is lost.")


@pytest.fixture
def store(tmp_path):
    made = open_store(f"sqlite:///{tmp_path / 'kit.db'}")
    yield made
    made.close()


def said(id_, to, answer="yes"):
    expected = "yes" if answer == "yes" else None
    return {
        "id": id_,
        "act": "lines",
        "kind": "told",
        "payload": {"to": to, "answer": answer, "expected": expected},
    }


def test_no_later_answer_overtakes_one_that_must_wait(store, monkeypatch):
    workshop = store.create_workshop(title="A try", lang="en", definition=payload(4)).id

    def append(id_, who, kind, **given):
        store.append(id=id_, workshop=workshop, participant=who, act="lines", kind=kind, payload=given)

    append("open", "lead", "act.opened", act="lines")
    append("taken", "somebody", "told", to="b", answer="yes", expected="yes")
    room = fold(store.events(workshop))
    committer = Committer(store, workshop, "me", "participant", "a", "en")
    batch = [said("first", "b"), said("taken", "c"), said("second", "d"), said("third", "d", "no")]
    real, tries = store.append, []

    def full_once(**event):
        tries.append(event["id"])
        if event["id"] == "second" and tries.count("second") == 1:
            raise StoreFull(FULL, name="kit.db")
        return real(**event)

    monkeypatch.setattr(store, "append", full_once)
    answers, _ = committer.commit(batch, room)
    assert {answer["id"]: answer["type"] for answer in answers} == {
        "first": "stored",
        "taken": "refused",
        "second": "waiting",
        "third": "waiting",
    }
    answers, _ = committer.commit([said("second", "d"), said("third", "d", "no")], room)
    assert [answer["type"] for answer in answers] == ["stored", "stored"]
    mine = store.events(workshop, participants=["me"])
    assert [event.id for event in mine] == ["first", "second", "third"]
