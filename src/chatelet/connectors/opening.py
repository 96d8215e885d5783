"""From what a source declares to a `Place` opened for one run, within what the administrator of the machine allows.

    allowed(declared, credential, surroundings)  ->  open_place(...)  ->  entries(), read()…  ->  close()

A person who keeps a source names a folder or a server: without these bounds they would read the keys of the
installation, or a server that only this machine reaches (TA-062).
"""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from chatelet.connectors.bucket import BucketOfFiles
from chatelet.connectors.contract import Place, PlaceRefused
from chatelet.connectors.declared import (
    AccessKeys,
    BucketPlace,
    Credential,
    Declared,
    FolderPlace,
    Login,
    SitePlace,
    WebdavPlace,
)
from chatelet.connectors.folder import Folder
from chatelet.connectors.site.crawl import Site
from chatelet.connectors.webdav import Webdav
from chatelet.kernel.outbound import Outbound, origin_of


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the installation gives to every place, from its settings.

    `folders`: a folder is read only when it is one of them or under one. `origins`: a server is reached only when its
    exact origin is one of them, as `origin_of` writes it. `spool`: where the pages of a site wait during a run.
    """

    outbound: Outbound
    folders: tuple[Path, ...] = ()
    origins: frozenset[str] = frozenset()
    spool: Path = field(default_factory=lambda: Path(tempfile.gettempdir()))


def allowed(declared: Declared, credential: Credential | None, surroundings: Surroundings) -> bool:
    """Tell whether this place may be opened here, with this kind of credential."""
    match declared:
        case FolderPlace():
            return credential is None and any(Path(declared.root).is_relative_to(one) for one in surroundings.folders)
        case BucketPlace():
            fits = credential is None or isinstance(credential, AccessKeys)
            return fits and origin_of(declared.endpoint) in surroundings.origins
        case WebdavPlace():
            return not isinstance(credential, AccessKeys) and origin_of(declared.address) in surroundings.origins
        case SitePlace():
            fits = credential is None or isinstance(credential, Login)
            return fits and origin_of(declared.address) in surroundings.origins


def open_place(declared: Declared, credential: Credential | None, surroundings: Surroundings) -> Place:
    """Open a place for one run; it reaches nothing yet. Raises `PlaceRefused` when it is not `allowed`."""
    if not allowed(declared, credential, surroundings):
        raise PlaceRefused
    match declared:
        case FolderPlace():
            root = Path(declared.root)
            within = next(one for one in surroundings.folders if root.is_relative_to(one))
            return Folder(root, within, declared.witness)
        case BucketPlace():
            return BucketOfFiles(declared, credential if isinstance(credential, AccessKeys) else None)
        case WebdavPlace():
            given = None if isinstance(credential, AccessKeys) else credential
            return Webdav(declared, given, surroundings.outbound)
        case SitePlace():
            login = credential if isinstance(credential, Login) else None
            return Site(declared, login, surroundings.outbound, surroundings.spool)
