"""Zip archives: each file inside is read under its own name, within the bounds of the whole."""

from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.outcome import protected
from chatelet.documents.parsing.reader import Source

_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read_zip(source: Source) -> ParsedDocument:
    """Read the files of an archive, in its order."""
    draft = Draft("zip", source.limits)
    archive = Archive(source.data, source.budget)
    if archive.is_encrypted():
        raise protected()
    for name in archive.names:
        if not name.endswith("/") and not name.startswith(_IGNORED) and not name.endswith(_IGNORED):
            source.attach(draft, name, archive.read(name))
    return draft.document()
