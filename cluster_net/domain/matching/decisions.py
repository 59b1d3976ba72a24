"""What became of suggestions and meetings: who decided what about which pair, and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cluster_net.domain.columns import Column
from cluster_net.domain.graph import ACTOR, Dump, Key, Link
from cluster_net.domain.tables import Table
from cluster_net.domain.vocabulary import COLLABORATION_TYPES

# What was decided -> whether the two wanted each other. An accepted suggestion is a match; a meeting was met or led to an agreement.
OUTCOMES: Mapping[str, bool] = {"accepted": True, "met": True, "agreed": True, "declined": False, "dismissed": False}


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of decisions: two references, such as `ki` or `need.gmp-slot`, the ISO day, and one of OUTCOMES."""

    start: str
    end: str
    decided_on: str
    outcome: str

    @property
    def wanted(self) -> bool:
        """Tell whether the two wanted to meet."""
        return OUTCOMES[self.outcome]


DECISIONS: Table[Decision] = Table(
    "decisions.csv",
    Decision,
    (
        Column("from", required=True, field="start"),
        Column("to", required=True, field="end"),
        Column("decided_on", "date", required=True),
        Column("outcome", "choice", required=True, choices=tuple(OUTCOMES)),
    ),
)


def without_what_followed(dump: Dump, decided: Iterable[tuple[frozenset[str], frozenset[str], int]]) -> Dump:
    """Return *dump* without the ties between the two sides of each decision but those known to be from an earlier year.

    *decided* gives the actors on either side and the year. A tie is what a wanted suggestion leads to: weights that were learned
    with it in view would know the answer.
    """
    years: dict[frozenset[Key], int] = {}
    for ours, theirs, year in decided:
        for pair in (frozenset({Key(ACTOR, one), Key(ACTOR, other)}) for one in ours for other in theirs):
            years[pair] = min(year, years.get(pair, year))
    return replace(dump, links=[link for link in dump.links if not _may_follow(link, years)])


def _may_follow(link: Link, years: Mapping[frozenset[Key], int]) -> bool:
    year = years.get(frozenset({link.start, link.end})) if link.type in COLLABORATION_TYPES else None
    start = link.properties.get("start_year")
    return year is not None and not (isinstance(start, int) and start < year)
