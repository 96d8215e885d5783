"""The label that an answer asks for once it is written: what it holds joins that of its conversation, never above."""

from chatelet.policy.guardrails.examination import DetectionFailed, examine
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.streaming import WRITTEN
from chatelet.policy.sensitivity import Label, Level
from chatelet.sections import PolicySettings


def labels_of(policy: PolicySettings, text: str) -> tuple[Label, Label]:
    """Read what a dead process had shown of an answer; return what it asks for, and what of it is marked.

    A detector that breaks tells nothing of the text: it gets the highest level that this installation holds.
    """
    kinds = frozenset(Kind(name) for name in policy.detectors) & WRITTEN
    try:
        examined = examine(text, kinds)
    except DetectionFailed:
        highest = Label(Level(policy.highest_level))
        return highest, highest
    return held(policy, examined.label), held(policy, examined.marked)


def held(policy: PolicySettings, label: Label) -> Label:
    """Return a label as this installation can hold it: what a model writes is no proof of a marking above."""
    ceiling = Level(policy.highest_level)
    return label if ceiling.covers(label.level) else Label(ceiling, label.categories)
