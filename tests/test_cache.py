"""A store answers the same on the first day and the second, and counts nothing twice."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import graph
from graph import KnowledgeGraph
from graph.cache import KEEP_DAYS
from tests.conftest import EXAMPLE, Write, store_of

FACTS = {"facts.ttl": "<a:x> <a:y> 1 ."}
TWO_SOURCES = (
    "<a:one> { <a:x> <a:pays> 10 . <a:y> <a:pays> 20 } <a:two> { <a:x> <a:pays> 10 } <a:x> <a:pays> 10 ."
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Start with an empty cache; give the folder where stores will lie."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "mbc-careers"


def answer(folder: Path) -> str:
    return graph.load(folder).query("SELECT ?z { <a:x> <a:y> ?z } ORDER BY ?z").to_text("csv")


def test_what_two_sources_say_counts_once(write: Write) -> None:
    kg = graph.load(write({"facts.trig": TWO_SOURCES}))
    (row,) = kg.query("SELECT (COUNT(*) AS ?count) (SUM(?n) AS ?sum) (AVG(?n) AS ?mean) { ?who <a:pays> ?n }")
    assert row == {"count": 2, "sum": 30, "mean": Decimal(15)}
    (row,) = kg.query("SELECT (COUNT(*) AS ?count) { GRAPH ?source { <a:x> <a:pays> 10 } }")
    assert row == {"count": 2}


def test_the_shipped_data_counts_nothing_twice(kg: KnowledgeGraph) -> None:
    (count,) = kg.query("SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }")
    assert count["triples"] == len(store_of(kg).dump().triples) == len(set(store_of(kg).dump().triples))
    said = list(kg.query("SELECT DISTINCT ?s ?n { GRAPH ?g { ?s mbc:value ?n } }"))
    (total,) = kg.query("SELECT (SUM(?n) AS ?sum) (COUNT(?n) AS ?count) { ?s mbc:value ?n }")
    assert total == {"sum": sum(Decimal(str(row["n"])) for row in said), "count": len(said)}
    (twice,) = kg.query("SELECT (COUNT(*) AS ?count) { GRAPH ?g { ?s mbc:value ?n } }")
    assert int(str(twice["count"])) > len(said), (
        "some figures have several sources, or this test proves nothing"
    )


@pytest.mark.filterwarnings(
    "ignore:Dataset.default_context:DeprecationWarning"
)  # rdflib's query warns of rdflib itself
def test_rdflib_sees_the_same_store(kg: KnowledgeGraph) -> None:
    query = "SELECT ?name WHERE { org:aapc skos:prefLabel ?name }"
    assert [str(row[0]) for row in kg.to_rdflib().query(query)] == [row["name"] for row in kg.query(query)]  # type: ignore[index]
    assert len(kg.to_rdflib()) == len(store_of(kg).dump().triples)


def test_the_second_time_the_store_of_the_first_is_used(cache: Path, write: Write) -> None:
    folder = write(FACTS)
    first = answer(folder)
    (made,) = cache.iterdir()
    when = made.stat().st_mtime_ns
    assert store_of(graph.load(folder)).folder == made
    assert answer(folder) == first == "z\n1\n"
    assert [path.stat().st_mtime_ns for path in cache.iterdir()] == [when]


@pytest.mark.parametrize("changed", ["facts.ttl", "rules/more.rq", "view.ttl"])
def test_a_change_makes_a_new_store(changed: str, cache: Path, write: Write) -> None:
    view = "@prefix view: <https://w3id.org/graph-explorer/view#> . <a:data> view:defaultGraph <a:{}> ."
    rule = "CONSTRUCT {{ <a:x> <a:y> {} }} WHERE {{ }}"
    folder = write({**FACTS, "rules/more.rq": rule.format(5), "view.ttl": view.format("own")})
    new = {"facts.ttl": "<a:x> <a:y> 2 .", "rules/more.rq": rule.format(6), "view.ttl": view.format("mine")}
    seen = "SELECT ?g ?z { GRAPH ?g { <a:x> <a:y> ?z } }"
    before = graph.load(folder).query(seen).to_text("csv")
    (folder / changed).write_text(new[changed])
    assert graph.load(folder).query(seen).to_text("csv") != before
    assert len(list(cache.iterdir())) == 2


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert answer(write(FACTS)) == "z\n1\n"


def emptied(folder: Path) -> None:
    shutil.rmtree(folder / "store")
    (folder / "store").mkdir()


def cut_short(folder: Path) -> None:
    for path in (folder / "store").glob("*.sst"):
        path.write_bytes(path.read_bytes()[:100])


def flipped(folder: Path) -> None:
    path = max((folder / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no prefixes": lambda folder: (folder / "prefixes.json").unlink(),
    "half of the prefixes": lambda folder: (folder / "prefixes.json").write_text('{"a": '),
    "no store": lambda folder: shutil.rmtree(folder / "store"),
    "an empty store": emptied,
    "a store cut short": cut_short,
    "one bit": flipped,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_store_is_not_trusted_but_made_again(
    damage: Callable[[Path], object], cache: Path, write: Write
) -> None:
    folder = write(FACTS)
    answer(folder)
    (made,) = cache.iterdir()
    damage(made)
    assert answer(folder) == "z\n1\n"
    assert store_of(graph.load(folder)).folder == made, "the third time it comes from the cache again"
    assert answer(folder) == "z\n1\n"


def test_stores_that_nobody_has_used_for_long_make_room(cache: Path, write: Write) -> None:
    old, young, half, foreign = (
        cache / name for name in ("a" * 32, "b" * 32, "c" * 32 + ".12345678.part", "somebody-else")
    )
    for path, days in {old: KEEP_DAYS + 1, young: KEEP_DAYS - 1, half: KEEP_DAYS + 1, foreign: 999}.items():
        path.mkdir(parents=True)
        then = time.time() - days * 86_400
        os.utime(path, (then, then))
    answer(write(FACTS))
    assert young.exists()
    assert foreign.exists()
    assert not old.exists()
    assert not half.exists()


def test_two_processes_at_once_both_answer(cache: Path) -> None:
    query = "SELECT (SUM(?n) AS ?sum) { ?ferry ferry:carries ?n }"
    command = [sys.executable, "-m", "graph", "query", query, "--format", "csv", "--data", str(EXAMPLE)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    ended = [process.communicate(timeout=60) for process in running]
    assert ended == [(b"sum\n160\n", b"")] * 4
    assert len(list(cache.iterdir())) == 1


def test_the_cache_is_for_its_owner_alone(cache: Path, write: Write) -> None:
    answer(write(FACTS))
    (made,) = cache.iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (cache, made)] == [0o700, 0o700]
