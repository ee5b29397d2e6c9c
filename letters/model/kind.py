"""What sort of letter: the description in a kind's folder."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from letters.model.strict import Model
from letters.model.types import Identifier, Text, YesNo

Enclosure = Literal["originals", "receipt", "release", "copies"]
WORDED: tuple[str, ...] = get_args(Enclosure)  # those whose words every language has
Gate = Literal["nonpayment", "follow-up", "options", "silence"]
Announced = Literal["provider-ending", "nonpayment", "lost-contact", "practice-closing", "clinician-leaving"]
Disclosed = Literal["referral", "records", "handover"]


class SectionSpec(Model):
    """One thing the letter says. Sections come in the order of the list."""

    id: Identifier = Field(description='the template marks it as <section data-says="…">')
    says: Text = Field(description="what the reader must know after reading it")
    optional: YesNo = Field(False, description="yes if it appears only when there is something to say")
    words: Literal["required", "optional", "none"] = Field(
        "none", description="whether somebody writes a personal part, under `words` in the case"
    )
    overheard: YesNo = Field(False, description="yes if it must not tell what the practice does: a voicemail")


class KindSpec(Model):
    """A sort of letter. Read from `kind.yaml` in the kind's folder."""

    title: Text
    use: Text = Field(description="when to send it, in a sentence")
    basis: Text | None = Field(None, description="the code of ethics, law or practice it rests on")
    group: Literal["ending", "money", "leaving", "records", "referral", "file", "own"] = Field(
        "own", description="where `letters kinds` lists it"
    )
    to: Literal["client", "provider", "business", "file"]
    call: YesNo = Field(
        False, description="yes if it is read out on the phone, to somebody it is safe to call"
    )
    signed_by: Literal["clinician", "practice", "author", "nobody"] = Field(
        "clinician", description="author is who made the contact that the note is about"
    )
    ends: YesNo = Field(False, description="yes if the letter ends a relationship the client did not end")
    step: Literal["outreach", "outreach-final", "closing"] | None = Field(
        None,
        description="what issuing it does to a case: asks once, asks for the last time, or begins its end",
    )
    approval: YesNo = Field(False, description="yes if somebody has to approve each one before it is issued")
    ahead: YesNo = Field(True, description="no if it may also be sent after the day it names")
    discreet: YesNo = Field(
        False, description="yes if it hides what the practice does where the address asks for it"
    )
    after_death: YesNo = Field(False, description="yes if it may go to the executor of a client who died")
    clinical: YesNo = Field(False, description="yes if only a practice that treats people would write it")
    announces: Announced | None = Field(
        None, description="what ends, as the days of notice of a jurisdiction tell it apart"
    )
    discloses: Disclosed | None = Field(
        None, description="what an authorization has to cover, where the letter goes to a provider"
    )
    gates: list[Gate] = Field(default_factory=list, description="the conditions of its own that it waits for")
    never: list[Identifier] = Field(default_factory=list, description="the groups of phrases it never says")
    fields: list[Text] = Field(
        description="the only data the template gets; a name ending in ? may be missing"
    )
    sections: list[SectionSpec] = Field(min_length=1)
    enclosures: list[Identifier] = Field(
        default_factory=list,
        description=f"what goes with it: {', '.join(WORDED)}, or the id of one of the practice's enclosures",
    )

    @property
    def announced(self) -> Announced | None:
        """What ends; where an own kind does not say so, an ending by the provider."""
        return self.announces or ("provider-ending" if self.ends else None)

    @property
    def field_names(self) -> set[str]:
        """The names of all declared fields, without the mark of those that may be missing."""
        return {name.removesuffix("?") for name in self.fields}
