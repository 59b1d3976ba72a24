"""ROR records (schema v2) as rows of the actors table and as collaborations.

Source: Research Organization Registry, CC0, https://ror.readme.io/docs/data-structure. Outside names never override local ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cluster_net.domain.errors import Problem
from cluster_net.domain.identifiers import is_ror
from cluster_net.domain.records import Actor, Collaboration
from cluster_net.domain.text import MAX_SLUG, slugify, without_forbidden

Raw = Mapping[str, Any]
_ADDRESS = "https://ror.org/"
_KINDS = (
    ("education", "university"),
    ("healthcare", "hospital"),
    ("company", "company"),
    ("government", "agency"),
    ("facility", "institute"),
    ("nonprofit", "organisation"),
    ("archive", "organisation"),
    ("other", "organisation"),
    ("funder", "funder"),
)
_COUNTIES = {("SE", "AB"): "Stockholm", ("SE", "C"): "Uppsala"}
_RELATED = ("Närstående organisation i ROR", "Related organisation in ROR")
_PARENT = ("Del av, enligt ROR", "Part of, according to ROR")
_SUCCESSOR = ("Efterträder, enligt ROR", "Succeeds, according to ROR")
_FILLED_FROM_OUTSIDE = ("wikidata", "website", "city", "county", "country", "founded", "acronym", "status", "name_sv", "name_en")


def short_id(address: str) -> str:
    """Return the nine characters of a ROR address."""
    return address.removeprefix(_ADDRESS)


def schema_problems(records: object, file: str) -> list[Problem]:
    """Say why *records* is no list of ROR v2 records; the first ten problems."""
    if not isinstance(records, list):
        return [Problem("This is not a list of ROR records.", "Give the JSON file of a ROR data dump, schema v2.", file=file)]
    problems = []
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            problems.append(Problem(f"Record {number} is not an object.", "Give the JSON file of a ROR data dump, schema v2.", file=file))
        elif "names" not in record and "name" in record:
            problems.append(
                Problem(
                    f"Record {number} is of ROR's schema v1.", "Use the v2 file of the dump (its name ends in _schema_v2.json).", file=file
                )
            )
        elif not _whole(record):
            problems.append(Problem(f"Record {number} lacks an id, a display name or types.", "Fetch the dump anew.", file=file))
        if len(problems) == 10:
            break
    return problems


def _whole(record: Raw) -> bool:
    lists = ("names", "types", "locations", "links", "external_ids", "relationships")
    return (
        is_ror(short_id(str(record.get("id"))))
        and all(isinstance(record.get(name), list) for name in lists)
        and any("ror_display" in name.get("types", ()) and name.get("value") for name in record["names"])
    )


def slug_of(record: Raw, taken: set[str]) -> str:
    """Return a free public id: from the display name, with the ROR id added where the name is taken or not Latin."""
    name, ror = slugify(_display(record)), short_id(record["id"])
    slug = name if name and name not in taken else f"{name[: MAX_SLUG - 10].strip('-') or 'ror'}-{ror}"
    taken.add(slug)
    return slug


def actor_row(record: Raw, slug: str) -> dict[str, str]:
    """Return the row of the actors table that *record* states."""
    names = record["names"]
    display, place = _display(record), _place(record)
    name_sv = _labelled(names, "sv")
    name_en = _labelled(names, "en") or ("" if name_sv == display else display)
    acronyms = [name["value"] for name in names if "acronym" in name["types"] and len(name["value"]) <= 40]
    others = [name["value"] for name in names if name["value"] not in {name_sv, name_en, *acronyms[:1]}]
    wikidata = next((ids["preferred"] or ids["all"][0] for ids in record["external_ids"] if ids["type"] == "wikidata"), "")
    return {
        "id": slug,
        "kind": next((kind for kind_of_ror, kind in _KINDS if kind_of_ror in record["types"]), "organisation"),
        "name_sv": without_forbidden(name_sv),
        "name_en": without_forbidden(name_en),
        "acronym": (acronyms or [""])[0],
        "aliases": "; ".join(without_forbidden(name.replace(";", ",")) for name in others),
        "ror": short_id(record["id"]),
        "wikidata": wikidata,
        "website": next((link["value"] for link in record["links"] if link["type"] == "website"), ""),
        "city": str(place.get("name") or "").replace(";", ","),
        "county": _COUNTIES.get((place.get("country_code", ""), place.get("country_subdivision_code", "")), "other"),
        "country": str(place.get("country_code") or ""),
        "status": "active" if record["status"] == "active" else "inactive",
        "founded": str(record.get("established") or ""),
        "source_url": record["id"],
        "source_title": "ROR record",
        "checked": "yes",
    }


def merged(local: Actor, outside: Actor) -> Actor:
    """Return *local* with its gaps filled from *outside* and the outside names as aliases; local facts stay."""
    filled = {name: getattr(outside, name) for name in _FILLED_FROM_OUTSIDE if not getattr(local, name) and getattr(outside, name)}
    whole: Actor = replace(local, **filled)
    known = {whole.name_sv, whole.name_en, whole.acronym}
    names = (*local.aliases, outside.name_sv, outside.name_en, outside.acronym, *outside.aliases)
    return replace(whole, aliases=tuple(dict.fromkeys(name for name in names if name and name not in known)))


def collaborations_of(records: Sequence[Raw], slugs: Mapping[str, str]) -> Iterator[Collaboration]:
    """Yield the ties among *records* whose both ends have a slug; a tie that both ends state is yielded once."""
    seen: set[tuple[str, str, str]] = set()
    for record in records:
        for relationship in record["relationships"]:
            here, there = slugs.get(short_id(record["id"])), slugs.get(short_id(relationship["id"]))
            tie = _tie(here, there, relationship["type"]) if here and there and here != there else None
            if tie and tie[:3] not in seen:
                seen.add(tie[:3])
                start, type_, end, (label_sv, label_en) = tie
                source = {"source_url": record["id"], "source_title": "ROR record", "confidence": 1.0}
                yield Collaboration(from_id=start, type=type_, to_id=end, label_sv=label_sv, label_en=label_en, **source)


def _tie(here: str, there: str, relation: str) -> tuple[str, str, str, tuple[str, str]] | None:
    match relation:
        case "parent":
            return here, "PART_OF", there, _PARENT
        case "child":
            return there, "PART_OF", here, _PARENT
        case "successor":
            return there, "SUCCEEDS", here, _SUCCESSOR
        case "predecessor":
            return here, "SUCCEEDS", there, _SUCCESSOR
        case "related":
            return min(here, there), "COLLABORATES_WITH", max(here, there), _RELATED
        case _:
            return None


def _display(record: Raw) -> str:
    return next(str(name["value"]) for name in record["names"] if "ror_display" in name["types"])


def _labelled(names: Sequence[Raw], language: str) -> str:
    return next((str(name["value"]) for name in names if name.get("lang") == language and "label" in name["types"]), "")


def _place(record: Raw) -> Raw:
    places = record["locations"]
    held: Raw = places[0].get("geonames_details") or {} if places else {}
    return held
