"""`docs/reference/metrics.md`: every metric of `GET /metrics`, from the objects that count."""

from collections.abc import Iterable
from types import ModuleType

from prometheus_client.metrics import MetricWrapperBase

from chatelet.reference.markdown import head, table

_INTRODUCTION = """\
`GET /metrics` answers in Prometheus's text format, to this machine only. Metrics are counts and times of one process:
never content, never persons."""


def page(modules: Iterable[ModuleType]) -> str:
    """Return the page, for the metrics that `modules` hold."""
    rows: dict[str, tuple[str, str, str, str]] = {}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, MetricWrapperBase):
                (family,) = value.describe()
                labels: tuple[str, ...] = getattr(value, "_labelnames", ())
                name = f"{family.name}_total" if family.type == "counter" else family.name
                told = ", ".join(f"`{label}`" for label in labels)
                rows[name] = (f"`{name}`", family.type, told, family.documentation)
    ordered = [rows[name] for name in sorted(rows)]
    return (
        head("Metrics", "chatelet.kernel.metrics", _INTRODUCTION)
        + "\n"
        + table(("name", "type", "labels", "what"), ordered)
    )
