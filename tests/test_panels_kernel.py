"""A page in a real kernel: its first state, an answer to a tap, and a change that somebody else made."""

from __future__ import annotations

import json
import os
import queue
import time

import pytest
from jupyter_client.manager import start_new_kernel

from domain_helpers import payload
from workshopkit.store import open_store

WAIT_S = 60


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'room.db'}")
    yield opened
    opened.close()


@pytest.fixture
def workshop(store):
    return store.create_workshop(title="A try", lang="en", definition=payload(3)).id


@pytest.fixture
def kernel(store, workshop):
    session, _ = store.open_session(workshop, role="participant", actor="a", lang="en")
    say(store, workshop, session.participant, "joined", actor="a")
    say(store, workshop, "lead", "act.opened", act="lines")
    seat = {name: getattr(session, name) for name in ("workshop", "participant", "actor", "role", "lang")}
    environ = {
        **os.environ,
        "WORKSHOPKIT_DB": store.url,
        "WORKSHOPKIT_SESSION": json.dumps({**seat, "join_url": ""}),
    }
    manager, client = start_new_kernel(env=environ, startup_timeout=WAIT_S)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def say(store, workshop, who, kind, **given):
    store.append(
        id=f"{who}-{kind}-{given}", workshop=workshop, participant=who, act="lines", kind=kind, payload=given
    )


def until(client, wanted):
    """Give the first message on the kernel's output that is wanted."""
    limit = time.monotonic() + WAIT_S
    while time.monotonic() < limit:
        try:
            message = client.get_iopub_msg(timeout=1)
        except queue.Empty:
            continue
        assert message["msg_type"] != "error", message["content"]
        found = wanted(message)
        if found is not None:
            return found
    pytest.fail("waited in vain")


def opened(message):
    data = message["content"].get("data", {})
    state = data.get("state", {}) if message["msg_type"] == "comm_open" else {}
    return (message["content"]["comm_id"], state["state"]) if state.get("view") == "participant" else None


def custom(kind):
    def wanted(message):
        data = message["content"].get("data", {}) if message["msg_type"] == "comm_msg" else {}
        content = data.get("content", {}) if data.get("method") == "custom" else {}
        return content if content.get("type") == kind else None

    return wanted


def updated(message):
    data = message["content"].get("data", {}) if message["msg_type"] == "comm_msg" else {}
    return data.get("state", {}).get("state") if data.get("method") == "update" else None


def test_a_page_lives_in_its_kernel(kernel, store, workshop):
    kernel.execute("from workshopkit.panels import participant\nparticipant.show()")
    comm, state = until(kernel, opened)
    assert state["subject"] == "The desk closes"
    assert state["act"] == "lines"

    tap = {
        "id": "tap-1",
        "act": "lines",
        "kind": "told",
        "payload": {"to": "b", "answer": "yes", "expected": "yes"},
    }
    content = {"comm_id": comm, "data": {"method": "custom", "content": {"type": "events", "events": [tap]}}}
    kernel.shell_channel.send(kernel.session.msg("comm_msg", content))
    assert until(kernel, custom("stored"))["id"] == "tap-1"
    assert [event.id for event in store.events(workshop, kinds=["told"])] == ["tap-1"]
    assert set(until(kernel, custom("state"))["patch"]) == {"sheet"}

    say(store, workshop, "lead", "timer.set", seconds=60, at=1.0)
    last = until(kernel, custom("state"))
    assert last["patch"] == {"timer": {"seconds": 60, "at": 1.0}}

    # A browser that comes late asks for the widget's state, and finds what it missed.
    content = {"comm_id": comm, "data": {"method": "request_state"}}
    kernel.shell_channel.send(kernel.session.msg("comm_msg", content))
    late = until(kernel, updated)
    assert (late["timer"], set(late["sheet"]["told"]), late["seq"]) == (
        {"seconds": 60, "at": 1.0},
        {"b"},
        last["to_seq"],
    )
