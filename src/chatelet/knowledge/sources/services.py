"""What following places needs of the process, built once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chatelet.connectors.contract import Place
from chatelet.connectors.declared import Credential, Declared
from chatelet.connectors.opening import Surroundings, open_place
from chatelet.documents.services import DocumentServices
from chatelet.kernel.outbound import Outbound, origin_of
from chatelet.settings import Settings

Opener = Callable[[Declared, Credential | None, Surroundings], Place]


@dataclass(frozen=True, slots=True)
class SourceServices:
    """Frozen: verbs never change them. `open` gives a place for one run."""

    documents: DocumentServices
    surroundings: Surroundings
    open: Opener = open_place


def surroundings_of(settings: Settings, outbound: Outbound) -> Surroundings:
    """Return what the settings let places be: nothing that they do not list."""
    spool = settings.data_dir / "spool"
    spool.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Surroundings(
        outbound=outbound,
        folders=tuple(Path(one) for one in settings.documents.source_folders),
        origins=frozenset(origin_of(one) for one in settings.documents.source_origins),
        spool=spool,
    )
