"""The arithmetic of docs/operate/sizing.md, from measured figures: `python -m bench.sizing [--people 1000 …]`.

Nothing here is measured: `Measured` holds what `make bench` saw (bench/README.md) and `Habits` what people are taken to do.
Put your own in, and the table is yours.
"""

import argparse
import math
from dataclasses import dataclass

from bench.report import table


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one core of the machine of bench/README.md."""

    web_us_per_token: float = 51.0  # 500 streams, web process
    database_us_per_token: float = 28.0  # the same, PostgreSQL
    streams_per_worker: int = 500  # shown complete, added first token 30 ms at the 95th percentile
    page_ms: float = 12.0  # a conversation opened, 100,000 persons: web and PostgreSQL
    idle_mb: float = 128.0
    kb_per_stream: float = 50.0
    bytes_per_message: float = 1_900.0  # a gigabyte of database for so many messages, indexes included
    pool: int = 10  # settings: database.pool_size, as many again under pressure


@dataclass(frozen=True, slots=True)
class Habits:
    """What people do at the peak of a morning."""

    streaming_share: float = 0.02  # of all people: an answer being written for them, at that instant
    tokens_per_second: float = 50.0
    pages_per_person_hour: float = 6.0
    questions_per_person_day: float = 8.0
    days: int = 220
    most_busy: float = 0.6  # of a core, beyond which first words are late


@dataclass(frozen=True, slots=True)
class Size:
    """What so many people need."""

    people: int
    streams: int
    web_cores: float
    workers: int
    database_cores: float
    memory_gb: float
    connections: int
    gigabytes_a_year: float
    model_tokens_per_second: int


def size(people: int, measured: Measured = Measured(), habits: Habits = Habits()) -> Size:
    """Return what `people` need at the peak."""
    streams = math.ceil(people * habits.streaming_share)
    tokens = streams * habits.tokens_per_second
    pages = people * habits.pages_per_person_hour / 3600
    web = tokens * measured.web_us_per_token / 1e6 + pages * measured.page_ms / 1e3
    workers = max(2, math.ceil(web / habits.most_busy), math.ceil(streams / measured.streams_per_worker))
    memory = workers * measured.idle_mb / 1e3 + streams * measured.kb_per_stream / 1e6
    return Size(
        people=people,
        streams=streams,
        web_cores=round(web, 2),
        workers=workers,
        database_cores=round(tokens * measured.database_us_per_token / 1e6 / habits.most_busy, 2),
        memory_gb=round(memory, 1),
        connections=workers * (2 * measured.pool + 2),
        gigabytes_a_year=round(
            people * habits.questions_per_person_day * 2 * habits.days * measured.bytes_per_message / 1e9, 1
        ),
        model_tokens_per_second=int(tokens),
    )


def told(people: list[int]) -> str:
    """Return the table of the page."""
    heads = (
        "people", "answers streaming", "web, cores of work", "web processes", "PostgreSQL, cores", "memory of the web, GB",
        "connections at most", "database a year, GB", "models, tokens/s",
    )  # fmt: skip
    sizes = [size(count) for count in people]
    rows = [
        (
            f"{one.people:,}", f"{one.streams:,}", one.web_cores, one.workers, one.database_cores, one.memory_gb,
            one.connections, f"{one.gigabytes_a_year:,}", f"{one.model_tokens_per_second:,}",
        )
        for one in sizes
    ]  # fmt: skip
    return table(heads, rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What so many people need, from measured figures")
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    print(told(parser.parse_args().people))
