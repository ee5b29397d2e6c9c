"""The wheel: everything the program needs is in it, and nothing else."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from letters.version import VERSION

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "letters"
BUILD = "import sys; from flit_core import buildapi; print(buildapi.build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as pip would, but with the build backend that is installed."""
    if importlib.util.find_spec("flit_core") is None:
        reason = "building the wheel needs the Python package flit_core"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("wheel")
    told = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return folder / told.stdout.split()[-1]


@pytest.fixture
def unpacked(wheel: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    return tmp_path / "site"


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_whole_package_and_nothing_else(wheel: Path) -> None:
    packed = {name for name in names_in(wheel) if ".dist-info/" not in name}
    written = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == written
    endings = {Path(name).suffix for name in packed}
    assert {".py", ".yaml", ".j2", ".css", ".js", ".svg"} <= endings
    assert "letters/starter/cases/C-1001.yaml" in packed


def test_the_wheel_says_what_the_project_says(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    with zipfile.ZipFile(wheel) as archive:
        (info,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        said = Parser().parsestr(archive.read(info).decode())
        scripts = archive.read(info.replace("METADATA", "entry_points.txt")).decode()
        license_text = archive.read(info.replace("METADATA", "licenses/LICENSE")).decode()
    assert said["Name"] == project["name"]
    assert said["Version"] == project["version"] == VERSION
    assert said["License-Expression"] == project["license"]
    assert license_text == (ROOT / "LICENSE").read_text("utf-8")
    assert "letters=letters.__main__:main" in scripts.replace(" ", "")
    needed = [line for line in said.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert len(needed) == len(project["dependencies"])


def test_the_unpacked_wheel_runs(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}

    def python(*arguments: str, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        # Without -P the current folder, and with it a working copy, would come first.
        command = [sys.executable, "-P", *arguments]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    def run(*arguments: str, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        return python("-m", "letters", *arguments, cwd=cwd)

    assert run("--version").stdout == f"letters {VERSION}\n"
    assert "letters new office" in run("--help").stdout
    assert run("new", "office").returncode == 0
    drafted = run("draft", "closing-lost-contact", "cases/C-1001.yaml", cwd=tmp_path / "office")
    assert drafted.returncode == 0, drafted.stderr
    assert drafted.stderr.endswith("\nWrote the draft to draft.pdf.\n")
    assert (tmp_path / "office" / "draft.pdf").read_bytes().startswith(b"%PDF-")
    where = [sys.executable, "-P", "-c", "import letters; print(letters.__file__)"]
    told = subprocess.run(
        where,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(told.stdout.strip()).is_relative_to(unpacked)
