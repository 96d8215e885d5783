"""Which attributes of a resource are returned: `attributes`, `excludedAttributes` (RFC 7644, 3.9)."""

from dataclasses import dataclass
from typing import Any, Final, cast

from chatelet.identity.scim.attributes import bare_name

Json = dict[str, Any]
_ALWAYS: Final = frozenset({"schemas", "id"})


@dataclass(frozen=True, slots=True)
class Projection:
    """Names in lower case; `name.familyname` is a part."""

    included: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    def wants(self, name: str) -> bool:
        """Tell whether anything of an attribute is returned."""
        if self.included:
            return any(one == name or one.startswith(f"{name}.") for one in self.included)
        return name not in self.excluded

    def of(self, resource: Json) -> Json:
        """Return the resource with what is wanted of it."""
        if not self.included and not self.excluded:
            return resource
        kept = {name: self._parts(name.lower(), value) for name, value in resource.items() if self._keeps(name)}
        return {name: value for name, value in kept.items() if value not in ({}, [])}

    def _keeps(self, name: str) -> bool:
        return name in _ALWAYS or self.wants(name.lower())

    def _parts(self, name: str, value: Any) -> Any:
        if isinstance(value, list) and name not in _ALWAYS:
            return [self._parts(name, one) for one in cast("list[Any]", value)]
        if not isinstance(value, dict) or name in self.included:
            return cast("Any", value)
        parts = cast("Json", value).items()
        if self.included:
            return {part: one for part, one in parts if f"{name}.{part.lower()}" in self.included}
        return {part: one for part, one in parts if f"{name}.{part.lower()}" not in self.excluded}


def read_projection(included: str | None, excluded: str | None) -> Projection:
    """Read the two lists of names."""
    return Projection(_names(included), _names(excluded))


def _names(text: str | None) -> frozenset[str]:
    return frozenset(bare_name(name.strip()) for name in (text or "").split(",") if name.strip())
