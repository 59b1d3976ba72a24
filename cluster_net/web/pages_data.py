"""The page for people who want the data."""

from flask import render_template

from cluster_net.domain.vocabulary import Words
from cluster_net.web.context import language
from cluster_net.web.dcat import FILE_WORDS
from cluster_net.web.open_data import publisher, shelf
from cluster_net.web.structured import dataset_json_ld

LICENCES = {
    "https://creativecommons.org/licenses/by/4.0/": Words(
        "Creative Commons Erkännande 4.0 (CC BY 4.0)", "Creative Commons Attribution 4.0 (CC BY 4.0)"
    ),
    "https://creativecommons.org/publicdomain/zero/1.0/": Words("CC0 1.0, fritt för all användning", "CC0 1.0, free for any use"),
}


def data_page() -> str:
    """List the downloads with size and checksum, the interface, the catalogue and the feeds."""
    edition, source = shelf().current(), publisher()
    words = {name: words.in_language(language()) for name, words in FILE_WORDS.items()}
    licence = LICENCES.get(source.licence, Words(source.licence, source.licence)).in_language(language())
    json_ld = dataset_json_ld(edition, source, words, language())
    return render_template("site/data.html", edition=edition, source=source, words=words, licence=licence, json_ld=json_ld)
