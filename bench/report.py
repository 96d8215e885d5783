"""Results: a JSON file for comparing, tables for reading."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench import machine
from chatelet import __version__

RESULTS: Final = Path(__file__).parent / "results"
Figures = dict[str, Any]


def store(results: Figures) -> Path:
    """Write everything that was measured, with the machine, the version and the date."""
    RESULTS.mkdir(exist_ok=True)
    moment = datetime.now(UTC)
    file = RESULTS / f"{moment:%Y-%m-%dT%H%M%SZ}.json"
    head = {"version": __version__, "at": moment.isoformat(timespec="seconds"), "machine": machine.described()}
    file.write_text(json.dumps(head | results, indent=1, ensure_ascii=False) + "\n")
    return file


def load_table(rows: list[Figures]) -> str:
    """Return the ladder: one line for each number of streams."""
    heads = (
        "streams", "door", "complete", "first token p50/p95/p99 ms", "added p50/p95/p99 ms", "gap p95 ms (straight)",
        "web µs/token", "PostgreSQL µs/token", "web busy", "others on its core", "KB/stream", "idle MB", "title ms",
    )  # fmt: skip
    lines = [
        (
            row["streams"],
            row["door"],
            f"{row['complete']} {row['faults'] or ''}".strip(),
            _ranks(row["first_ms"]),
            _ranks(row["added_ms"]),
            f"{row['gap_ms']['p95']:.0f} ({row['gap_ms']['straight_p95']:.0f})",
            f"{row['web_us_per_token']:.1f}",
            f"{row['database_us_per_token']:.1f}",
            f"{row['web_busy']:.0%}",
            f"{max(row['others_on_service_core'], 0):.0%}",
            f"{row['memory_kb_per_stream']:.0f}",
            f"{row['idle_mb']:.0f}",
            row["title_ms"] if row["title_ms"] is not None else "—",
        )
        for row in rows
    ]
    return table(heads, lines)


def ceiling_line(told: Figures) -> str:
    """Say what the tools themselves cost."""
    model, client = told["us_per_token"]["model"], told["us_per_token"]["client"]
    return (
        f"Scripted server alone: {told['complete']} of {told['streams']} streams complete, {model} µs of CPU a token "
        f"(one core feeds {1e6 / max(model, 0.1) / 50:,.0f} streams of 50 tokens/s), client {client} µs; "
        f"wheel late by {told['model']['mean_late_ms']} ms on average, {told['model']['worst_late_ms']} at worst."
    )


def pages_table(rows: list[Figures]) -> str:
    """Return the pages: one line for each."""
    heads = ("page", "p50 ms", "p95 ms", "web CPU ms", "PostgreSQL CPU ms", "SQL", "KB", "machine busy before")
    lines = [
        (
            row["page"],
            f"{row['ms']['p50']:.1f}",
            f"{row['ms']['p95']:.1f}",
            f"{row['web_cpu_ms']:.1f}",
            f"{row['database_cpu_ms']:.1f}",
            row["sql"],
            f"{row['kilobytes']:.0f}",
            f"{row['busy_before']:.0%}",
        )
        for row in rows
    ]
    return table(heads, lines)


def cold_table(told: Figures) -> str:
    """Return the cold paths and the real model."""
    again = told["second_start"]
    lines: list[tuple[str, str, str]] = [
        ("chatelet --help", f"{told['help']['seconds']:.2f}", f"{told['help']['cpu_seconds']:.2f} of CPU"),
        ("first start, listening", f"{told['first_start']['seconds']:.2f}", "initdb and migrations included"),
        ("second start, listening", f"{again['listens_seconds']:.2f}", f"{again['cpu_seconds']:.2f} of CPU"),
        ("second start, ready", f"{again['ready_seconds']:.2f}", f"machine busy before: {again['busy_before']:.0%}"),
    ]
    if "first_token" in told:
        first = told["first_token"]
        lines.append((f"first token, {first['question_words']} words", f"{first['seconds']:.2f}", first["model"]))
        lines.append(
            ("  each time", " ".join(map(str, first["all_seconds"])), f"busy before: {first['busy_before']:.0%}")
        )
    return table(("cold path", "seconds (median)", ""), lines)


def table(heads: Sequence[object], lines: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table with even columns."""
    cells = [[str(cell) for cell in line] for line in (heads, *lines)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    told = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    return "\n".join([told[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *told[1:]])


def _ranks(values: dict[str, float]) -> str:
    return " / ".join(f"{values[rank]:.0f}" for rank in ("p50", "p95", "p99"))
