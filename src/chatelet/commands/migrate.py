"""`chatelet migrate`."""

import argparse

from chatelet.commands.database import database_running, migrate
from chatelet.kernel.logs import configure_logs
from chatelet.settings import load_settings


def run(_arguments: argparse.Namespace) -> int:
    """Migrate the configured database."""
    settings = load_settings()
    configure_logs(settings.log_format, "warning")
    with database_running(settings) as addresses:
        done = migrate(settings, addresses)
    if done.before == done.after:
        print(f"The schema is already {done.after}.")
    else:
        print(f"Schema: {done.before or 'empty'} → {done.after}.")
    if done.snapshot:
        print(f"Snapshot taken before: {done.snapshot}")
    return 0
