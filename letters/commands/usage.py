"""What is wrong with a command as it was typed, said in our words rather than Click's."""

from __future__ import annotations

import click

from letters.spelling import did_you_mean


def explained(error: click.ClickException) -> tuple[str, str]:
    """Say what is wrong, and what to do."""
    if isinstance(error, click.NoSuchOption):
        return _no_option(error)
    return _sentence(error.format_message()), _where_to_look(error)


def _no_option(error: click.NoSuchOption) -> tuple[str, str]:
    option = error.option_name
    if option in _options(error.ctx.find_root() if error.ctx else None):
        return f"The option {option} stands before the command.", f"Write: letters {option} … COMMAND …"
    remedy = did_you_mean(option, _options(error.ctx), _where_to_look(error))
    return f"There is no option {option} for {_path(error)}.", remedy


def _options(ctx: click.Context | None) -> list[str]:
    parameters = ctx.command.get_params(ctx) if ctx else []
    return [option for parameter in parameters for option in parameter.opts]


def _sentence(message: str) -> str:
    """Put a message of Click's on one line, with a full stop."""
    words = " ".join(message.split())
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _where_to_look(error: click.ClickException) -> str:
    return f"{_path(error)} --help shows what there is."


def _path(error: click.ClickException) -> str:
    """The command as typed, as far as Click got."""
    context = getattr(error, "ctx", None)
    return context.command_path if context else "letters"
