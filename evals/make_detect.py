"""Writes the sets of evals/detect again: `python -m evals.make_detect`. Seeded: the same files each time."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from evals.annotated import record, records
from evals.detect import making
from evals.detect.secret_lines import secret_records

FOLDER = Path(__file__).parent / "detect"
_FIELD = re.compile(r"\{(\w+)\}")
_EACH = 8


def main() -> None:
    """Write the four files."""
    maker = making.Maker(20261122)
    _write("pii", [*_written("pii", maker), *_pii(maker)])
    _write("markings", _written("markings", maker))
    _write("injection", _written("injection", maker))
    _write("secrets", secret_records(maker), hidden=True)


def _write(name: str, lines: list[dict[str, object]], *, hidden: bool = False) -> None:
    """Write JSON lines; keys with one character escaped, so that no scanner of repositories takes them for real."""
    written = []
    for line in lines:
        text = json.dumps(line, ensure_ascii=False)
        if hidden:
            text = re.sub(r"[_.\-/](?=\w{6})", lambda found: f"\\u{ord(found[0]):04x}", text)
            text = re.sub(
                r"(?<=[A-Z]{2})[A-Z](?=[A-Z0-9]{10})|(?<=eyJ)\w|(?<=AIz)a",
                lambda found: f"\\u{ord(found[0]):04x}",
                text,
            )
        written.append(text)
    (FOLDER / f"{name}.jsonl").write_text("\n".join(written) + "\n", "utf-8")
    print(name, len(lines))


def _written(name: str, maker: making.Maker) -> list[dict[str, object]]:
    """Return the paragraphs, then the lines that were written when these had been learnt."""
    made = list(records(FOLDER / "written" / f"{name}.txt", makers(maker)))
    return made + [{**one, "id": f"line-{one['id']}"} for one in records(FOLDER / "written" / f"{name}_lines.txt", {})]


def makers(maker: making.Maker) -> dict[str, Callable[[], str]]:
    """Return what makes the values of `@sort`."""
    return {"nir": maker.nir, "iban": maker.iban, "card": maker.card, "siret": maker.siret, "siren": maker.siren}


def _pii(maker: making.Maker) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for number, line in enumerate((FOLDER / "pii_templates.txt").read_text("utf-8").splitlines()):
        template = line.removeprefix("-- ").replace("\\n", "\n").replace("\\u00a0", "\u00a0")
        for turn in range(_EACH):
            marked = _FIELD.sub(lambda found: _value(maker, found[1]), template)
            if line.startswith("-- "):
                marked = re.sub(r"\[\[health\|(.*?)\]\]", r"\1", marked)
            made.append(record(f"made-{number:03}-{turn}", marked, {}))
    return made


def _value(maker: making.Maker, field: str) -> str:
    chance = maker.chance
    if field in {"nir", "iban", "card", "siret", "siren", "phone", "email", "name", "address", "ip", "health"}:
        value = getattr(maker, field)()
        return f"[[{field}|{value}]]"
    if field == "birth_date":
        return f"[[birth_date|{maker.date()}]]"
    if field == "document":
        return maker.document()
    if field.startswith("bad_"):
        return getattr(maker, field[4:])(right=False)
    if field.startswith("digits"):
        return chance.choice("12345789") + maker.digits(int(field[6:]) - 1)
    if field == "date":
        return maker.date()
    if field == "street":
        return chance.choice(making.STREETS)
    if field == "hex40":
        return "".join(chance.choice("0123456789abcdef") for _ in range(40))
    return "{" + field + "}"


if __name__ == "__main__":
    main()
