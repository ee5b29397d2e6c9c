"""One case, asked for question by question: what is asked, whether an answer fits, and what they come to."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from letters.caseload.reported import Gathered, Reported
from letters.entering import Tree
from letters.facts import FILE, PROVIDER
from letters.findings import Place
from letters.model.case import Case
from letters.model.explanation import Explanation, shortened
from letters.model.practice import Practice
from letters.model.reading import IDENTIFIER, UnfitError, read_date
from letters.model.validation import validate
from letters.spelling import did_you_mean

ANSWERS = "your answers"
FIRST_NUMBER = "C-1001"
_CLIENT, _ADDRESS = ("clients", 0), ("clients", 0, "addresses", 0)
_PHONE, _EMAIL = ("clients", 0, "phones", 0), ("clients", 0, "emails", 0)
_NUMBERED = re.compile(r"(.*?)(\d+)", re.DOTALL)


@dataclass(frozen=True)
class Question:
    """One thing a case may say: the name of its option, the path of its value, and how it is asked for.

    It is left out where the question named by `after` has no answer.
    """

    option: str
    path: tuple[str | int, ...]
    text: str
    is_needed: bool = False
    after: str = ""

    def of_client(self, number: int) -> Question:
        """The same question about another client, counted from 0."""
        return replace(self, path=("clients", number, *self.path[2:])) if self.is_of_client else self

    @property
    def is_of_client(self) -> bool:
        """Whether it is asked for each client."""
        return self.path[0] == "clients"


QUESTIONS = (
    Question("number", ("case",), "Number of the case", True),
    Question(
        "relationship", ("relationship",), "Relationship: individual, couple, family or organization", True
    ),
    Question("clinician", ("clinician",), "Clinician", True),
    Question("opened", ("opened",), "Opened on, as in 2026-12-31", True),
    Question("last-session", ("last_session",), "Last session on"),
    Question("name", (*_CLIENT, "name"), "Full name", True),
    Question("id", (*_CLIENT, "id"), "Short name of your own choice", True),
    Question("preferred-name", (*_CLIENT, "preferred_name"), "What letters call them, if not so"),
    Question("attention", (*_CLIENT, "attention"), "The person to address there"),
    Question("language", (*_CLIENT, "language"), "Language, as in en or es"),
    Question("born", (*_CLIENT, "born"), "Born on"),
    Question("address-line", (*_ADDRESS, "lines", 0), "Address: street"),
    Question("address-line-2", (*_ADDRESS, "lines", 1), "Building or unit", after="address-line"),
    Question("city", (*_ADDRESS, "city"), "City", after="address-line"),
    Question("region", (*_ADDRESS, "region"), "State, province or county", after="address-line"),
    Question("postcode", (*_ADDRESS, "postcode"), "Postcode", after="address-line"),
    Question(
        "country", (*_ADDRESS, "country"), "Country, as in US or GB", is_needed=True, after="address-line"
    ),
    Question(
        "safe",
        (*_ADDRESS, "safe"),
        "May post be sent there? yes, no, or nothing if not known",
        after="address-line",
    ),
    Question(
        "discreet",
        (*_ADDRESS, "discreet"),
        "Must the envelope hide the practice's name? yes or no",
        after="address-line",
    ),
    Question("confirmed", (*_ADDRESS, "confirmed"), "The client said so on", after="safe"),
    Question("phone", (*_PHONE, "number"), "Phone"),
    Question("phone-safe", (*_PHONE, "safe"), "May it be called? yes, no, or nothing", after="phone"),
    Question(
        "voicemail",
        (*_PHONE, "voicemail"),
        "What may be left on it: none, callback-only or detailed",
        after="phone",
    ),
    Question("email", (*_EMAIL, "address"), "Email"),
    Question("email-safe", (*_EMAIL, "safe"), "May it be written to? yes, no, or nothing", after="email"),
    Question(
        "email-discreet",
        (*_EMAIL, "discreet"),
        "Must it hide the practice's name? yes or no",
        after="email",
    ),
)


@dataclass(frozen=True)
class Desk:
    """What answers are held against: the practice, the numbers that are taken, and the day."""

    practice: Practice
    taken: Sequence[str]
    today: date


def is_asked(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether a question makes sense after the answers so far, by their options."""
    if question.option == "attention":
        return answers.get("relationship") == "organization"
    if question.option == "born" and answers.get("relationship") == "organization":
        return False
    return not question.after or bool(answers.get(question.after))


def default(question: Question, answers: Mapping[str, str], desk: Desk, taken_ids: Iterable[str] = ()) -> str:
    """What an answer is mostly."""
    match question.option:
        case "number":
            return next_number(desk.taken)
        case "relationship":
            return "individual"
        case "clinician":
            people = [*desk.practice.people]
            return people[0] if len(people) == 1 else ""
        case "opened":
            return desk.today.isoformat()
        case "id":
            return _short(answers.get("name", ""), taken_ids)
        case "language":
            return desk.practice.language
        case "country":
            return desk.practice.address.country
    return ""


def next_number(taken: Sequence[str]) -> str:
    """The number after the highest of the sort that is in use most."""
    found = [match for number in taken if (match := _NUMBERED.fullmatch(number))]
    if not found:
        return FIRST_NUMBER
    beginnings = Counter(match[1] for match in found)
    usual = max(sorted(beginnings), key=beginnings.__getitem__)
    last = max((match[2] for match in found if match[1] == usual), key=int)
    return f"{usual}{int(last) + 1:0{len(last)}}"


def _short(name: str, taken: Iterable[str]) -> str:
    """A short name made from a name, which no other client has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.split(r"[^a-z0-9]+", plain) if word]
    short = words[0] if words and IDENTIFIER.fullmatch(words[0]) else "client"
    used = set(taken)
    many = (f"{short}-{number}" for number in range(2, 100))
    return next(one for one in (short, *many) if one not in used)


def trouble(question: Question, answer: str, desk: Desk) -> Explanation | None:
    """Why an answer does not fit, in the words a file's reader has for it."""
    _, faults = validate(Case, grown([(question.path, answer)]))
    for fault in faults:
        if fault.path == question.path:
            return Explanation(fault.message, fault.remedy)
    return _misfit(question, answer.strip(), desk)


def _misfit(question: Question, answer: str, desk: Desk) -> Explanation | None:
    """Why an answer that reads well is not right here."""
    if question.option == "number" and answer in desk.taken:
        message = f"The register has a case {answer} already, or had one."
        return Explanation(message, f"The next free number is {next_number(desk.taken)}.")
    if question.option == "clinician" and answer not in desk.practice.people:
        people = [*desk.practice.people]
        message = f"The practice has nobody with the id {shortened(answer)}."
        return Explanation(message, did_you_mean(answer, people, f"It has: {', '.join(people)}."))
    if question.option == "id" and answer in (PROVIDER, FILE):
        return Explanation(f"The id {answer} is kept for another use.", "Choose another short name.")
    if question.option in ("opened", "last-session", "born", "confirmed") and _day(answer) > desk.today:
        return Explanation(f"{answer} has not come yet.", f"Give a day up to {desk.today}.")
    return None


def _day(answer: str) -> date:
    try:
        return read_date(answer)
    except UnfitError:
        return date.min


def grown(answers: Iterable[tuple[tuple[str | int, ...], str]]) -> Tree:
    """The tree of a case file from values and their paths, in the order of the questions."""
    tree: Tree = {}
    for path, answer in answers:
        _plant(tree, path, answer)
    return tree


def _plant(tree: Tree, path: tuple[str | int, ...], answer: str) -> None:
    at: object = tree
    for step, following in zip(path, [*path[1:], ""], strict=True):
        value: object = answer if following == "" else [] if isinstance(following, int) else {}
        if isinstance(at, dict):
            at = at.setdefault(str(step), value)
        elif isinstance(at, list) and isinstance(step, int):
            # What is numbered before has to be there for a value to have its place.
            at.extend({} for _ in range(len(at), step))
            if step == len(at):
                at.append(value)
            at = at[step]


def gathered(tree: Tree) -> Gathered:
    """What the answers come to, as if it had been read."""
    value, faults = validate(Case, tree)
    if value is None:  # each answer fits, so this is about how they go together
        raise UnfitError(faults[0].message, faults[0].remedy)
    return Gathered([Reported(value, tree, _place)])


def _place(path: str) -> Place:
    return Place(ANSWERS, field=path)


def missing(answers: Mapping[str, str]) -> Iterator[str]:
    """The options without which nothing can be entered; a short name can be made up."""
    for question in QUESTIONS:
        is_lacking = question.is_needed and is_asked(question, answers) and not answers.get(question.option)
        if is_lacking and question.option != "id":
            yield f"--{question.option}"
