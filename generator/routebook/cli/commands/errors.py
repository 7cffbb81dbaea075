"""`routebook errors`: the table of error codes."""

from __future__ import annotations

import click

from routebook.cli import console
from routebook.cli.group import Look
from routebook.cli.options import api_argument, format_option
from routebook.cli.project import open_project
from routebook.cli.quiet import quiet_option
from routebook.cli.table import table
from routebook.descriptors import APIDescriptor


@click.command(cls=Look, short_help="List error codes with status and message.")
@api_argument
@format_option
@quiet_option
def command(api: str | None, format: str) -> None:
    """List the error codes of an API, in the order of the description.

    \b
    routebook errors
    routebook errors registry-v2 --format json
    """
    described = open_project(api).api
    if format == "json":
        console.product(_json(described))
        return
    rows = [
        (error.value, str(error.http_status), group.name, error.message)
        for group in described.error_groups
        for error in group
    ]
    console.findings(table(("CODE", "STATUS", "GROUP", "MESSAGE"), rows))


def _json(api: APIDescriptor) -> str:
    from routebook.emit import json

    rows = [
        {
            "code": error.value,
            "http_status": error.http_status,
            "message": error.message,
            "description": error.description,
            "group": group.name,
        }
        for group in api.error_groups
        for error in group
    ]
    return json.dump({"errors": rows})
