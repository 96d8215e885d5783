"""Runs a command named `module:function` and turns failures into one sentence and an exit code."""

import argparse
import gc
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module

from pydantic import ValidationError

from chatelet.kernel.errors import AppError

_WRONG_SETTINGS = 78  # sysexits.h EX_CONFIG
_FAILED = 1


def run_command(target: str, arguments: argparse.Namespace) -> int:
    """Import and run; 0 when it went well."""
    module, _, function = target.partition(":")
    try:
        with importing():
            imported = import_module(f"chatelet.commands.{module}")
        return int(getattr(imported, function)(arguments))
    except ValidationError as error:
        print("chatelet: these settings are wrong:", file=sys.stderr)
        for wrong in error.errors():
            name = ".".join(str(part) for part in wrong["loc"]) or "settings"
            print(f"  {name}: {wrong['msg']}", file=sys.stderr)
        return _WRONG_SETTINGS
    except FileNotFoundError as error:
        print(f"chatelet: {error}", file=sys.stderr)
        return _WRONG_SETTINGS
    except AppError as error:
        print(f"chatelet: {told(error)}", file=sys.stderr)
        return _FAILED
    except Exception as error:
        if not _is_database_loss(error):
            raise
        print(
            f"chatelet: the database cannot be reached ({type(error).__name__}: {error}). "
            "Check CHATELET_DATABASE__URL and that PostgreSQL answers there.",
            file=sys.stderr,
        )
        return _FAILED
    except KeyboardInterrupt:
        return 130


@contextmanager
def importing() -> Generator[None]:
    """Import without looking for garbage, then or later: none of it ever goes, and looking was a third of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _is_database_loss(error: Exception) -> bool:
    from chatelet.kernel.database import is_database_loss  # late: this module is imported by every command

    return is_database_loss(error)


def told(error: AppError) -> str:
    """Return the sentence of an error for a terminal: its own, or its description with its figures."""
    if hasattr(error, "sentence"):
        return str(error)
    words = " ".join((type(error).__doc__ or "").split())
    return f"{error}: {words}"
