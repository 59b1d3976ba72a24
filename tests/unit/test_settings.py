"""Settings: one table, all problems at once, no secret shown."""

from pathlib import Path

import pytest

from cluster_net.domain.errors import Invalid
from cluster_net.settings import kept_secret, read_settings, wanting


def test_the_defaults_are_embedded_engines_in_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings({"CLUSTER_NET_DATA": str(tmp_path)})
    assert settings.graph_uri == f"sqlite:///{tmp_path}/graph.db"
    assert settings.search_uri == f"tantivy:///{tmp_path}/index"


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        read_settings({"CLUSTER_NET_PORT": "x", "CLUSTER_NET_TYPO": "1", "CLUSTER_NET_GRAPH_URI": "bolt://neo4j:hush@host:7687"})
    assert {p.field for p in caught.value.problems} == {"CLUSTER_NET_PORT", "CLUSTER_NET_TYPO", "CLUSTER_NET_GRAPH_URI"}
    assert "hush" not in str(caught.value)


def test_settings_do_not_show_their_secrets() -> None:
    assert "hush" not in repr(read_settings({"CLUSTER_NET_GRAPH_PASSWORD": "hush", "CLUSTER_NET_SEARCH_KEY": "hush"}))


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = read_settings({"CLUSTER_NET_DATA": str(tmp_path)})
    first = kept_secret(settings)
    assert len(first) > 40
    assert kept_secret(settings) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["no address", "a@b", "a@b.se?cc=c@d.se", "<a@b.se>"])
def test_a_contact_that_is_no_mail_address_is_named(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_settings({"CLUSTER_NET_CONTACT": text})
    assert [problem.field for problem in caught.value.problems] == ["CLUSTER_NET_CONTACT"]
    assert read_settings({"CLUSTER_NET_CONTACT": "fel@cluster.example"}).contact == "fel@cluster.example"


def test_what_a_public_site_lacks_is_named() -> None:
    assert ["CLUSTER_NET_CONTACT" in str(problem) for problem in wanting(read_settings({}))] == [True]
    assert wanting(read_settings({"CLUSTER_NET_CONTACT": "fel@cluster.example"})) == []
