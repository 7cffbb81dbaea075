"""What an OpenAPI document means, in a form in which two that mean the same are equal.

References outside schemas are replaced by what they lead to, parameters of path items stand with
each operation, and what is absent is what the specification takes it to be. It shares no code with
the reader.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

Object = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


def meaning(document: Object) -> Object:
    return Meaning(document).whole()


class Meaning:
    def __init__(self, document: Object) -> None:
        self.document = document
        self.version = str(document["openapi"])[:3]
        self.waiting: list[int] = []

    def target(self, value: Any) -> Any:
        passed = []
        while isinstance(value, dict) and "$ref" in value and value["$ref"] not in passed:
            passed.append(value["$ref"])
            found: Any = self.document
            for written in unquote(value["$ref"][1:]).split("/")[1:]:
                step = written.replace("~1", "/").replace("~0", "~")
                found = found[int(step)] if isinstance(found, list) else found[step]
            beside = {k: v for k, v in value.items() if k in {"summary", "description"}}
            value = {**found, **(beside if self.version > "3.0" else {})}
        return value

    def whole(self) -> Object:
        out = {k: v for k, v in self.document.items() if v not in ([], "")}
        out["openapi"] = self.version
        hooks = "x-webhooks" if self.version == "3.0" else "webhooks"
        for key in ("paths", hooks):
            if key in out:
                out[key] = self.each(out[key], self.item)
        for key in ("security",):
            if self.document.get(key) == []:
                out[key] = []
        kinds = {
            "schemas": self.schema,
            "parameters": self.parameter,
            "headers": self.header,
            "responses": self.response,
            "requestBodies": self.body,
            "mediaTypes": self.media,
            "examples": self.target,
            "links": self.target,
            "callbacks": self.callback,
            "pathItems": self.item,
            "securitySchemes": self.target,
        }
        parts = {k: self.each(v, kinds.get(k)) for k, v in out.pop("components", {}).items()}
        parts = {k: v for k, v in parts.items() if v}
        out["info"] = plain_texts(out["info"])
        out.setdefault("paths", {})
        return {**out, "components": parts}

    def each(self, value: Any, normal: Any) -> Any:
        if not isinstance(value, dict) or normal is None:
            return value
        return {
            str(k): v if str(k).startswith("x-") and not isinstance(v, dict) else normal(v)
            for k, v in value.items()
        }

    def item(self, value: Any) -> Any:
        if id(value) in self.waiting:
            return "around"
        self.waiting.append(id(value))
        out = dict(self.target(value))
        if "$ref" in value:
            out |= {k: v for k, v in value.items() if k != "$ref"}
        shared = out.pop("parameters", [])
        found = [key for key in METHODS if key in out]
        for key in found:
            out[key] = self.operation(out[key], shared)
        if "additionalOperations" in out:
            out["additionalOperations"] = {
                k: self.operation(v, shared) for k, v in out["additionalOperations"].items()
            }
        elif not found and shared:
            out["parameters"] = shared
        self.waiting.pop()
        return plain_texts(out)

    def operation(self, value: Object, shared: list[Any]) -> Object:
        out = dict(value)
        parameters: Object = {}
        for one in (*shared, *out.pop("parameters", ())):
            made = self.parameter(one)
            parameters[f"{made['in']} {made['name']}"] = made
        if parameters:
            out["parameters"] = parameters
        if "requestBody" in out:
            out["requestBody"] = self.body(out["requestBody"])
        if "responses" in out:
            out["responses"] = self.each(out["responses"], self.response)
        if "callbacks" in out:
            out["callbacks"] = self.each(out["callbacks"], self.callback)
        unsaid = {"deprecated": False, "tags": [], "servers": [], "callbacks": {}, "responses": {}}
        return plain_texts(without(out, **unsaid))

    def callback(self, value: Any) -> Any:
        return self.each(self.target(value), self.item)

    def parameter(self, value: Any) -> Object:
        out = self.header(value)
        if "style" in out:
            if "explode" in out and out["explode"] == (out["style"] == "form"):
                del out["explode"]
            if out["style"] == STYLES.get(out["in"]):
                del out["style"]
        elif out.get("explode") == (out["in"] in {"query", "cookie"}):
            del out["explode"]
        return out

    def header(self, value: Any) -> Object:
        out = dict(self.target(value))
        if out.get("content"):
            out["content"] = self.each(out["content"], self.media)
        else:
            out["schema"] = self.schema(out.get("schema", {}))
        self.examples(out)
        usual = {"required": False, "deprecated": False, "allowReserved": False}
        return plain_texts(without(out, **usual, allowEmptyValue=False, content={}))

    def examples(self, out: Object) -> None:
        if isinstance(out.get("examples"), dict):
            out["examples"] = self.each(out["examples"], self.target)
            if not out["examples"]:
                del out["examples"]

    def body(self, value: Any) -> Object:
        out = dict(self.target(value))
        out["content"] = self.each(out.get("content", {}), self.media)
        return plain_texts(without(out, required=False))

    def response(self, value: Any) -> Object:
        out = dict(self.target(value))
        if "content" in out:
            out["content"] = self.each(out["content"], self.media)
        for key, normal in (("headers", self.header), ("links", self.target)):
            if key in out:
                out[key] = self.each(out[key], normal)
        return plain_texts(without(out, headers={}, links={}, content={}))

    def media(self, value: Any) -> Object:
        out = dict(self.target(value))
        for key in ("schema", "itemSchema"):
            if key in out:
                out[key] = self.schema(out[key])
        self.examples(out)
        if "encoding" in out:
            out["encoding"] = self.each(out["encoding"], self.encoding)
        return without(out, encoding={})

    def encoding(self, value: Object) -> Object:
        out = dict(value)
        if "headers" in out:
            out["headers"] = self.each(out["headers"], self.header)
        return without(out, allowReserved=False, headers={})

    def schema(self, value: Any) -> Any:
        """Keywords as they are, but for those that 3.0 takes to be false."""
        if value is True:
            return {}
        if isinstance(value, list):
            return [self.schema(one) for one in value]
        if not isinstance(value, dict):
            return value
        out = {
            k: v if k in {"enum", "example", "examples", "default", "const"} else self.schema(v)
            for k, v in value.items()
        }
        if self.version == "3.0":
            out = {
                k: v
                for k, v in out.items()
                if v is not False or k not in {"nullable", "exclusiveMinimum", "exclusiveMaximum"}
            }
        return out


def without(value: Object, **usual: Any) -> Object:
    return {k: v for k, v in value.items() if k not in usual or v != usual[k]}


def plain_texts(value: Object) -> Object:
    return without(value, summary="", description="")


def differences(one: Any, two: Any, place: str = "") -> list[str]:
    """Where two values differ, in words; order of keys is no difference."""
    if isinstance(one, dict) and isinstance(two, dict):
        found = [f"{place}/{key}: only in the first" for key in one if key not in two]
        found += [f"{place}/{key}: only in the second" for key in two if key not in one]
        for key in one:
            if key in two:
                found += differences(one[key], two[key], f"{place}/{key}")
        return found
    if isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        return [
            text
            for index, (left, right) in enumerate(zip(one, two, strict=True))
            for text in differences(left, right, f"{place}/{index}")
        ]
    same = one == two and isinstance(one, bool) == isinstance(two, bool)
    return [] if same else [f"{place}: {one!r} and {two!r}"]
