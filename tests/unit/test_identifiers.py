"""Outside identifiers: form and checksum both count."""

import pytest

from cluster_net.domain.identifiers import is_orcid, is_organisation_number, is_pic, is_ror, is_wikidata


@pytest.mark.parametrize("ror", ["056d84691", "048a87296", "026vcq606", "02zrae794"])
def test_real_ror_ids_pass(ror: str) -> None:
    assert is_ror(ror)


@pytest.mark.parametrize("ror", ["056d84692", "156d84691", "056d8469", "056D84691", "05ud84691", "", "https://ror.org/056d84691"])
def test_a_ror_id_with_a_slip_fails(ror: str) -> None:
    assert not is_ror(ror)


def test_one_changed_digit_in_a_ror_id_is_always_noticed() -> None:
    right = "048a87296"
    wrong = [right[:i] + c + right[i + 1 :] for i in range(1, 9) for c in "0123456789" if c != right[i]]
    assert [ror for ror in wrong if is_ror(ror)] == []


def test_an_organisation_number_passes_with_and_without_hyphen() -> None:
    assert is_organisation_number("556036-0793")
    assert is_organisation_number("5560360793")


@pytest.mark.parametrize("number", ["5560360794", "055603607", "55603607930", "556036--0793", "abc"])
def test_an_organisation_number_with_a_slip_fails(number: str) -> None:
    assert not is_organisation_number(number)


def test_a_personal_number_is_never_an_organisation_number() -> None:
    assert not is_organisation_number("8112189876")


def test_orcid_checks_its_last_character() -> None:
    assert is_orcid("0000-0002-1825-0097")
    assert is_orcid("0000-0002-1694-233X")
    assert not is_orcid("0000-0002-1825-0098")
    assert not is_orcid("0000000218250097")


def test_pic_and_wikidata_check_their_form() -> None:
    assert is_pic("999978433")
    assert not is_pic("99997843")
    assert is_wikidata("Q219564")
    assert not is_wikidata("219564")
    assert not is_wikidata("Q0")
