"""The site as a visitor meets it: in a real browser, by eye, by keyboard, by search."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from peers.browser import Browser

PAGES = (
    "",
    "guides/push-image/",
    "guides/authenticate/",
    "guides/describe-your-api/",
    "openapi/",
    "reference/",
    "reference/routes/blob-upload/",
    "reference/routes/manifest/",
    "reference/errors/",
    "reference/schemas/",
)
SIZES = {"phone": (360, 740), "desk": (1440, 900)}

READY = """
const tables = document.querySelectorAll("article table:not([class])").length;
const wrapped = document.querySelectorAll("article .md-typeset__table").length;
const blocks = document.querySelectorAll("article pre > code").length;
const buttons = document.querySelectorAll("article .md-code__button[aria-label]").length;
return document.readyState === "complete" && wrapped >= tables && buttons >= blocks;
"""

RUN_AXE = """
const done = arguments[arguments.length - 1];
const told = (node) => `${node.html} ${node.failureSummary || ""}`;
axe.run(document, { resultTypes: ["violations"] }).then((results) => done(
  results.violations.map((found) =>
    [`${found.id}: ${found.help}`, ...found.nodes.slice(0, 4).map(told)].join("\\n    "))));
"""

HITS = """
return [...document.querySelectorAll(".md-search-result__item")].slice(0, 3).flatMap((item) =>
  [...item.querySelectorAll(".md-search-result__link")].map((link) => link.pathname + link.hash));
"""

PLACE = """
const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
const target = document.getElementById(arguments[0]);
const place = target.getBoundingClientRect();
return [target.checkVisibility() && place.top >= header - 1 && place.top < innerHeight,
        `header ends at ${header}, target is at ${place.top} of ${innerHeight}`];
"""


def wait(condition: Callable[[], Any], what: str, seconds: float = 10) -> Any:
    """What `condition` gives once that is true."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"still waiting for {what}"
        time.sleep(0.05)
    return value


def visit(browser: Browser, path: str) -> None:
    browser.open(path)
    wait(lambda: browser.run(READY), f"{path or 'home'} to be ready")


def in_view(browser: Browser, identifier: str) -> None:
    """The element with this id is visible, below the header and above the fold."""

    def arrived() -> Any:
        return browser.run(f"return !!document.getElementById({identifier!r})")

    wait(arrived, identifier)
    wait(lambda: browser.run(PLACE, identifier)[0], str(browser.run(PLACE, identifier)[1]))


@pytest.mark.parametrize("path", PAGES)
def test_everyone_can_use_it(page: Browser, path: str, axe: str) -> None:
    """No axe violation and no sideways scrolling, in light and dark, on a phone and a desk."""
    problems = {}
    for scheme in ("light", "dark"):
        page.prefer(scheme)
        for name, (width, height) in SIZES.items():
            page.size(width, height)
            visit(page, path)
            wide = page.run("return document.documentElement.scrollWidth")
            page.run(axe)
            found = page.run_async(RUN_AXE)
            if found or wide > width:
                problems[f"{scheme} on a {name}"] = [f"{wide} pixels wide", *found]
    assert not problems, "\n\n".join(
        f"{case}:\n  " + "\n  ".join(found) for case, found in problems.items()
    )


CHOOSE = """
const labels = [...document.querySelectorAll(".tabbed-labels > label")];
labels.find((label) => label.textContent.trim() === arguments[0]).click();
"""

SHOWN = """
return [...document.querySelectorAll(".tabbed-set")].map((set) =>
  [...set.querySelectorAll(".tabbed-labels > label")]
    .filter((label, at) => set.querySelectorAll("input")[at].checked)
    .map((label) => label.textContent.trim()).join());
"""

LABELLED = """
const codes = [...document.querySelectorAll(".tabbed-block pre > code")];
return codes.every((code) => code.tabIndex === 0 || code.scrollWidth <= code.clientWidth);
"""


def test_samples_in_every_language_can_be_used(page: Browser, axe: str) -> None:
    """A choice holds for all samples, on other pages too; what it shows can be reached."""
    page.size(*SIZES["phone"])
    visit(page, "reference/routes/blob-upload/")
    for language in ("Request", "curl", "Python", "JavaScript", "Go"):
        choose(page, language)
        page.run(axe)
        assert page.run_async(RUN_AXE) == []
    visit(page, "reference/routes/tags/")
    wait(lambda: page.run(SHOWN) == ["Go", "Go"], "samples in Go on another page")


def choose(page: Browser, language: str) -> None:
    page.run(CHOOSE, language)
    wait(lambda: set(page.run(SHOWN)) == {language}, f"samples in {language}")
    wait(lambda: page.run(LABELLED), f"{language} to be reached by keyboard")


def test_home_says_what_this_is_on_one_screen(page: Browser) -> None:
    visit(page, "")
    for selector in (".hero h1", ".hero-doors a", ".becomes", ".doors h2", ".doors p"):
        for element in page.driver.find_elements(By.CSS_SELECTOR, selector):
            assert element.rect["y"] + element.rect["height"] <= 900, selector
    assert page.driver.find_element(By.CSS_SELECTOR, ".hero-doors a").rect["y"] < 700


def test_dark_follows_the_system_and_a_choice_stays(page: Browser) -> None:
    scheme = "return document.body.dataset.mdColorScheme"
    page.prefer("dark")
    visit(page, "")
    assert page.run(scheme) == "slate"
    page.driver.find_element(By.CSS_SELECTOR, "label[title='Switch to light']").click()
    wait(lambda: page.run(scheme) == "default", "the light scheme")
    visit(page, "guides/errors/")
    assert page.run(scheme) == "default"


def test_on_a_phone_the_drawer_leads_to_the_reference(page: Browser) -> None:
    page.size(360, 740, mobile=True)
    visit(page, "")
    page.driver.find_element(By.CSS_SELECTOR, ".md-header__button[for='__drawer']").click()
    reference = "//nav[contains(@class,'md-nav--primary')]//*[contains(text(),'Reference')]"
    wait(
        lambda: any(e.is_displayed() for e in page.driver.find_elements(By.XPATH, reference)),
        "the drawer",
    )


ROUTES = "/reference/routes"
SEARCHES = (
    ("manifests/<reference>", f"{ROUTES}/manifest/#op-manifest-get"),
    ("/v2/{name}/blobs/uploads/", f"{ROUTES}/blob-upload/#op-blob-upload-post"),
    ("blobs/<digest>", f"{ROUTES}/blob/#op-blob-get"),
    ("/v2/_catalog", f"{ROUTES}/catalog/#op-catalog-get"),
    ("startBlobUpload", f"{ROUTES}/blob-upload/#op-blob-upload-post"),
    ("getManifest", f"{ROUTES}/manifest/#op-manifest-get"),
    ("cancel an upload", f"{ROUTES}/blob-upload-chunk/#op-blob-upload-chunk-delete"),
    ("Mount Blob", f"{ROUTES}/blob-upload/#op-blob-upload-post--mount-blob"),
    ("MANIFEST_UNKNOWN", "/reference/errors/#err-manifest-unknown"),
    ("blob upload invalid", "/reference/errors/#err-blob-upload-invalid"),
    ("toomanyrequests", "/reference/errors/#err-toomanyrequests"),
)


def finds(page: Browser, query: str, wanted: str) -> bool:
    """Whether a search has this link within a few seconds."""
    box = page.driver.find_element(By.CSS_SELECTOR, ".md-search__input")
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(query)
    try:
        wait(lambda: wanted in page.run(HITS), query, seconds=5)
    except AssertionError:
        return False
    return True


def test_search_finds_it_on_one_of_the_first_three_pages(page: Browser) -> None:
    """By path, by name, and by error code, whichever way it is written."""
    visit(page, "")
    page.driver.find_element(By.CSS_SELECTOR, ".md-search__input").click()
    missing = []
    for query, wanted in SEARCHES:
        if not finds(page, query, wanted):
            missing.append(f"{query}: not {wanted}, but {page.run(HITS)}")
    assert not missing, "\n".join(missing)


def test_a_deep_link_lands_below_the_header(page: Browser) -> None:
    visit(page, "reference/errors/#err-blob-unknown")
    in_view(page, "err-blob-unknown")


def test_a_deep_link_opened_from_another_page_lands_below_the_header(page: Browser) -> None:
    visit(page, "guides/push-image/")
    page.run("window.stayed = true")
    link = page.driver.find_element(By.CSS_SELECTOR, "a[href$='#err-digest-invalid']")
    page.run("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", link)
    in_view(page, "err-digest-invalid")
    assert page.run("return window.stayed"), "instant navigation did not take it"


def test_a_deep_link_opens_the_details_around_it(page: Browser) -> None:
    visit(page, "guides/delete/")
    assert not page.run("return document.getElementById('delete-a-tag').checkVisibility()")
    visit(page, "guides/delete/#delete-a-tag")
    in_view(page, "delete-a-tag")


def test_the_keyboard_reaches_the_content_first(page: Browser) -> None:
    visit(page, "reference/errors/")
    page.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert page.run("return document.activeElement.className").startswith("md-skip")
