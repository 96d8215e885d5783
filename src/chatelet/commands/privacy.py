"""`chatelet privacy …`: verify a deletion certificate; apply what the retention matrix says."""

import argparse
from pathlib import Path

from chatelet.privacy.certificates import verification
from chatelet.privacy.certificates.service import public_keys_of
from chatelet.settings import load_settings


def verify(arguments: argparse.Namespace) -> int:
    """Verify a certificate offline, with the public keys of this installation or those given."""
    keys = Path(arguments.public_key) if arguments.public_key else public_keys_of(load_settings())
    verdict = verification.verify(Path(arguments.file), keys)
    print(verdict.text)
    return verdict.exit_code
