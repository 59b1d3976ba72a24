"""Checks of outside identifiers; each function returns True when form and checksum hold."""

import re

_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_ORCID = re.compile(r"(\d{4}-){3}\d{3}[\dX]")


def is_ror(text: str) -> bool:
    """Check a ROR id without its address: Crockford base 32 with ISO 7064 MOD 97-10 (ROR identifier pattern)."""
    if _ROR.fullmatch(text) is None:
        return False
    number = 0
    for character in text[1:7]:
        number = number * 32 + _CROCKFORD.index(character)
    return 98 - number * 100 % 97 == int(text[7:])


def is_wikidata(text: str) -> bool:
    """Check a Wikidata item id, Q and digits."""
    return re.fullmatch(r"Q[1-9]\d{0,11}", text) is not None


def is_organisation_number(text: str) -> bool:
    """Check an organisationsnummer: ten digits, Luhn, third digit at least 2 (else it is a personnummer, never stored)."""
    digits = text.replace("-", "", 1)
    if re.fullmatch(r"[1-9]\d{9}", digits) is None or digits[2] < "2":
        return False
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits)]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def is_pic(text: str) -> bool:
    """Check a Participant Identification Code of the EU: nine digits."""
    return re.fullmatch(r"[1-9]\d{8}", text) is not None


def is_orcid(text: str) -> bool:
    """Check an ORCID iD: sixteen characters with ISO 7064 MOD 11-2."""
    if _ORCID.fullmatch(text) is None:
        return False
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return text[-1] == ("X" if check == 10 else str(check))
