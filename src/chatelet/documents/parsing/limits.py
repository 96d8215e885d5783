"""How much one file may cost to read. Beyond, the file is refused or read in part, and its report says which limit."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file, whatever it declares of itself; times are in seconds."""

    file_bytes: int = 200 * _MIB
    inflated_bytes: int = 400 * _MIB  # really inflated, all archives inside the file together
    entries: int = 10_000  # members of one archive
    ratio: int = 200  # inflated to compressed, of one member beyond `ratio_from`
    ratio_from: int = 8 * _MIB
    depth: int = 3  # files inside files
    attachments: int = 200
    nesting: int = 200  # elements inside elements of one text
    pages: int = 5_000
    pixels: int = 100_000_000
    cells: int = 400_000
    characters: int = 20_000_000
    cpu_seconds: int = 1_800
    wall_seconds: float = 2_400
    memory_bytes: int = 500 * _MIB
    written_bytes: int = 256 * _MIB  # temporary files of a reader, and its answer
    processes: int = 64


DEFAULT = Limits()
