"""`letters case add`: one case, asked for at a terminal or told in options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import by_option
from letters.errors import UsageError
from letters.findings import FoundError

if TYPE_CHECKING:
    from letters.caseload.adding import Desk, Question
    from letters.caseload.importing import Plan
    from letters.entering import Tree
    from letters.office import Office

LEFT_OUT = "-"
_MOST_CLIENTS = 50
# Repeated here so that help needs no model; a test holds them against the questions.
_OPTIONS = {
    "number": "The number of the case.",
    "relationship": "individual, couple, family or organization.",
    "clinician": "The id of a person of the practice.",
    "opened": "The day it was opened.",
    "last-session": "The day of the last session.",
    "name": "The client's full name.",
    "id": "A short name of the client, used with --to. By default the first name.",
    "preferred-name": "What letters call the client.",
    "attention": "The person to address at an organization.",
    "language": "The client's language, such as en.",
    "born": "The client's birth date.",
    "address-line": "The street.",
    "address-line-2": "The building or unit.",
    "city": "The city.",
    "region": "The state, province or county.",
    "postcode": "The postcode.",
    "country": "The country, such as US.",
    "safe": "Whether post may be sent there: yes or no. Not known counts as no.",
    "discreet": "Whether the envelope must hide the practice's name: yes or no.",
    "confirmed": "The day the client said so.",
    "phone": "The client's phone.",
    "phone-safe": "Whether it may be called: yes or no.",
    "voicemail": "What may be left on it: none, callback-only or detailed.",
    "email": "The client's email address.",
    "email-safe": "Whether it may be written to: yes or no.",
    "email-discreet": "Whether it must hide the practice's name: yes or no.",
}


def _answer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, text in reversed(_OPTIONS.items()):
        command = click.option(f"--{name}", metavar="ANSWER", help=text)(command)
    return command


@click.command(short_help="Enter one case, asking for what it needs.")
@_answer_options
@click.option("--yes", is_flag=True, help="Enter it without being asked.")
@by_option
@pass_session
def command(session: Session, /, yes: bool, by: str | None, **options: str | None) -> int:
    """Enter one new case.

    At a terminal this asks one question at a time, but for what the options say already. Elsewhere
    the options have to say what is needed. Nothing is entered before you have seen all of it.
    """
    from letters.caseload.adding import QUESTIONS, Desk
    from letters.caseload.importing import enter

    office = session.office()
    actor = office.actor(by)
    told = {name.replace("_", "-"): value for name, value in options.items() if value is not None}
    desk = Desk(office.practice, _numbers(office), now(office.practice.time_zone).date())
    _expect_fitting(told, desk)
    is_terminal = sys.stdin.isatty()
    answers = _asked(told, desk) if is_terminal else _complete(told, desk)
    questions = {question.option: question for question in QUESTIONS}
    plan = _planned(office, answers, questions)
    _show(plan, answers)
    if not _agreed(yes=yes, is_terminal=is_terminal):
        click.echo("Nothing was entered.", err=True)
        return 1
    (done,) = enter(plan.cases, office.register(), office, actor, now(office.practice.time_zone))
    click.echo(f"Entered case {done.number}. `letters case show {done.number}` shows it.", err=True)
    return 0


Given = dict[tuple[str, int], str]  # answers, by option and by the number of the client


def _numbers(office: Office) -> list[str]:
    from letters.register import queries
    from letters.register.opening import is_there

    if not is_there(office.where):
        return []
    with office.register(make=False).reading() as connection:
        return queries.all_numbers(connection)


def _expect_fitting(told: Mapping[str, str], desk: Desk) -> None:
    """Raise UsageError for every option whose answer does not fit, or that says nothing without another."""
    from letters.caseload.adding import QUESTIONS, is_asked, trouble

    wrong = []
    for question in QUESTIONS:
        if question.option in told:
            found = trouble(question, told[question.option], desk)
            if found:
                wrong.append(f"--{question.option}: {found.message} {found.remedy}")
            elif question.after and not is_asked(question, told):
                wrong.append(
                    f"--{question.option} says something about --{question.after}, which is missing."
                )
    if wrong:
        raise UsageError("\n".join(wrong), "`letters case add --help` shows the options.")


def _complete(told: Mapping[str, str], desk: Desk) -> Given:
    """What the options say; raises UsageError where that is not enough."""
    from letters.caseload.adding import QUESTIONS, default, missing

    lacking = [*missing(told)]
    if lacking:
        raise UsageError(
            f"There is nobody at a terminal to ask, and these are missing: {', '.join(lacking)}.",
            "Give them as options.",
        )
    if told["relationship"] in ("couple", "family"):
        raise UsageError(
            f"The options tell of one client, and a {told['relationship']} has several.",
            "Run it at a terminal, or write a case file and enter that: letters case import FILE",
        )
    short = next(question for question in QUESTIONS if question.option == "id")
    whole = {"id": default(short, told, desk), **told}
    return {(option, 0): answer for option, answer in whole.items()}


def _asked(told: Mapping[str, str], desk: Desk) -> Given:
    """Ask for what the options have not said."""
    from letters.caseload.adding import QUESTIONS

    click.echo(f"Enter takes what stands in brackets, {LEFT_OUT} leaves it out, Ctrl-C ends it.", err=True)
    answers: Given = {(option, 0): answer for option, answer in told.items()}
    for question in QUESTIONS:
        if not question.is_of_client:
            _ask(question, 0, answers, desk)
    for number in range(_MOST_CLIENTS):
        if number and not _is_another(number, answers):
            break
        if answers["relationship", 0] in ("couple", "family"):
            click.echo(f"Client {number + 1}:", err=True)
        for question in QUESTIONS:
            if question.is_of_client:
                _ask(question, number, answers, desk)
    return answers


def _is_another(number: int, answers: Given) -> bool:
    """Whether there is one more client: a couple has two, and of a family somebody knows."""
    relationship = answers["relationship", 0]
    if relationship == "family":
        return number == 1 or click.confirm("One more client?", err=True)
    return relationship == "couple" and number == 1


def _ask(question: Question, number: int, answers: Given, desk: Desk) -> None:
    """Ask until an answer fits, unless there is one, or the question makes no sense."""
    from letters.caseload.adding import default, is_asked

    so_far = {option: text for (option, of), text in answers.items() if of == number}
    so_far["relationship"] = answers.get(("relationship", 0), "")
    if (question.option, number) in answers or not is_asked(question, so_far):
        return
    ids = [text for (option, of), text in answers.items() if option == "id" and of != number]
    usual = default(question, so_far, desk, ids)
    answer = _prompted(question, number, usual, desk, ids)
    if answer:
        answers[question.option, number] = answer


def _prompted(question: Question, number: int, usual: str, desk: Desk, ids: list[str]) -> str:
    from letters.caseload.adding import trouble

    people = f" ({', '.join(desk.practice.people)})" if question.option == "clinician" else ""
    while True:
        answer = click.prompt(
            f"{question.text}{people}", default=usual, show_default=bool(usual), err=True
        ).strip()
        if answer in ("", LEFT_OUT):
            if not question.is_needed:
                return ""
            click.echo("This is needed.", err=True)
        elif question.option == "id" and answer in ids:
            click.echo("Another client has this one. Give each a short name of their own.", err=True)
        elif found := trouble(question.of_client(number), answer, desk):
            click.echo(f"{found.message} {found.remedy}", err=True)
        else:
            return str(answer)


def _planned(office: Office, answers: Given, questions: Mapping[str, Question]) -> Plan:
    """Check what the answers come to, and look whether the person is known. Raises FoundError."""
    from letters.caseload.adding import gathered
    from letters.caseload.importing import plan
    from letters.findings import errors
    from letters.register.opening import is_there

    read, today = gathered(_tree(answers, questions)), now(office.practice.time_zone).date()
    if is_there(office.where):
        with office.register(make=False).reading() as connection:
            found = plan(read, office, connection, today)
    else:
        found = plan(read, office, None, today)
    if errors(found.findings):
        raise FoundError(found.findings)
    return found


def _tree(answers: Given, questions: Mapping[str, Question]) -> Tree:
    from letters.caseload.adding import grown

    order = list(questions)
    listed = sorted(answers.items(), key=lambda one: (one[0][1], order.index(one[0][0])))
    return grown((questions[option].of_client(number).path, answer) for (option, number), answer in listed)


def _show(plan: Plan, answers: Given) -> None:
    """Show what would be entered, what was found, and whether anybody can be reached."""
    from letters.terminal import entries, say, show_findings

    width = max(len(option) for option, _ in answers) + 2
    (one,) = plan.cases
    for number in sorted({number for _, number in answers}):
        pairs = [(option, text) for (option, of), text in answers.items() if of == number]
        entries(pairs, width, "  ", stream=sys.stderr)
    show_findings(plan.findings)
    if not one.told.is_reachable:
        say(
            "No address, phone or email is known to be safe, so nobody of this case will be written to or "
            "called until one is.",
            stream=sys.stderr,
        )


def _agreed(*, yes: bool, is_terminal: bool) -> bool:
    if yes:
        return True
    if not is_terminal:
        raise UsageError(
            "1 case would be entered.", "Look at what is shown, and run the command again with --yes."
        )
    return click.confirm("Enter this case?", default=True, err=True)
