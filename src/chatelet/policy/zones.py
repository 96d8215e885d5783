"""Where a backend or a site is: the jurisdiction and the operator that can reach what is sent there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Zone:
    """`country` and `legal_reach` are ISO 3166 codes (or 'EU'); `operator` is who runs the machines.

    `qualifications` are those of the hosting, as its operator proved them: the contract card tells the others missing.
    """

    name: str
    country: str
    operator: str
    legal_reach: str
    qualifications: tuple[str, ...] = ()
