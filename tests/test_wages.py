"""The wages are those of the package they come from, and writing them again changes nothing."""

from __future__ import annotations

import importlib.util
import random
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from graph import KnowledgeGraph

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_wages", ROOT / "scripts" / "refresh_wages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cells(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    database, year, month = script.database(tmp_path_factory.mktemp("oews"))
    assert (year, month) == (2025, 5)
    yield database
    database.close()


def test_writing_them_again_changes_nothing(script: ModuleType) -> None:
    assert script.text() == (ROOT / "ontology" / "facts" / "wages.trig").read_text(encoding="utf-8")


def test_thirty_figures_drawn_at_random_agree(
    kg: KnowledgeGraph, script: ModuleType, cells: sqlite3.Connection
) -> None:
    areas = {
        code: f"place:us-{script.STATES[code[:2]]}"
        for (code,) in cells.execute("SELECT area_code FROM area WHERE areatype_code = 'S'")
    }
    drawn = random.Random(29_2072).sample(
        [(o, a, c) for o in script.DETAILED for a in areas for c in script.FEWER], 30
    )
    for occupation, area, column in drawn:
        measure, statistic, _ = script.MEASURES[column]
        key = f"OEUS{area}000000{occupation.replace('-', '')}"
        row = cells.execute(f"SELECT {column} FROM cell WHERE key = ?", (key,)).fetchone()
        theirs = [] if row is None or row[0] in (None, "-") else [Decimal(row[0])]
        query = f"""SELECT ?value {{ ?f mbc:about occ:soc-{occupation} ; mbc:measure measure:{measure} ; mbc:statistic stat:{statistic} ;
          mbc:area {areas[area]} ; mbc:period period:2025-05 ; mbc:value ?value }}"""
        ours = [Decimal(str(found["value"])) for found in kg.query(query)]
        assert ours == theirs, (occupation, area, column)


@pytest.mark.parametrize(("state", "median"), [("ak", 61090), ("tx", 48860), ("dc", 72040)])
def test_median_pay_of_coders_in_a_state(kg: KnowledgeGraph, state: str, median: int) -> None:
    query = f"SELECT ?value {{ ?f mbc:about occ:soc-29-2072 ; mbc:statistic stat:median ; mbc:measure measure:annual-pay ; mbc:area place:us-{state} ; mbc:value ?value }}"
    assert [row["value"] for row in kg.query(query)] == [median]


@pytest.mark.parametrize(
    ("measure", "statistic", "area", "value"),
    [
        ("annual-pay", "median", "us-area-0010180", "48390"),
        ("location-quotient", "estimate", "us-ak", "2.64"),
        ("jobs-per-thousand", "estimate", "us-ak", "3.3"),
        ("hourly-pay", "percentile-10", "us", "17.79"),
    ],
)
def test_what_the_package_gives_besides(
    kg: KnowledgeGraph, measure: str, statistic: str, area: str, value: str
) -> None:
    query = f"SELECT ?value {{ ?f mbc:about occ:soc-29-2072 ; mbc:measure measure:{measure} ; mbc:statistic stat:{statistic} ; mbc:area place:{area} ; mbc:period period:2025-05 ; mbc:value ?value }}"
    assert [str(row["value"]) for row in kg.query(query)] == [value]


def test_areas_lie_in_their_states(kg: KnowledgeGraph) -> None:
    query = "SELECT ?area { ?area a mbc:Place FILTER(STRSTARTS(STR(?area), CONCAT(STR(place:), 'us-area-'))) FILTER NOT EXISTS { ?area schema:containedInPlace|schema:geoOverlaps ?state . ?state schema:containedInPlace place:us } }"
    assert list(kg.query(query)) == []
    assert kg.query("ASK { place:us-area-0010900 schema:geoOverlaps place:us-pa , place:us-nj }")


def test_industries_have_their_level_and_the_wider_one(kg: KnowledgeGraph) -> None:
    assert kg.query(
        "ASK { ind:622100 skos:broader ind:622000 ; mbc:industryLevel 4 . ind:622000 mbc:industryLevel 3 }"
    )
