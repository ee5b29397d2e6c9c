"""What can go wrong, by whose hand, and the exit code each gets."""

from __future__ import annotations


class LettersError(Exception):
    """Something that stops the program and can be said in a sentence.

    `message` says what is wrong, `remedy` what to do next. Anything raised that is not one of
    these is a bug of ours (exit code 3).
    """

    exit_code = 3

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(LettersError):
    """The command was asked for something that is not there or makes no sense."""

    exit_code = 2


class MachineError(LettersError):
    """This machine lacks something: a library, a font, a folder, room on the disk."""

    exit_code = 4
