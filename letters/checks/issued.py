"""What the register may say against a letter; `issuing` asks it."""

from __future__ import annotations

from letters.findings import Severity, rule

ALREADY_ISSUED = rule(
    "already-issued",
    Severity.WARNING,
    "Everybody gets a letter once. A second one about the same matter needs a reason.",
    withholds=True,
)
STALE = rule(
    "register-differs",
    Severity.ERROR,
    "Somebody may have entered that an address is no longer safe, or that the client answered. A letter is "
    "written from what is known last.",
    withholds=True,
)
NOT_APPROVED = rule(
    "not-approved",
    Severity.ERROR,
    "Where a practice or a kind asks for approval, nothing leaves that nobody has read and approved.",
    withholds=True,
)
APPROVAL_VOID = rule(
    "approval-void",
    Severity.ERROR,
    "Somebody approved certain words on the strength of certain facts. Once either has changed, nobody has "
    "approved the letter.",
    withholds=True,
)
SENT_BACK = rule(
    "sent-back",
    Severity.ERROR,
    "Somebody who answers for the letter read it and did not let it go. Unchanged it has got no better.",
    withholds=True,
)
ENDED = rule(
    "case-ended",
    Severity.ERROR,
    "A relationship that has ended cannot be ended once more; a second such letter tells its reader that the "
    "practice lost track of them.",
    withholds=True,
)
NOT_AGAIN = rule(
    "not-again",
    Severity.ERROR,
    "A letter that was replaced tells what is no longer so, and one that came back reaches nobody.",
    withholds=True,
)
TRAP = rule(
    "not-a-file",
    Severity.ERROR,
    "A letter is put into an ordinary file; through anything else it could end up where others read it.",
)
OTHER = rule(
    "not-as-read",
    Severity.ERROR,
    "Somebody read a letter and let it go. If it has become another in the meantime, nobody has read it.",
)
