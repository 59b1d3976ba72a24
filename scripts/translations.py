"""Gather the interface's texts, merge them into the Swedish catalogue and compile it."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "cluster_net" / "translations" / "sv" / "LC_MESSAGES"
SOURCES = ((ROOT / "templates", [("**.html", "jinja2")]), (ROOT / "cluster_net" / "web", [("**.py", "python")]))
# A header of our own: Babel's holds the time of each run, which would change the file without need.
HEADER = """\
# Swedish texts of cluster-net's interface; message ids are the English ones.
msgid ""
msgstr ""
"Project-Id-Version: cluster-net \\n"
"Language: sv\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main() -> int:
    """Update and compile the catalogue; 1 when a text is without a translation."""
    with (FOLDER / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="sv")
    catalogue.update(gathered(), no_fuzzy_matching=True, update_creation_date=False)
    with (FOLDER / "messages.po").open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True)
    with (FOLDER / "messages.po").open("rb") as file:
        written = read_po(file, locale="sv")
    with (FOLDER / "messages.mo").open("wb") as file:
        write_mo(file, written)
    missing = [message.id for message in written if message.id and not all([*(message.string or [""])])]
    for text in missing:
        print(f"without Swedish words: {text}", file=sys.stderr)
    return 1 if missing else 0


def gathered() -> Catalog:
    """Return all texts of templates and views."""
    found = Catalog()
    for folder, methods in SOURCES:
        for _, _, text, _, _ in extract_from_dir(folder, method_map=methods):
            found.add(text)
    return found


if __name__ == "__main__":
    sys.exit(main())
