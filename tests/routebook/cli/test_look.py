"""`routes` and `errors`."""

from __future__ import annotations

import json
from pathlib import Path

from cli_support import CLI
from registry_api.v2 import API


def test_routes_as_a_table(cli: CLI, shop: Path) -> None:
    assert shop.is_dir()
    assert cli("routes", "shop.py").out == (
        "METHOD  PATH           ROUTE  OPERATION  SUMMARY\n"
        "GET     /books/{isbn}  book   getBook    Fetch a book\n"
    )


def test_routes_as_json(cli: CLI, shop: Path) -> None:
    assert shop.is_dir()
    assert json.loads(cli("routes", "shop.py", "--format", "json").out) == {
        "routes": [
            {
                "route": "book",
                "method": "GET",
                "path": "/books/{isbn}",
                "template": "/books/{isbn}",
                "operation_id": "getBook",
                "summary": "Fetch a book",
                "variants": [],
                "deprecated": False,
            }
        ]
    }


def test_errors_as_a_table(cli: CLI, shop: Path) -> None:
    assert shop.is_dir()
    assert cli("errors", "shop.py").out == (
        "CODE     STATUS  GROUP  MESSAGE\nNO_BOOK  404     shop   no such book\n"
    )


def test_errors_as_json(cli: CLI, shop: Path) -> None:
    assert shop.is_dir()
    assert json.loads(cli("errors", "shop.py", "--format", "json").out) == {
        "errors": [
            {
                "code": "NO_BOOK",
                "http_status": 404,
                "message": "no such book",
                "description": "Check the ISBN.",
                "group": "shop",
            }
        ]
    }


def test_the_bundled_api_has_a_row_for_each_method_and_code(cli: CLI) -> None:
    methods = sum(len(route.methods) for route in API.routes)
    codes = sum(len(group.errors) for group in API.error_groups)
    assert len(cli("routes", "registry-v2").out.splitlines()) == methods + 1
    assert len(cli("errors", "registry-v2").out.splitlines()) == codes + 1
    rows = json.loads(cli("routes", "registry-v2", "--format", "json").out)["routes"]
    assert len(rows) == methods
    assert any("Mount Blob" in row["variants"] for row in rows)


def test_what_would_steer_a_terminal_is_shown(cli: CLI, shop: Path) -> None:
    text = (shop / "shop.py").read_text()
    (shop / "shop.py").write_text(text.replace("Fetch a book", "\\x1b]0;owned\\x07a\\nb"))
    assert "\\x1b]0;owned\\x07a b\n" in cli("routes", "shop.py").out


def test_an_api_without_routes_or_codes_has_an_empty_table(cli: CLI, shop: Path) -> None:
    (shop / "shop.py").write_text(
        "from routebook import APIDescriptor\nAPI = APIDescriptor(title='T', version='1')\n"
    )
    assert cli("routes", "shop.py").out == "METHOD  PATH  ROUTE  OPERATION  SUMMARY\n"
    assert cli("errors", "shop.py").out == "CODE  STATUS  GROUP  MESSAGE\n"
