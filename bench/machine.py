"""What the kernel tells of processes and cores (Linux): CPU time, memory, who else was working meanwhile."""

import contextlib
import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SERVICE_CORE: Final = 0
OTHER_CORE: Final = 1
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_NAME_END: Final = ") "


def can_pin() -> bool:
    """Tell whether there is one core for the service and one for the others."""
    return (os.cpu_count() or 1) > OTHER_CORE


def pin(process: int, core: int) -> None:
    """Keep a process, its threads and its children on one core."""
    for each in [process, *descendants(process)]:
        for thread in Path(f"/proc/{each}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {core})


def descendants(process: int) -> list[int]:
    """Return the children of a process, and theirs."""
    found: list[int] = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def cpu_seconds(process: int, *, tree: bool = False) -> float:
    """Return the CPU time of a process; of its descendants too, the ended ones included, with `tree`."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(_NAME_END)[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # it ended: what it used is counted with its parent's ended children
    user, system, ended_user, ended_system = (int(field) for field in fields[11:15])
    own = (user + system) / _TICKS
    if not tree:
        return own
    return own + (ended_user + ended_system) / _TICKS + sum(cpu_seconds(child) for child in descendants(process))


def resident_bytes(process: int) -> int:
    """Return the resident memory of one process."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE


def busy_seconds() -> dict[int, float]:
    """Return the busy time of each core since start-up, the time stolen by a hypervisor included."""
    busy: dict[int, float] = {}
    for line in Path("/proc/stat").read_text().splitlines():
        name, *values = line.split()
        if name.startswith("cpu") and name != "cpu":
            user, nice, system, _idle, _wait, irq, soft_irq, steal = (int(value) for value in values[:8])
            busy[int(name[3:])] = (user + nice + system + irq + soft_irq + steal) / _TICKS
    return busy


@dataclass(frozen=True, slots=True)
class Moment:
    """Readings at one instant, to subtract."""

    wall: float
    busy: dict[int, float]

    @classmethod
    def now(cls) -> "Moment":
        """Read."""
        return cls(time.perf_counter(), busy_seconds())

    def busy_since(self, before: "Moment", core: int) -> float:
        """Return the share of a core that was busy, from 0 to 1."""
        return (self.busy.get(core, 0.0) - before.busy.get(core, 0.0)) / max(self.wall - before.wall, 0.001)


def wait_until_quiet(patience: float, *, share: float = 0.15, seconds: float = 1.5) -> float:
    """Wait while others work, `patience` seconds at most; return how busy the machine was at the end, from 0 to 1."""
    limit = time.monotonic() + patience
    while True:
        before = Moment.now()
        time.sleep(seconds)
        after = Moment.now()
        load = sum(after.busy_since(before, core) for core in after.busy) / max(len(after.busy), 1)
        if load <= share or time.monotonic() >= limit:
            return round(load, 2)


def described() -> dict[str, str | int]:
    """Say which machine this is."""
    model = next((line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    return {
        "processor": model,
        "cores": os.cpu_count() or 1,
        "memory_gib": round(int(memory) / 2**20),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()
