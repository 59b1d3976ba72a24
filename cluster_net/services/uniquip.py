"""The directory of infrastructures in the columns of UNIQUIP, the publishing specification for equipment and facilities.

Version 2 has the columns of its sections 1 to 3.3, whose names are those published by institutions that deliver it; the names
of what comes after (the rest of access, relations, funding) are not, and are left out rather than guessed. Version 1 has all of
them. What the directory does not hold (manufacturer, telephone, persons) stays empty; the service asks manufacturers of
equipment alone, and takes an address as the id of a record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cluster_net.domain.filters import And, In, Not
from cluster_net.domain.graph import ACTOR, CONCEPT, Key, Node, Tie
from cluster_net.domain.nodes import from_node
from cluster_net.domain.records import AccessStatement, Actor
from cluster_net.domain.vocabulary import ACCESS, INFRASTRUCTURE_KINDS, USER_GROUPS, Language, Words
from cluster_net.services.ports import GraphStore
from cluster_net.services.summaries import names_of

COLUMNS: Mapping[int, tuple[str, ...]] = {
    1: (
        *("Type", "ID", "Name", "Description", "Related Facility ID", "Technique", "Department", "Site Location", "Building", "Location"),
        *("Service Level", "Web Address", "Photo"),
        *("Contact Name", "Contact Telephone", "Contact Email", "Contact URL"),
        *("Secondary Contact Name", "Secondary Contact Telephone", "Secondary Contact Email", "Secondary Contact URL"),
    ),
    2: (
        *("type", "institutionID", "doi", "name", "description"),
        *("manufacturer", "manufacturerID", "model", "modelID", "commissionedDate", "decommissionedDate"),
        *("measuredVariables", "subject", "infraportalDiscipline"),
        *("contactName", "contactID", "contactEmail", "managingDepartment"),
    ),
}
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Facility:
    """An infrastructure with what its columns are filled from, in one language; `address` is that of its page."""

    id: str
    address: str
    name: str
    text: str
    subjects: str
    departments: str
    place: str
    website: str
    apply_url: str
    terms: str


def uniquip_rows(store: GraphStore, language: Language, address: Address, version: int) -> list[dict[str, str]]:
    """Return a row for each real infrastructure and testbed, sorted by name; *address* makes that of a page from a slug.

    Three round trips however long the directory is.
    """
    real = And((In("kind", tuple(INFRASTRUCTURE_KINDS)), Not(In("fictional", (True,)))))
    nodes = store.find(ACTOR, real, order=f"sort_{language}", limit=None).rows
    told = store.neighbours([node.key for node in nodes], ("DESCRIBES",), "in")
    actors = [from_node(node, Actor) for node in nodes]
    mentioned = [Key(CONCEPT, one) for actor in actors for one in actor.capabilities]
    mentioned += [Key(ACTOR, one) for actor in actors for one in (*actor.operated_by, *actor.part_of)]
    names = names_of(store, mentioned, language)
    facilities = (_facility(node, told[node.key], names, language, address) for node in nodes)
    return [dict.fromkeys(COLUMNS[version], "") | _FILLED[version](facility) for facility in facilities]


def _facility(node: Node, told: Iterable[Tie], names: Mapping[Key, str], language: Language, address: Address) -> Facility:
    actor = from_node(node, Actor)
    statements = [from_node(tie.node, AccessStatement) for tie in told]
    everything: list[Actor | AccessStatement] = [actor, *statements]
    ways = (word for one in everything for word in (*one.access_types, *one.access_modes))
    groups = (word for one in everything for word in one.user_groups)
    return Facility(
        id=actor.id,
        address=address(actor.id),
        name=actor.name(language),
        text=Words(actor.description_sv, actor.description_en).spoken(language)[0],
        subjects=_joined(names.get(Key(CONCEPT, one), one) for one in actor.capabilities),
        departments=_joined(names.get(Key(ACTOR, one), one) for one in (*actor.operated_by, *actor.part_of)),
        place=_joined(actor.city),
        website=actor.website,
        apply_url=next((one.how_to_apply_url for one in statements if one.how_to_apply_url), ""),
        terms=_joined((*(USER_GROUPS[one].in_language(language) for one in groups), *(ACCESS[one].in_language(language) for one in ways))),
    )


def _first(one: Facility) -> dict[str, str]:
    return {
        "Type": "facility",
        "ID": one.id,
        "Name": one.name,
        "Description": one.text,
        "Technique": one.subjects,
        "Department": one.departments,
        "Site Location": one.place,
        "Service Level": one.terms,
        "Web Address": one.website or one.address,
        "Contact URL": one.apply_url or one.website or one.address,
    }


def _second(one: Facility) -> dict[str, str]:
    return {
        "type": "facility",
        "institutionID": one.address,
        "name": one.name,
        "description": one.text,
        "subject": one.subjects,
        "managingDepartment": one.departments,
    }


_FILLED: Mapping[int, Callable[[Facility], dict[str, str]]] = {1: _first, 2: _second}


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
