"""`docs/reference/commands.md`: the command line, from its own parser."""

import argparse
from typing import Any

from chatelet.__main__ import build_parser
from chatelet.reference.markdown import head, table

_INTRODUCTION = """\
`chatelet COMMAND --help` tells the same. Settings come from the environment and from `chatelet.toml`: see
[settings](settings.md). Exit codes: 0 done, 1 refused with a reason, 2 wrong usage, 78 wrong settings."""


def page() -> str:
    """Return the page."""
    parts = [head("Commands", "chatelet.__main__", _INTRODUCTION)]
    parts += _sections(build_parser())
    return "\n".join(parts)


def _sections(parser: argparse.ArgumentParser) -> list[str]:
    actions: list[argparse.Action] = getattr(parser, "_actions")  # noqa: B009 (argparse tells them in no other way)
    nested = [action for action in actions if isinstance(action.choices, dict)]
    own = [action for action in actions if action not in nested and not isinstance(action, argparse._HelpAction)]  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    sections: list[str] = []
    if not nested or own:
        sections.append(_section(parser, own))
    for action in nested:
        choices: dict[str, Any] = dict(action.choices or {})
        for child in choices.values():
            sections += _sections(child)
    return sections


def _section(parser: argparse.ArgumentParser, actions: list[argparse.Action]) -> str:
    lines = [f"## `{' '.join([parser.prog, *(_usage(action) for action in actions)])}`\n", f"{parser.description}\n"]
    if actions:
        lines.append(table(("argument", "what"), [(f"`{_name(action)}`", action.help or "") for action in actions]))
    return "\n".join(lines)


def _usage(action: argparse.Action) -> str:
    if not action.option_strings:
        word = str(action.metavar or action.dest).upper()
        return f"[{word} …]" if action.nargs == "*" else word
    return _name(action) if action.required else f"[{_name(action)}]"


def _name(action: argparse.Action) -> str:
    if not action.option_strings:
        return str(action.metavar or action.dest).upper()
    takes_value = action.nargs != 0
    value = f" {str(action.metavar or action.dest).upper()}" if takes_value else ""
    return action.option_strings[-1] + value
