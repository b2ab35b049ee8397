"""A literal of any type says what it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.acts import find_and_read
from tests.browser.conftest import Visit, WritePage

LITERALS = {
    "string": ("'plain'", "plain"),
    "lang": ("'gruezi'@de-CH", "gruezi"),
    "integer": ("12345", "12,345"),
    "bigInteger": ("12345678901234567890123", "12,345,678,901,234,567,890,123"),
    "negative": ("-1234", "-1234"),
    "decimal": ("1234.50", "1234.5"),
    "tinyDecimal": ("0.00000012", "0.00000012"),
    "double": ("1.5e3", "1500"),
    "tinyDouble": ("1.0e-30", "1e-30"),
    "hugeDouble": ("-6.02e23", "-6.02e23"),
    "infinite": ("'INF'^^xsd:double", "INF"),
    "nan": ("'NaN'^^xsd:float", "NaN"),
    "yes": ("true", "yes"),
    "one": ("'1'^^xsd:boolean", "yes"),
    "no": ("false", "no"),
    "neither": ("'maybe'^^xsd:boolean", "maybe"),
    "noNumber": ("'many'^^xsd:integer", "many"),
    "nothing": ("''^^xsd:integer", ""),
    "sixteen": ("'0x10'^^xsd:integer", "0x10"),
    "address": ("'https://a.example/b'^^xsd:anyURI", "https://a.example/b"),
    "own": ("'<b>1</b>'^^a:type", "<b>1</b>"),
    "html": ("'<b>1</b>'^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML>", "<b>1</b>"),
} | {
    name: (f"'{text}'^^xsd:{name}", text)
    for name, text in {
        "date": "2026-02-03",
        "dateTime": "2026-02-03T04:05:06Z",
        "dateTimeStamp": "2026-02-03T04:05:06+01:00",
        "time": "04:05:06",
        "gYear": "2026",
        "gYearMonth": "2026-02",
        "gMonth": "--02",
        "gMonthDay": "--02-03",
        "gDay": "---03",
        "duration": "P1Y2M",
        "dayTimeDuration": "P1DT2H",
        "yearMonthDuration": "P1Y",
        "hexBinary": "0AFF",
        "base64Binary": "AAAA",
        "language": "de",
        "normalizedString": "a b",
        "token": "a",
        "NCName": "a",
        "QName": "a:b",
        "long": "12",
        "int": "12",
        "short": "12",
        "byte": "12",
        "unsignedLong": "12",
        "unsignedInt": "12",
        "unsignedShort": "12",
        "unsignedByte": "12",
        "positiveInteger": "12",
        "nonNegativeInteger": "12",
        "negativeInteger": "-12",
        "nonPositiveInteger": "-12",
    }.items()
}


def test_literals_of_every_type_say_what_they_say(
    visit: Visit, write_page: WritePage, subtests: pytest.Subtests
) -> None:
    said = " ; ".join(f"a:p-{name} {text}" for name, (text, _) in LITERALS.items())
    page = visit(
        write_page(
            {
                "facts.ttl": f"@prefix a: <http://a.example/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . a:x a:near a:y ; {said} ."
            }
        )
    )
    details = find_and_read(page, "x", "x")
    for name, (_, seen) in LITERALS.items():
        with subtests.test(name):
            row = details.locator(
                f"xpath=.//dd[translate(preceding-sibling::dt[1]/text(), ' ', '') = translate('p-{name.lower()}', ' ', '')]/div[1]"
            )
            expect(row).to_have_text(seen)
