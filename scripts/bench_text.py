"""Measure how well a title finds its project's English abstract, within English and from Swedish.

Projects that share a text are one. They are split by a fixed seed: the engine learns the languages from the first part, titles
and abstracts in both languages, and of the second it sees the English abstracts, which are the candidates, and nothing else. A
field counts only when it reads as its language. Two sets of candidates: the abstracts of the second part, and those of all.
"""

import argparse
import gzip
import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from cluster_net.domain.matching.languages import language_of
from cluster_net.domain.matching.text import Texts, compile_texts
from cluster_net.domain.matching.wording import compile_lexicon, compress, words_of
from cluster_net.domain.vocabulary import LANGUAGES, Language

FIELDS = ("title_sv", "title_en", "abstract_sv", "abstract_en")
PAIRS: dict[str, Language] = {"sv title -> en abstract": "sv", "en title -> en abstract": "en"}
SHORTEST = 100  # letters of an abstract; shorter ones are remarks
SHORTEST_SHARED = 15  # letters that two projects must share to be one
Project = dict[str, str]
Scores = NDArray[np.float64]
Method = Callable[[str, Language], Scores]


@dataclass(frozen=True, slots=True)
class Split:
    """Projects to learn from and unseen ones, whose four fields are all there."""

    train: list[Project]
    test: list[Project]


def main(arguments: Sequence[str]) -> None:
    """Measure, print a table and write the figures."""
    options = _options(arguments)
    split = split_projects(merged(read_projects(options.projects)), options.share, options.seed)
    if len(split.test) < 2:
        sys.exit(f"{options.projects}: there are too few projects with titles and abstracts in both languages.")
    figures = measure(split, options.seed)
    for row in figures["rows"]:
        print(f"{row['method']:12} {row['pair']:46} MRR {row['mrr']:.4f}  Hits@10 {row['hits_at_10']:.4f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench text", description=__doc__)
    parser.add_argument("--projects", type=Path, required=True, help="projects, one JSON object a line, .jsonl or .jsonl.gz")
    parser.add_argument("--share", type=float, default=0.3, help="part of the projects that is held out")
    parser.add_argument("--seed", type=int, default=1, help="of the split")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args(arguments)


def read_projects(path: Path) -> list[Project]:
    """Return the fields of each project that read as the language they should be in."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [{field: text for field in FIELDS if (text := _right(row.get(field), field))} for row in rows]


def _right(text: str | None, field: str) -> str:
    short = field.startswith("abstract") and len(text or "") < SHORTEST
    return text if text and not short and language_of(text) == field[-2:] else ""


def merged(projects: Sequence[Project]) -> list[Project]:
    """Return projects with those that share a text made one, each field the longest of theirs."""
    groups: dict[int, list[int]] = {number: [number] for number in range(len(projects))}
    group_of = list(range(len(projects)))
    first: dict[str, int] = {}
    for number, project in enumerate(projects):
        for text in project.values():
            key = " ".join(words_of(text))
            if len(key) < SHORTEST_SHARED:
                continue
            kept, joined = group_of[first.setdefault(key, number)], group_of[number]
            if kept != joined:
                groups[kept] += groups[joined]
                for one in groups.pop(joined):
                    group_of[one] = kept
    return [{field: max((projects[one].get(field, "") for one in group), key=len) for field in FIELDS} for group in groups.values()]


def split_projects(projects: Sequence[Project], share: float, seed: int) -> Split:
    """Hold out *share* of the projects that have all four fields; learn from the others."""
    whole = [project for project in projects if all(project.values())]
    random.Random(seed).shuffle(whole)
    cut = round(share * len(whole))
    return Split(whole[cut:], whole[:cut])


def measure(split: Split, seed: int) -> dict[str, Any]:
    """Return the rows and what they rest on."""
    candidates = [project["abstract_en"] for project in (*split.test, *split.train)]
    unseen = len(split.test)
    rows = []
    start = time.perf_counter()
    for name, method in _methods(split, candidates, seed):
        print(f"{name}: ready in {time.perf_counter() - start:.1f} s", file=sys.stderr)
        for pair, language in PAIRS.items():
            asked = [method(project[f"title_{language}"], language) for project in split.test]
            for label, width in ((pair, unseen), (f"{pair}, all as candidates", len(candidates))):
                places = [place(scores[:width], gold) for gold, scores in enumerate(asked)]
                rows.append(_row(name, label, places))
        start = time.perf_counter()
    return {"rows": rows, "train": len(split.train), "test": unseen, "candidates": {"test": unseen, "all": len(candidates)}, "seed": seed}


def place(scores: Scores, gold: int) -> float:
    """Return the place of *gold*, from 1; the middle of those that tie with it."""
    return 1.0 + float(np.sum(scores > scores[gold])) + (float(np.sum(scores == scores[gold])) - 1.0) / 2.0


def _row(method: str, pair: str, places: Sequence[float]) -> dict[str, object]:
    return {
        "method": method,
        "pair": pair,
        "mrr": round(math.fsum(1.0 / one for one in places) / len(places), 4),
        "hits_at_10": round(sum(one <= 10 for one in places) / len(places), 4),
    }


def _methods(split: Split, candidates: Sequence[str], seed: int) -> Iterator[tuple[str, Method]]:
    yield "cluster-net", cluster_net(split, candidates)
    yield "BM25", bm25(candidates)
    yield "char TF-IDF", char_tfidf(split, candidates)
    chance = np.random.default_rng(seed)
    yield "random", lambda _text, _language: chance.random(len(candidates))


def cluster_net(split: Split, candidates: Sequence[str]) -> Method:
    """Return the engine's similarity: candidates as records, projects of the first part as further bilingual texts."""
    taught: list[Texts] = [
        {one: f"{project[f'title_{one}']}\n{project[f'abstract_{one}']}" for one in LANGUAGES} for project in split.train
    ]
    space = compile_texts({f"{number:06}": {"en": text} for number, text in enumerate(candidates)}, taught)
    return lambda text, language: space.similarities_to({language: text})


def bm25(candidates: Sequence[str], k1: float = 1.2, b: float = 0.75) -> Method:
    """Return Okapi BM25 over words (Robertson & Zaragoza 2009, eq. 3.15)."""
    counted = [Counter(words_of(text)) for text in candidates]
    places = {word: place for place, word in enumerate(sorted(set().union(*counted)))}
    counts = compress([Counter({places[word]: count for word, count in one.items()}) for one in counted], len(places))
    sizes: Scores = counts.sum(axis=1)
    holders = np.bincount(counts.indices, minlength=len(places))
    rarity = np.log(1 + (len(candidates) - holders + 0.5) / (holders + 0.5))
    size = np.repeat(sizes / sizes.mean(), np.diff(counts.indptr))
    worth = counts.data * (k1 + 1) / (counts.data + k1 * (1 - b + b * size)) * rarity[counts.indices]
    weights = csr_array((worth, counts.indices, counts.indptr), shape=counts.shape)

    def scores(text: str, _language: Language) -> Scores:
        asked = np.zeros(len(places))
        for word in words_of(text):
            if word in places:
                asked[places[word]] += 1.0
        found: Scores = weights @ asked
        return found

    return scores


def char_tfidf(split: Split, candidates: Sequence[str]) -> Method:
    """Return the cosine of sublinear TF-IDF vectors of character 3- to 5-grams, words kept apart."""
    asked = [project[f"title_{language}"] for project in split.test for language in LANGUAGES]
    lexicon = compile_lexicon([*candidates, *asked, *(text for project in split.train for text in project.values())])
    grams = csr_array((np.ones(lexicon.grams.nnz), lexicon.grams.indices, lexicon.grams.indptr), shape=lexicon.grams.shape)

    def vectors(texts: Sequence[str]) -> "csr_array[np.float64, tuple[int, int]]":
        counts = csr_array(lexicon.counts(texts) @ grams)
        counts.data = (1 + np.log(counts.data)) * lexicon.gram_rarity[counts.indices]
        lengths = np.sqrt(counts.multiply(counts).sum(axis=1))
        counts.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(counts.indptr))
        return counts

    held = vectors(candidates)
    return lambda text, _language: (held @ vectors([text]).T.tocsr()).toarray().ravel()
