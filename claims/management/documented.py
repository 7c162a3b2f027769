"""What all commands of this program share: help that shows examples and says what the exit status means."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser, DjangoHelpFormatter


class _Formatter(DjangoHelpFormatter):
    """Django's order of options, with the lines of the epilogue left as they are written."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "".join(f"{indent}{line}\n" for line in text.strip().splitlines())


class DocumentedCommand(BaseCommand):
    """A command whose ``--help`` ends with ``examples`` (lines) and the meaning of each exit status."""

    examples: tuple[str, ...] = ()
    exit_codes: dict[int, str] = {0: "done", 1: "failed, with the reason on standard error"}

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django's parser with an epilogue."""
        lines = ["examples:", *(f"  manage.py {subcommand} {example}".rstrip() for example in self.examples)]
        lines += ["", "exit status:", *(f"  {code}  {meaning}" for code, meaning in self.exit_codes.items())]
        return super().create_parser(
            prog_name, subcommand, epilog="\n".join(lines), formatter_class=_Formatter, **kwargs
        )
