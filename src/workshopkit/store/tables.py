"""The tables of the store. A change here needs a step in ``migrations.py``."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, MetaData, String, Table, Text

__all__ = ["events", "meta", "metadata", "sessions", "snapshots", "tokens", "tries", "workshops"]

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

workshops = Table(
    "workshops",
    metadata,
    Column("id", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("lang", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("created", Float, nullable=False),
    Column("closed", Float),
    Column("expires", Float, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("workshop", String, nullable=False),
    Column("participant", String, nullable=False),
    Column("act", String),
    Column("kind", String, nullable=False),
    Column("payload", Text, nullable=False),
    Index("events_by_workshop", "workshop", "seq"),
    sqlite_autoincrement=True,  # a seq is never given twice, also after an erasure
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("workshop", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("payload", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String, primary_key=True),
    Column("workshop", String, nullable=False),
    Column("participant", String, nullable=False, index=True),
    Column("actor", String),
    Column("role", String, nullable=False),
    Column("lang", String, nullable=False),
    Column("ended", Float),
)

tokens = Table(
    "tokens",
    metadata,
    Column("hash", String, primary_key=True),
    Column("workshop", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("role", String, nullable=False),
    Column("participant", String, index=True),
    Column("actor", String),
    Column("expires", Float, nullable=False),
    Column("uses", Integer, nullable=False),
)

tries = Table(
    "tries",
    metadata,
    Column("key", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until", Float, nullable=False),
)
