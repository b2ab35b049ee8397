"""A person holds a phone and has fingers, no mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.acts import panel, place
from tests.browser.conftest import Visit
from tests.browser.look import looks

CPC = "https://w3id.org/mbc-careers/id/cert/cpc"
Points = tuple[tuple[float, float], ...]


@pytest.fixture
def phone(visit: Visit, shipped: Path) -> Page:
    """Open the page on a phone."""
    return visit(
        shipped, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=2
    )


@pytest.fixture
def fingers(phone: Page) -> Iterator[CDPSession]:
    """Reach the screen of the phone with more than one finger."""
    session = phone.context.new_cdp_session(phone)
    yield session
    session.detach()


def move(fingers: CDPSession, start: Points, end: Points) -> None:
    """Put fingers down, move each from its start to its end, lift them."""
    for step in range(11):
        points = [
            {"x": x + (to_x - x) * step / 10, "y": y + (to_y - y) * step / 10, "id": number}
            for number, ((x, y), (to_x, to_y)) in enumerate(zip(start, end, strict=True))
        ]
        fingers.send(
            "Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": points}
        )
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_tap_shows_what_is_known(phone: Page) -> None:
    phone.touchscreen.tap(*place(phone, CPC))
    expect(panel(phone, "Details").get_by_role("heading", level=2)).to_have_text("CPC")
    phone.wait_for_function("() => document.querySelector('.vis-tooltip')?.style.visibility === 'visible'")
    expect(phone.locator(".vis-tooltip")).to_be_hidden()
    box = phone.get_by_role("combobox", name="Find", exact=True)
    box.tap()
    phone.keyboard.type("rhia")
    phone.get_by_role("listbox", name="Matches").get_by_role("option").first.tap()
    expect(panel(phone, "Details").get_by_role("heading", level=2)).to_have_text("RHIA")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_finger_moves_the_picture_and_two_zoom_it(phone: Page, fingers: CDPSession) -> None:
    canvas = phone.locator("#canvas").bounding_box()
    assert canvas
    x, y = canvas["x"] + 20, canvas["y"] + canvas["height"] - 120
    before = place(phone, CPC)
    move(fingers, ((x, y),), ((x + 60, y - 40),))
    phone.wait_for_function("([iri, x]) => graphPageForTests.at(iri).x > x + 40", arg=[CPC, before[0]])
    after = place(phone, CPC)
    assert after[0] - before[0] == pytest.approx(60, abs=12)
    assert after[1] - before[1] == pytest.approx(-40, abs=12)
    assert phone.evaluate("scrollY") == 0
    scale = looks(phone)["scale"]
    move(fingers, ((150, y), (200, y)), ((100, y), (250, y)))
    phone.wait_for_function("scale => graphPageForTests.view().scale > 1.5 * scale", arg=scale)
