"""`routebook explain`: what a rule of comparisons says, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from routebook.cli.group import Look
from routebook.cli.options import complete_rule
from routebook.cli.quiet import quiet_option

if TYPE_CHECKING:
    from routebook.diff.catalogue import Explained

MOST = 4
"""How many examples are shown to people."""


@click.command(cls=Look, short_help="Explain a rule of `diff`, or list all of them.", epilog="")
@click.argument("rule", required=False, shell_complete=complete_rule)
@click.option(
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
@quiet_option
def command(rule: str | None, format: str) -> None:
    """Explain a rule of `routebook diff`: what it sees, why it matters, how its level follows.

    \b
    routebook explain                             all rules
    routebook explain request-parameter           those that begin so
    routebook explain request-parameter-removed   one, with an example
    routebook explain --format json
    """
    from routebook.cli import console
    from routebook.diff.catalogue import explained
    from routebook.findings import RoutebookError
    from routebook.nearest import nearest

    rules = {one.id: one for one in explained()}
    start = (rule or "").rstrip("*")
    chosen = (
        [rules[start]] if start in rules else [r for r in rules.values() if r.id.startswith(start)]
    )
    if not chosen:
        close = nearest(start, rules)
        advice = f"did you mean {close!r}?" if close else "`routebook explain` lists all rules"
        raise RoutebookError(f"there is no rule {rule!r}", hint=advice)
    if format == "json":
        from routebook.emit import json

        console.product(json.dump({"rules": [_data(one) for one in chosen]}))
    elif start not in rules:
        from routebook.cli.table import table

        rows = [(one.id, " ".join(one.levels), one.summary) for one in chosen]
        console.findings(table(("RULE", "LEVELS", "WHAT"), rows))
    else:
        console.product(_text(chosen[0]))


def _data(rule: Explained) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(rule)


def _text(rule: Explained) -> str:
    """A rule for people."""
    import textwrap

    def wrapped(text: str, indent: str = "") -> str:
        return textwrap.fill(text, 88, initial_indent=indent, subsequent_indent=f"{indent}  ")

    parts = [rule.id, textwrap.fill(rule.summary, 88)]
    if rule.why:
        parts.append(textwrap.fill(rule.why, 88))
    derivation = "\n".join(wrapped(line, "  ") for line in rule.derivation)
    parts.append(f"Level ({' or '.join(rule.levels)})\n{derivation}")
    for case in rule.cases[:MOST]:
        lines = [f"  before  {case.before}", f"  after   {case.after}"]
        lines += [f"  {case.level:<7} {case.message}"] * bool(case.message)
        parts.append("\n".join([f"Example{f' of {case.level}' if case.level else ''}", *lines]))
    if rule.hint:
        parts.append(textwrap.fill(f"Safely: {rule.hint}", 88))
    return "\n\n".join(parts) + "\n"
