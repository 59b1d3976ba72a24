"""What staff and readers may steer a list by: few partners, other counties, other kinds, a mixture, room for small actors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cluster_net.domain.matching.eligibility import Rules
from cluster_net.domain.matching.questions import Options
from cluster_net.domain.vocabulary import Words

STEPS = 4  # of each control: not at all, a little, somewhat, much, above all
_STEP = 0.1  # what one step is worth, as a weight or as a part of the list


class Control(NamedTuple):
    """A control: what it does in a few words, and in one sentence."""

    label: Words
    sentence: Words


# Each by the name of the field of Options that it sets.
CONTROLS: Mapping[str, Control] = {
    "exposure": Control(
        Words("Lyft fram dem med få partner", "Bring forward those with few partners"),
        Words("Den som redan har många partner hamnar längre ned.", "Who already has many partners comes further down."),
    ),
    "bridge": Control(
        Words("För samman olika län", "Bring together different counties"),
        Words("Den som finns i ett annat län kommer högre upp.", "Who is in another county comes further up."),
    ),
    "bridge_kind": Control(
        Words("För samman olika slag", "Bring together different kinds"),
        Words(
            "Den som är av ett annat slag, som ett företag för ett sjukhus, kommer högre upp.",
            "Who is of another kind, such as a company for a hospital, comes further up.",
        ),
    ),
    "diversity": Control(
        Words("Visa en blandning", "Show a mixture"),
        Words(
            "Den som har samma begrepp eller hör till samma hus som någon högre upp lämnar plats för andra.",
            "Who has the same concepts as somebody further up, or is of the same house, makes room for others.",
        ),
    ),
    "floor": Control(
        Words("Ge plats åt små aktörer", "Keep room for small actors"),
        Words(
            "En tiondel av listan för varje steg går till dem med högst fem partner.",
            "A tenth of the list for each step goes to those with at most five partners.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Steering:
    """How far each of CONTROLS is turned, in steps from 0; what is not named is 0."""

    steps: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.turned())

    def of(self, name: str) -> int:
        """Return how far a control is turned, from 0 to STEPS."""
        return min(STEPS, max(0, self.steps.get(name, 0)))

    def turned(self) -> dict[str, int]:
        """Return the controls that are turned at all, as an address holds them."""
        return {name: self.of(name) for name in CONTROLS if self.of(name)}

    def options(self, today: date) -> Options:
        """Return the options of a list of that day."""
        exposure, bridge, bridge_kind, diversity, floor = (round(_STEP * self.of(name), 1) for name in CONTROLS)
        rules = Rules(today.isoformat())
        return Options(rules=rules, exposure=exposure, bridge=bridge, bridge_kind=bridge_kind, diversity=diversity, floor=floor)


PLAIN = Steering()


def plain(today: date) -> Options:
    """Return the options of a public list of that day."""
    return PLAIN.options(today)
