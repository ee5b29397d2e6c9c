"""Personal words on the page: the pages follow them, and nobody's are lost."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Dialog, Page, Route, expect

from tests.preview.reader import Reader, Room
from tests.support.browser import Screen

MINE = "You came in the rain, and you said what hurt."
THEIRS = "You took the bus through half the city, week after week."
THANKS = "Take good care of the garden."


class Slow:
    """Answers wait until they are let go, so that the page is behind for as long as a test wants."""

    def __init__(self, page: Page) -> None:
        self.sent: list[str] = []
        self._held: list[Route] = []
        self._is_open = False
        page.route("**/draw", self._hold)

    def let_go(self) -> None:
        """Answer all that wait, and whatever comes later at once."""
        self._is_open = True
        for route in self._held:
            route.continue_()

    def _hold(self, route: Route) -> None:
        self.sent.append(route.request.post_data or "")
        if self._is_open:
            route.continue_()
        else:
            self._held.append(route)


def test_the_pages_follow_what_is_typed(reader: Reader) -> None:
    before = reader.pictures
    reader.field().press_sequentially(" And then you laughed.")
    reader.follow()
    expect(reader.text).to_contain_text("And then you laughed.")
    assert reader.pictures[0] != before[0]
    assert int(reader.main.get_attribute("data-edited") or 0) > len("And then you laughed.")
    expect(reader.find("unsaved-acknowledgment")).to_be_visible()


def test_what_is_behind_says_so_and_catches_up_with_the_last_of_many_edits(reader: Reader) -> None:
    before, slow = reader.pictures, Slow(reader.page)
    behind = reader.find("behind")
    expect(behind).to_be_empty()
    for number in range(1, 6):
        reader.field().fill(f"You came {number} times.")
    expect(behind).to_have_text("The page is behind what you wrote …")
    assert reader.pictures == before
    slow.let_go()
    reader.follow()
    # What was typed in between is of no interest any more.
    drawn = {number for number in range(1, 6) if any(f"came+{number}+times" in sent for sent in slow.sent)}
    assert 5 in drawn
    assert drawn <= {1, 5}
    expect(reader.text).to_contain_text("You came 5 times.")
    expect(behind).to_be_empty()


def test_words_that_are_missing_are_told_beside_their_field(reader: Reader) -> None:
    reader.write("")
    reader.is_in_state("Not complete")
    note = reader.find("note-acknowledgment").locator(".wrong")
    expect(note).to_be_visible()
    reader.page.get_by_role("link", name="Go there").first.click()
    expect(reader.field()).to_be_focused()
    expect(reader.sheets).to_have_count(2)
    reader.write(MINE)
    reader.is_in_state("Complete")
    expect(note).to_have_count(0)


def test_saved_words_are_in_the_register_with_who_and_when(reader: Reader) -> None:
    assert reader.kept() is None
    reader.write(MINE)
    reader.page.keyboard.press("Control+s")
    reader.hears("Your words are saved.")
    assert reader.kept()["acknowledgment"] == {"en": MINE}
    assert {by for _, by in reader.entries()} == {"sam-rivera"}
    expect(reader.find("unsaved-acknowledgment")).to_be_hidden()
    expect(reader.find("note-acknowledgment")).to_contain_text("Saved by Sam Rivera, November 22, 2026")
    assert "sam-rivera" in reader.room.run("case", "history", reader.number)
    reader.page.reload()
    expect(reader.field()).to_have_value(MINE)
    expect(reader.text).to_contain_text("You came in the rain")
    expect(reader.find("note-acknowledgment")).to_contain_text("Saved by Sam Rivera")


def test_words_of_another_language_are_kept_apart(room: Room, screen: Screen) -> None:
    reader = room.read(screen, "C-1001")
    reader.choose("language", "es")
    reader.write("Usted vino también cuando llovía.")
    # They are in the language they were written for until they are saved.
    reader.find("language").select_option("en")
    expect(reader.find("status")).to_contain_text("Save your words first")
    expect(reader.find("language")).to_have_value("es")
    reader.press("save")
    reader.hears("Your words are saved.")
    reader.choose("language", "en")
    assert reader.field().input_value().startswith("You kept coming")
    assert reader.kept()["acknowledgment"]["es"] == "Usted vino también cuando llovía."
    assert reader.kept()["acknowledgment"]["en"].startswith("You kept coming")


def conflict(reader: Reader, screen: Screen) -> tuple[Reader, Reader]:
    """Two windows in which the same part was written, and saved in the first."""
    other = reader.again(screen)
    reader.write(THEIRS)
    other.write(MINE)
    reader.press("save")
    reader.hears("Your words are saved.")
    other.press("save")
    other.hears("Somebody else wrote in the meantime.")
    return reader, other


def test_of_two_who_write_the_same_part_the_second_sees_both_and_keeps_theirs(
    reader: Reader, screen: Screen
) -> None:
    first, second = conflict(reader, screen)
    note = second.find("note-acknowledgment")
    expect(note).to_contain_text("Sam Rivera wrote this on November 22, 2026")
    expect(note.locator("blockquote")).to_have_text(THEIRS)
    expect(second.field()).to_have_value(MINE)
    assert first.kept()["acknowledgment"] == {"en": THEIRS}
    note.get_by_role("button", name="Keep mine").click()
    expect(second.field()).to_be_focused()
    second.follow()
    second.press("save")
    second.hears("Your words are saved.")
    assert first.kept()["acknowledgment"] == {"en": MINE}
    # The first window has nothing unsaved, so it takes what is new.
    expect(first.field()).to_have_value(MINE)


def test_of_two_who_write_the_same_part_the_second_takes_the_words_of_the_first(
    reader: Reader, screen: Screen
) -> None:
    first, second = conflict(reader, screen)
    second.find("note-acknowledgment").get_by_role("button", name="Take theirs").click()
    expect(second.field()).to_have_value(THEIRS)
    second.follow()
    expect(second.find("unsaved-acknowledgment")).to_be_hidden()
    second.press("save")
    second.hears("Your words are saved.")
    assert first.kept()["acknowledgment"] == {"en": THEIRS}


def test_one_choice_between_two_texts_is_not_made_by_another(reader: Reader, screen: Screen) -> None:
    other = reader.again(screen)
    for one, words in ((reader, THEIRS), (other, MINE)):
        one.write(words)
        one.write(f"{words} Thank you.", "gratitude")
    reader.press("save")
    reader.hears("Your words are saved.")
    other.press("save")
    other.hears("Somebody else wrote in the meantime.")
    other.find("note-acknowledgment").get_by_role("button", name="Keep mine").click()
    other.press("save")
    other.until("#status", words="choose below which words stay")
    expect(other.find("note-gratitude").get_by_role("button", name="Keep mine")).to_be_focused()
    assert reader.kept()["acknowledgment"] == {"en": THEIRS}
    other.find("note-gratitude").get_by_role("button", name="Take theirs").click()
    other.follow()
    other.press("save")
    other.hears("Your words are saved.")
    assert reader.kept() == {"acknowledgment": {"en": MINE}, "gratitude": f"{THEIRS} Thank you."}


def test_nothing_is_typed_while_the_words_of_another_language_are_on_their_way(
    room: Room, screen: Screen
) -> None:
    reader = room.read(screen, "C-1001")
    slow = Slow(reader.page)
    reader.find("language").select_option("es")
    expect(reader.field()).not_to_be_editable()
    slow.let_go()
    reader.follow()
    expect(reader.field()).to_be_editable()
    expect(reader.field()).to_have_attribute("lang", "es")


def test_words_that_are_begun_while_theirs_are_on_the_way_do_not_overwrite_them(
    reader: Reader, screen: Screen
) -> None:
    other = reader.again(screen)
    slow = Slow(other.page)
    reader.write(THEIRS)
    reader.press("save")
    reader.hears("Your words are saved.")
    for _ in range(100):
        if slow.sent:
            break
        other.page.wait_for_timeout(50)
    other.field().fill(MINE)
    slow.let_go()
    other.follow()
    other.press("save")
    other.hears("Somebody else wrote in the meantime.")
    expect(other.field()).to_have_value(MINE)
    assert reader.kept()["acknowledgment"] == {"en": THEIRS}


def test_two_who_write_different_parts_both_keep_theirs(reader: Reader, screen: Screen) -> None:
    other = reader.again(screen)
    reader.write(MINE)
    other.write(THANKS, "gratitude")
    reader.press("save")
    reader.hears("Your words are saved.")
    # What was saved next door comes while the rest is still being written.
    expect(other.field()).to_have_value(MINE)
    expect(other.field("gratitude")).to_have_value(THANKS)
    other.press("save")
    other.hears("Your words are saved.")
    assert reader.kept() == {"acknowledgment": {"en": MINE}, "gratitude": THANKS}
    expect(reader.field("gratitude")).to_have_value(THANKS)


def test_words_of_an_import_show_while_somebody_types_elsewhere(reader: Reader) -> None:
    reader.write(THANKS, "gratitude")
    reader.press("save")
    reader.hears("Your words are saved.")
    reader.write(f"{THANKS} And of yourself.", "gratitude")
    file = reader.room.file(reader.number)
    text = file.read_text("utf-8")
    begin, end = text.index("  acknowledgment:"), text.index("supports:")
    new = f"{text[:begin]}  acknowledgment: {THEIRS}\n  gratitude: {THANKS}\n{text[end:]}"
    file.with_suffix(".new").write_text(new, "utf-8")
    file.with_suffix(".new").replace(file)
    reader.room.run("case", "import", "--yes", str(file))
    expect(reader.field()).to_have_value(THEIRS)
    expect(reader.field("gratitude")).to_have_value(f"{THANKS} And of yourself.")
    expect(reader.text).to_contain_text("You took the bus")


def test_leaving_with_unsaved_words_asks_first(reader: Reader) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    reader.page.on("dialog", stay)
    reader.field().press_sequentially(" Yes.")
    there = reader.page.url
    reader.page.locator("a", has_text="All letters").click()
    reader.follow()
    assert (asked, reader.page.url) == (["beforeunload"], there)
    assert "Yes." in reader.field().input_value()
    reader.press("save")
    reader.hears("Your words are saved.")
    reader.page.locator("a", has_text="All letters").click()
    expect(reader.page.get_by_role("heading", name="Letters you asked for")).to_be_visible()
    assert asked == ["beforeunload"]


def test_when_the_program_ends_the_page_says_so_and_keeps_what_was_typed(
    tmp_path: Path, screen: Screen
) -> None:
    room = Room(tmp_path / "office")
    reader = room.read(screen, room.unread())
    reader.write(MINE)
    room.close()
    expect(reader.find("status")).to_have_text(
        "The program behind this page has ended. What you typed is still here: copy it before you close this "
        "window."
    )
    reader.field().press_sequentially(" Still here.")
    expect(reader.field()).to_have_value(f"{MINE} Still here.")
    reader.press("save")
    reader.page.wait_for_timeout(200)
    expect(reader.find("status")).to_contain_text("copy it before you close this window")
    expect(reader.field()).to_have_value(f"{MINE} Still here.")
    expect(reader.sheets).to_have_count(2)
    assert all("ERR_CONNECTION_REFUSED" in one or "ERR_EMPTY" in one for one in screen.complained())
