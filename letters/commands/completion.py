"""`letters completion`: have the shell complete commands and options."""

from __future__ import annotations

import click

_PLACES = {
    "bash": "letters completion bash > ~/.local/share/bash-completion/completions/letters",
    "zsh": "letters completion zsh > ~/.zfunc/_letters   (with ~/.zfunc in fpath, before compinit)",
    "fish": "letters completion fish > ~/.config/fish/completions/letters.fish",
}


@click.command(short_help="Print the completion script for a shell.")
@click.argument("shell", metavar="SHELL", type=click.Choice(list(_PLACES)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete the commands and options of letters."""
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None  # noqa: S101 - the choices above are Click's
    click.echo(script(ctx.find_root().command, {}, "letters", "_LETTERS_COMPLETE").source())
    click.echo(f"To install it: {_PLACES[shell]}", err=True)
