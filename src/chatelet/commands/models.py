"""`chatelet models …`: the embedded model's files."""

import argparse

from chatelet.inference.model_store import fetch_models
from chatelet.settings import load_settings


def fetch(arguments: argparse.Namespace) -> int:
    """Download what is missing, check it, tell where it is."""
    for path in fetch_models(load_settings(), arguments.names):
        print(path)
    return 0
