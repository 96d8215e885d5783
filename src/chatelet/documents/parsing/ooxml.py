"""Office Open XML packages: parts and the relations between them (ECMA-376, part 2). Nothing outside is fetched."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import NotRead, damaged
from chatelet.documents.parsing.xml import Node, attribute, local, text_of, tree

_LINKS = {"hyperlink"}  # an external address that only a click follows


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part: `kind` is the last word of its type, `target` a part's name or an outside address."""

    identifier: str
    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package."""

    archive: Archive
    limits: Limits
    draft: Draft

    def main_part(self) -> str:
        """Return the name of the document itself."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and not relation.is_external:
                return relation.target
        raise damaged("part_missing", part="officeDocument")

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of a part (of the package for an empty name); external ones are told, not followed."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self.archive:
            return []
        found = [_relation(element, folder) for element in self.part(listing) if local(element) == "Relationship"]
        outside = sum(relation.is_external and relation.kind not in _LINKS for relation in found)
        if outside:
            self.draft.find("external_relations", count=outside)
        return found

    def part(self, name: str) -> Node:
        """Return a part's root element."""
        return tree(self.archive.read(name), self.limits)

    def optional(self, name: str) -> Node | None:
        """Return a part's root, or nothing when it is absent; broken, it is left out and the report says so."""
        if name not in self.archive:
            return None
        try:
            return self.part(name)
        except NotRead as reason:
            if reason.finding.code != "xml_damaged":
                raise
            self.draft.leave_out("part_left_out", part=name)
            return None

    def related(self, part: str, kind: str) -> Iterator[Node]:
        """Yield the roots of the parts related to one in a way."""
        for relation in self.relations(part):
            if relation.kind == kind and not relation.is_external:
                root = self.optional(relation.target)
                if root is not None:
                    yield root

    def title(self) -> str | None:
        """Return the title of the core properties."""
        root = self.optional("docProps/core.xml")
        return text_of(child(root, "title")).strip() or None

    def tell_of_code(self) -> None:
        """Tell that the file holds macros or embedded objects, which are never run nor read."""
        names = self.archive.names
        if any(name.endswith("vbaProject.bin") for name in names):
            self.draft.find("macros_ignored")
        embedded = sum("/embeddings/" in name for name in names)
        if embedded:
            self.draft.find("embedded_objects_left_out", count=embedded)


def _relation(element: Node, folder: str) -> Relation:
    target = element.get("Target", "")
    is_external = element.get("TargetMode") == "External"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, is_external)


def is_on(element: Node | None) -> bool:
    """Read an on/off property: present means on, unless its value says otherwise."""
    return element is not None and attribute(element, "val").lower() not in {"0", "false", "off", "none"}


def child(element: Node | None, *names: str) -> Node | None:
    """Follow local names down from an element."""
    for name in names:
        element = next((inner for inner in (element if element is not None else ()) if local(inner) == name), None)
    return element
