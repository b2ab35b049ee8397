"""No words of the seed article are in the data: only positions, digests and what we say ourselves.

`seed.sentences.sha256` holds a digest of each sentence of five words or more of the article, so that
this can be proven without it. Where the article is at hand, a stricter test looks for shared runs of words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import KnowledgeGraph
from tests.conftest import ROOT

DIGESTS = ROOT / "tests" / "seed.sentences.sha256"
ARTICLES = sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))
FEWEST = 5
"""How many words a sentence has to have to be anybody's."""
RUN = 6
"""How many words in a row may not be the same."""
NAMES = {"medical records and health information specialists"}
"""Runs of words that are the official name of something, which the article uses too."""


def words(text: str) -> list[str]:
    """Give the words of a text in lower case, without punctuation and white space."""
    return re.findall(r"[^\W_]+", text.lower())


def digests(text: str) -> set[str]:
    """Give the SHA-256 of each sentence of a text that has enough words."""
    sentences = (words(sentence) for sentence in re.split(r"(?<=[.!?:;])\s+|\s*\n\s*", text))
    return {
        hashlib.sha256(" ".join(sentence).encode()).hexdigest()
        for sentence in sentences
        if len(sentence) >= FEWEST
    }


def runs(text: str) -> Iterator[str]:
    """Yield every run of words of a text."""
    said = words(text)
    yield from (" ".join(said[start : start + RUN]) for start in range(len(said) - RUN + 1))


def literals(kg: KnowledgeGraph) -> set[str]:
    return {
        str(row["text"])
        for row in kg.query("SELECT DISTINCT (STR(?o) AS ?text) { ?s ?p ?o FILTER(isLiteral(?o)) }")
    }


def test_no_sentence_of_the_article_is_in_the_data(kg: KnowledgeGraph) -> None:
    known = set(DIGESTS.read_text(encoding="ascii").split())
    assert len(known) > 50
    assert [text for text in literals(kg) if digests(text) & known] == []


def test_a_sentence_is_known_whatever_its_case_and_punctuation() -> None:
    one = "The tide runs twice a day, they say."
    assert (
        digests(one)
        == digests("Well! THE TIDE  runs (twice) a day -- they say!\nNo.") & digests(one)
        != set()
    )
    assert digests("Too short to tell.") == set()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_the_digests_are_those_of_the_article(article: Path) -> None:
    known = DIGESTS.read_text(encoding="ascii")
    assert known == "".join(f"{digest}\n" for digest in sorted(digests(article.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_no_run_of_words_of_the_article_is_in_the_data(article: Path, kg: KnowledgeGraph) -> None:
    its = set(runs(article.read_text(encoding="utf-8"))) - NAMES
    assert {text: shared for text in literals(kg) if (shared := its & set(runs(text)))} == {}
