"""`routebook routes`: the table of methods."""

from __future__ import annotations

import click

from routebook import paths
from routebook.cli import console
from routebook.cli.group import Look
from routebook.cli.options import api_argument, format_option
from routebook.cli.project import open_project
from routebook.cli.quiet import quiet_option
from routebook.cli.table import table
from routebook.descriptors import APIDescriptor, MethodDescriptor, RouteDescriptor


@click.command(cls=Look, short_help="List routes and methods.")
@api_argument
@format_option
@quiet_option
def command(api: str | None, format: str) -> None:
    """List the methods of an API, in the order of the description.

    \b
    routebook routes
    routebook routes registry-v2 --format json
    """
    described = open_project(api).api
    if format == "json":
        console.product(_json(described))
        return
    rows = [
        (method.method, paths.parse(route.path).bare, route.name, method.operation_id, title)
        for route, method in _methods(described)
        for title in [method.summary or route.entity]
    ]
    console.findings(table(("METHOD", "PATH", "ROUTE", "OPERATION", "SUMMARY"), rows))


def _methods(api: APIDescriptor) -> list[tuple[RouteDescriptor, MethodDescriptor]]:
    return [(route, method) for route in api.routes for method in route.methods]


def _json(api: APIDescriptor) -> str:
    from routebook.emit import json

    rows = [
        {
            "route": route.name,
            "method": method.method,
            "path": paths.parse(route.path).bare,
            "template": route.path,
            "operation_id": method.operation_id,
            "summary": method.summary,
            "variants": [request.name for request in method.requests if request.name],
            "deprecated": method.deprecated is not None,
        }
        for route, method in _methods(api)
    ]
    return json.dump({"routes": rows})
