"""Documents made from the data: `docs/kinds.md` and `docs/rules.md`.

`scripts/docs` writes them anew; a test compares them with what the program says now.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from letters import kinds
from letters.findings import Rule
from letters.kinds import GROUPS, remarks, traits
from letters.model.kind import KindSpec, SectionSpec
from letters.rulebook import all_rules

DOCS = Path(__file__).parents[1] / "docs"


def grouped() -> dict[str, dict[str, KindSpec]]:
    """The built-in kinds with their descriptions, by their groups."""
    specs = {kind: spec for kind in kinds.folders() if (spec := kinds.find(kind).spec)}
    found = {group: {kind: spec for kind, spec in specs.items() if spec.group == group} for group in GROUPS}
    return {group: inside for group, inside in found.items() if inside}


def kinds_page() -> str:
    """What kinds there are, when each is sent and what it says, as Markdown."""
    return "\n".join(_kinds_lines())


def _kinds_lines() -> Iterator[str]:
    yield "# Kinds of letters"
    yield ""
    yield "Every kind is there in English and Spanish. [The gallery](gallery.md) shows them; `letters kinds"
    yield "KIND` says what data one needs. This page is made from the kinds themselves by `scripts/docs`."
    for group, found in grouped().items():
        yield from ("", f"## {GROUPS[group]}")
        for kind, spec in found.items():
            yield from ("", f"### {kind}", "", f"**{spec.title}.** {spec.use}", "")
            yield from (f"- {trait}" for trait in traits(spec))
            yield "- Says, in this order:"
            for number, section in enumerate(spec.sections, 1):
                yield f"  {number}. {_section(section)}"
    yield ""


def _section(section: SectionSpec) -> str:
    notes = "; ".join(remarks(section))
    return f"`{section.id}`: {section.says}{f' ({notes})' if notes else ''}"


def rules_page() -> str:
    """Every check with its weight, reason and authority, as Markdown."""
    return "\n".join(_rules_lines())


def _rules_lines() -> Iterator[str]:
    yield "# Checks, one by one"
    yield ""
    yield "An **error** always stops a letter; a **warning** stops it until it is mended or accepted with a"
    yield "reason; a **note** is only told. A practice may make a check stricter, never weaker: see"
    yield "[checks](checks.md). What depends on the place: [jurisdictions](jurisdictions.md). This page is"
    yield "made by `scripts/docs`."
    yield ""
    yield "None of this is legal advice. A licensed person must approve wording and figures before use."
    yield ""
    yield "| check | weighs | because | authority |"
    yield "|---|---|---|---|"
    yield from (_rule(one) for one in all_rules())
    yield ""


def _rule(one: Rule) -> str:
    weighs = f"{one.severity} (draft: {one.in_draft})" if one.in_draft else f"{one.severity}"
    cells = (f"`{one.code}`", weighs, one.why, one.authority)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write both documents."""
    (DOCS / "kinds.md").write_text(kinds_page(), "utf-8")
    (DOCS / "rules.md").write_text(rules_page(), "utf-8")


if __name__ == "__main__":
    main()
