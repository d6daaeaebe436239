"""The description of the `.json` pages for machines, OpenAPI 3.1, made from the table of routes.

Invariant: what the table does not have is not described, and what it has is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from variorum import __version__
from variorum.web.asking import LARGEST, LONGEST, Parameter, Route
from variorum.web.shapes import SHAPES

Schema = dict[str, Any]
DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"
DAY = r"^\d{4}-\d{2}-\d{2}$"
NOT_BLANK = r"\S"  # an empty parameter is one that was not given
ERROR: Schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["cause", "remedy", "near"],
            "properties": {
                "cause": {"type": "string", "description": "What is wrong, in one sentence."},
                "remedy": {"type": "string", "description": "What to do about it; empty where nothing can be done."},
                "near": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "Ids that look like the one asked for.",
                },
            },
            "additionalProperties": False,
        }
    },
    "additionalProperties": False,
}
TURNED_AWAY: Schema = {
    "type": "object",
    "required": ["error", "remedy"],
    "properties": {"error": {"type": "string"}, "remedy": {"type": "string"}},
    "additionalProperties": False,
}
REFUSALS = {
    "400": "A parameter cannot be used.",
    "404": "No such page, or no event, report or claim of this id.",
    "409": "The ledger cannot be read as it is.",
    "503": "Another program is writing to the ledger; ask again.",
}
GATES = {  # given before a page is reached
    "401": "Nobody is signed in; only where the server has accounts.",
    "403": "Another site asked for this, or the account may not see it.",
    "414": "The address is too long.",
    "421": "The request names a host that this server is not.",
}


def describe(routes: Iterable[Route]) -> dict[str, Any]:
    """Give the description of the `.json` form of every route that has one."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "Variorum",
            "version": __version__,
            "summary": "A ledger of what news reports claim of violent events, and who said it.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {address_of(route): {"get": _operation(route)} for route in routes if "json" in route.forms},
        "components": {
            "schemas": {"Error": ERROR, "TurnedAway": TURNED_AWAY},
            "responses": {code: _refusal(words, "Error") for code, words in REFUSALS.items()}
            | {code: _refusal(words, "TurnedAway", "Error") for code, words in GATES.items()},
        },
    }


def address_of(route: Route, form: str = "json") -> str:
    """Give the path of a route in one form, placeholders as OpenAPI writes them."""
    path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
    return f"{'/events' if path == '/' else path}.{form}"


def _operation(route: Route) -> Schema:
    leads_on = {"description": "It goes by another name now.", "headers": {"Location": {"schema": {"type": "string"}}}}
    return {
        "operationId": route.name,
        "summary": route.help,
        "parameters": [
            *(_path_parameter(name, route.ids.get(name, name)) for name in re.findall(r"\{(\w+)", route.path)),
            *(_parameter(parameter) for parameter in route.all_parameters),
        ],
        "responses": {
            "200": {
                "description": route.help,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": SHAPES.get(route.name, {"type": "object"})}},
            },
            "304": {"description": "As the ETag that was sent says already."},
            "307": leads_on,
            **{code: {"$ref": f"#/components/responses/{code}"} for code in sorted(REFUSALS | GATES)},
        },
    }


def _path_parameter(name: str, words: str) -> Schema:
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


def _parameter(parameter: Parameter) -> Schema:
    schema = _schema(parameter)
    found: Schema = {"name": parameter.name, "in": "query", "description": parameter.help}
    if parameter.many:
        return found | {"schema": {"type": "array", "items": schema}, "style": "form", "explode": True}
    return found | {"schema": schema}


def _schema(parameter: Parameter) -> Schema:
    by_type: Mapping[str, Schema] = {
        "text": {"type": "string", "pattern": NOT_BLANK, "maxLength": LONGEST},
        "day": {"type": "string", "format": "date", "pattern": DAY},
        "count": {"type": "integer", "minimum": 0, "maximum": LARGEST},
        "choice": {"type": "string", "enum": list(parameter.choices)},
        "flag": {"type": "string", "enum": ["1", "0"]},
    }
    return dict(by_type[parameter.type])


def _refusal(words: str, *schemas: str) -> Schema:
    kinds = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    schema = kinds[0] if len(kinds) == 1 else {"oneOf": kinds}
    return {"description": words, "content": {"application/json": {"schema": schema}}}
