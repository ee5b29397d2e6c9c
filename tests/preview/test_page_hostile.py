"""Whatever a case, a practice or a template holds: nothing of it runs in the page, and nothing leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.preview.reader import KIND, Reader, Room
from tests.support.browser import Screen

RUN = "window.taken=1"
HOSTILE = (
    f"</textarea><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'" autofocus onfocus="{RUN}" x="',
    f"' onmouseover='{RUN}'",
    f"javascript:{RUN}",
    f"</pre></blockquote><svg onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "{{ cycler.__init__.__globals__ }}",
    "<base href='http://example.invalid/'><meta http-equiv=refresh content='0;url=http://example.invalid/'>",
    "&lt;script&gt; &#x3c;script&#x3e;",
)
ALL = " ".join(HOSTILE)
FOREIGN = "script:not([src$='/page.js']), iframe, object, embed, base, meta[http-equiv], svg, style"
# The style of `main` is the zoom that the page's own script sets.
HANDLERS = """[...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]
    .filter((of) => of.name.startsWith('on') || (of.name === 'style' && one.id !== 'main')
        || (/^(href|src|action)$/.test(of.name) && /^(javascript|data):/i.test(of.value.trim())))
    .map((of) => of.name))"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Room]:  # noqa: ARG001
    """A practice whose own kind tries to bring script into the page."""
    folder = tmp_path_factory.mktemp("room") / "office"
    one = Room(folder)
    one.run("eject", KIND)
    yield one
    one.close()


def unharmed(page: Page) -> None:
    """Nothing ran, and the page is as its templates made it."""
    assert page.evaluate("window.taken") is None
    assert page.locator(FOREIGN).count() == 0
    assert page.evaluate(HANDLERS) == []


def change(reader: Reader, **changes: Any) -> None:
    """Change values of the case's file, and of its client."""
    file = reader.room.file(reader.number)
    case = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - plain strings only
    case["clients"][0] |= changes.pop("client", {})
    file.write_text(yaml.safe_dump(case | changes, allow_unicode=True), "utf-8")


def test_names_and_words_are_only_text(reader: Reader) -> None:
    for text in (*HOSTILE, ALL):
        change(reader, client={"name": f"Jordan {text}"}, words={"acknowledgment": {"en": text}})
        expect(reader.field()).to_have_value(text)
        unharmed(reader.page)
    reader.page.reload()
    expect(reader.field()).to_have_value(ALL)
    unharmed(reader.page)


def test_what_is_typed_and_saved_is_only_text(reader: Reader, screen: Screen) -> None:
    other = reader.again(screen)
    other.write(ALL)
    reader.write(f"{ALL} {ALL}")
    reader.press("save")
    expect(reader.find("came")).to_be_visible()
    other.press("save")
    expect(other.find("came")).to_be_visible()
    for one in (reader, other):
        unharmed(one.page)
        one.page.reload()
        unharmed(one.page)


def test_a_remark_is_only_text(reader: Reader) -> None:
    reader.page.keyboard.press("Alt+b")
    reader.find("remark").fill(ALL)
    reader.press("send-back")
    reader.hears("The letter is sent back.")
    expect(reader.find("state")).to_contain_text(HOSTILE[0])
    reader.page.get_by_text("What happened").click()
    expect(reader.find("log")).to_contain_text("sent back")
    unharmed(reader.page)
    reader.page.goto(reader.room.served.address)
    unharmed(reader.page)


def test_findings_and_their_lines_are_only_text(reader: Reader) -> None:
    file = reader.room.file(reader.number)
    good = file.read_text("utf-8")
    for bad in (f"case: {HOSTILE[0]}\n", f'opened: "{HOSTILE[1]}"\n', f"? {HOSTILE[3]}\n: {HOSTILE[5]}\n"):
        key = bad.split(":")[0]
        kept = [line for line in good.splitlines(keepends=True) if not line.startswith(f"{key}:")]
        file.write_text(bad + "".join(kept), "utf-8")
        reader.is_in_state("A file has a mistake")
        unharmed(reader.page)
        file.write_text(good, "utf-8")
        reader.is_in_state("Complete")


TEMPLATES = (
    f"<script>{RUN}</script>",
    f'<p onclick="{RUN}">x</p>',
    f'<p><img src="x" onerror="{RUN}"></p>',
    f'<p><a href="javascript:{RUN}">x</a></p>',
    "<p><img src='http://example.invalid/x.png'></p>",
    "<style>@import url(http://example.invalid/x.css);</style>",
    "<p>{{ ''.__class__.__mro__ }}</p>",
    "{% include '/etc/passwd' %}",
)


def test_a_template_brings_no_script_into_the_page(reader: Reader) -> None:
    file = reader.room.folder / "kinds" / KIND / "en.html.j2"
    good = file.read_text("utf-8")
    place = '<section data-says="acknowledgment">'
    assert place in good
    try:
        for number, bad in enumerate(TEMPLATES):
            mark = f"<p>Number {number}.</p>"
            file.write_text(good.replace(place, f"{place}{mark}{bad}"), "utf-8")
            expect(
                reader.page.locator(f".point.error, #plain:has-text('Number {number}.')").first
            ).to_be_attached()
            unharmed(reader.page)
    finally:
        file.write_text(good, "utf-8")
    reader.is_in_state("Complete")
    unharmed(reader.page)


def test_a_logo_and_a_file_name_bring_no_script_into_the_page(room: Room, screen: Screen) -> None:
    name = f"cases/x <img src=x onerror={RUN.replace('/', '')}> &quot;.yaml"
    (room.folder / name).write_text(
        room.file("T-01").read_text("utf-8").replace("opened:", "opend:"), "utf-8"
    )
    logo = room.folder / "logo.svg"
    good = logo.read_text("utf-8")
    logo.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="{RUN}"><script>{RUN}</script>'
        '<image href="http://example.invalid/x.png" width="9" height="9"/></svg>',
        "utf-8",
    )
    served = type(room.served)(room.folder, "--by", "sam-rivera", KIND, name)
    try:
        page = screen.open(served.address)
        expect(page.locator("#findings .point.error").first).to_be_visible()
        expect(page.locator("#findings")).to_contain_text(Path(name).name)
        unharmed(page)
    finally:
        logo.write_text(good, "utf-8")
        page.close()
        assert served.stop() == 0
