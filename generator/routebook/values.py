"""The schema vocabulary that descriptions are written in.

`Type` names what kind of text or value a parameter carries; `JsonSchema` adds
JSON Schema keywords to a Python type, so that typed Python serves as a schema.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from typing import TypeAlias
    from typing import TypedDict as TypedDict  # noqa: PLC0414  # the alias exports it to mypy

Schema: TypeAlias = "Mapping[str, Any] | bool | type | Any"
"""A JSON Schema 2020-12 value (object or boolean), or a Python type that becomes one.

Inside an object, `{"$ref": "#/components/schemas/NAME"}` names one of the API's schemas.
"""

_Class = TypeVar("_Class", bound=type)
_V = TypeVar("_V", bound="Value")


class Value:
    """What classes of values have in common: they are frozen, and equal when all fields are.

    See `frozen`, which makes them.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(other) is not type(self):
            return NotImplemented
        fields_of = _GETTERS.get(type(self)) or _getter(type(self))
        return fields_of(self) == fields_of(other)

    def __hash__(self) -> int:
        names: tuple[str, ...] = self.__slots__
        plain = (getattr(self, name) for name in names)
        return hash((type(self), *(value for value in plain if isinstance(value, (str, int)))))

    def __repr__(self) -> str:
        shown = (
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)  # type: ignore[arg-type]  # every subclass is a dataclass
            if field.repr and getattr(self, field.name) != _default(field)
        )
        return f"{type(self).__name__}({', '.join(shown)})"

    def __getstate__(self) -> tuple[Any, ...]:
        fields_of = _GETTERS.get(type(self)) or _getter(type(self))
        return fields_of(self)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        names: tuple[str, ...] = self.__slots__
        for name, held in zip(names, state, strict=True):
            object.__setattr__(self, name, held)

    if not TYPE_CHECKING:  # a type checker would let fields be set that there are not

        def __setattr__(self, name: str, _: object) -> None:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name: str) -> None:
            raise FrozenInstanceError(f"cannot delete field {name!r}")


_GETTERS: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {}
"""What gives all fields of an object at once, for each class."""


def _getter(of: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    names: tuple[str, ...] = of.__slots__
    several = attrgetter(*names) if len(names) > 1 else None
    made = _GETTERS[of] = several or (lambda value: tuple(getattr(value, one) for one in names))
    return made


@overload
def frozen(kind: type[_V], /) -> type[_V]: ...
@overload
def frozen(*, kw_only: bool) -> Callable[[type[_V]], type[_V]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(kind: type[_V] | None = None, /, *, kw_only: bool = True) -> Any:
    """Make a subclass of `Value` a frozen dataclass with slots, whose fields are given by keyword.

    It is `dataclass(frozen=True, kw_only=True, slots=True)`, but nothing is compiled until the
    first object is made: that took nearly half of the time that the command line starts in. And
    the constructor fills slots directly, in half of the time.
    """
    if kind is None:
        return lambda kind: _frozen(kind, kw_only)
    return _frozen(kind, kw_only)


def _frozen(kind: type[_V], kw_only: bool) -> type[_V]:
    made = dataclass(kind, init=False, repr=False, eq=False, kw_only=kw_only, slots=True)
    made.__init__ = _Constructor(made)  # type: ignore[assignment]  # until it is asked for
    return made


class _Constructor:
    """Stands for the constructor of a class of values, and is replaced by it at its first use."""

    def __init__(self, kind: type[Value]) -> None:
        self._kind: Any = kind

    def __get__(self, instance: Value | None, owner: type[Value]) -> Any:
        if vars(self._kind)["__init__"] is self:
            self._kind.__init__ = _filling(self._kind)
        return self._kind.__init__.__get__(instance, owner)


def _filling(kind: type[Any]) -> Any:
    """A constructor that fills the slots of a class."""
    known: dict[str, Any] = {"_missing": _MISSING}
    arguments, lines = [], []
    for one in fields(kind):
        name = one.name
        known[f"_set_{name}"] = vars(kind)[name].__set__
        given = name
        if one.default_factory is not MISSING:
            known[f"_make_{name}"] = one.default_factory
            arguments.append(f"{name}=_missing")
            given = f"_make_{name}() if {name} is _missing else {name}"
        elif one.default is not MISSING:
            known[f"_default_{name}"] = one.default
            arguments.append(f"{name}=_default_{name}")
        else:
            arguments.append(name)
        lines.append(f"    _set_{name}(self, {given})")
    star = ["*"] if any(one.kw_only for one in fields(kind)) else []
    head = f"def __init__({', '.join(['self', *star, *arguments])}):"
    source = "\n".join([head, *(lines or ["    pass"])])
    exec(source, known)  # noqa: S102  # as `dataclasses` does; there is nothing but field names
    made = known["__init__"]
    made.__qualname__, made.__module__ = f"{kind.__qualname__}.__init__", kind.__module__
    made.__annotations__ = {one.name: one.type for one in fields(kind)} | {"return": None}
    return made


class _Missing:
    """The default of a field that is made anew for each object, as help and editors show it."""

    def __repr__(self) -> str:
        return "<factory>"


_MISSING = _Missing()


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


class Type(enum.Enum):
    """What a parameter, header or field carries; each member has its JSON Schema.

    The member says what the text *is*; a parameter's `regexp` says which texts are
    valid, its `format` is the placeholder printed in samples, and its `examples`
    are values. None of the four stands in for another.
    """

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ARRAY = "array"
    OBJECT = "object"
    ANY = "any"
    UUID = "uuid"
    DIGEST = "digest"
    URL = "url"
    LINK = "link"
    BYTE_RANGE = "byte-range"
    CONTENT_RANGE = "content-range"
    DATE_TIME = "date-time"
    HTTP_DATE = "http-date"
    ENTITY_TAG = "entity-tag"
    MEDIA_TYPE = "media-type"
    BINARY = "binary"
    OPAQUE = "opaque"

    @property
    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema 2020-12 of the type, a new dict at every call."""
        return dict(_SCHEMAS[self.value])

    @property
    def meaning(self) -> str:
        """One sentence that says what the type stands for."""
        return _MEANINGS[self.value]


_SCHEMAS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "array": {"type": "array"},
    "object": {"type": "object"},
    "any": {},
    "uuid": {"type": "string", "format": "uuid"},
    "digest": {"type": "string", "pattern": "^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$"},
    "url": {"type": "string", "format": "uri-reference"},
    "link": {"type": "string"},
    "byte-range": {"type": "string"},
    "content-range": {"type": "string"},
    "date-time": {"type": "string", "format": "date-time"},
    "http-date": {"type": "string"},
    "entity-tag": {"type": "string"},
    "media-type": {"type": "string"},
    "binary": {"type": "string", "contentMediaType": "application/octet-stream"},
    "opaque": {"type": "string"},
}

_MEANINGS: dict[str, str] = {
    "string": "Text.",
    "integer": "A whole number.",
    "number": "A number, whole or not.",
    "boolean": "`true` or `false`.",
    "array": "A list of values.",
    "object": "A set of named values.",
    "any": "Any JSON value.",
    "uuid": "A UUID in its canonical text form (RFC 9562, section 4).",
    "digest": "A content digest, `algorithm:encoded`.",
    "url": "An absolute URL or a relative reference (RFC 3986, section 4.1).",
    "link": "A Link header value (RFC 8288).",
    "byte-range": "A range of bytes, such as `bytes=0-1023` (RFC 9110, section 14.1) or `0-1023`.",
    "content-range": "The position of a part in the whole (RFC 9110, section 14.4).",
    "date-time": "A date and time (RFC 3339, section 5.6).",
    "http-date": "A date in the form of HTTP headers (RFC 9110, section 5.6.7).",
    "entity-tag": "An entity tag, quoted (RFC 9110, section 8.8.3).",
    "media-type": "A media type (RFC 9110, section 8.3.1).",
    "binary": "Bytes that are sent as they are.",
    "opaque": "A text that only its issuer can read: return it unchanged.",
}


class JsonSchema:
    """JSON Schema keywords for a Python type: `Annotated[str, JsonSchema(pattern="^a")]`.

    The keywords are laid over what the type itself says; with a `type` among them, they are
    all that is said. A keyword that is a Python word or has a dollar sign is given through
    `keywords`. Above a `TypedDict`, it is a decorator: `@JsonSchema(additionalProperties=False)`.
    """

    __slots__ = ("keywords",)

    def __init__(self, keywords: Mapping[str, Any] | None = None, /, **named: Any) -> None:
        self.keywords: dict[str, Any] = {**(keywords or {}), **named}

    def __repr__(self) -> str:
        return f"JsonSchema({self.keywords!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JsonSchema) and self.keywords == other.keywords

    def __hash__(self) -> int:
        texts = (value for value in self.keywords.values() if isinstance(value, str))
        return hash((*self.keywords, *texts))

    def __call__(self, python_type: _Class) -> _Class:
        """Lay the keywords over the schema of a `TypedDict` of routebook."""
        python_type._schema_keywords = self.keywords  # type: ignore[attr-defined]  # a dict class
        return python_type

    def over(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The keywords laid over those of a schema."""
        return dict(self.keywords) if "type" in self.keywords else {**schema, **self.keywords}

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        """Lay the keywords over the schema that pydantic derives (its documented hook)."""
        return self.over(handler(core_schema))


if not TYPE_CHECKING:

    class TypedDict(dict):
        """`typing.TypedDict`, light to import and known to pydantic on every Python.

        Type checkers see `typing.TypedDict` itself. At run time that one takes ten times as
        long to define, and pydantic refuses it before Python 3.12. Both of its forms work:
        `class TagList(TypedDict): ...` and `TypedDict("Platform", {"os.version": str})`;
        keys that may be missing are `NotRequired[...]`.
        """

        def __new__(cls, *args: Any, **keys: Any) -> Any:
            """A dict; or a class, when `TypedDict` itself is called with a name and fields."""
            if cls is TypedDict:
                name, annotations = args
                return type(name, (TypedDict,), {"__annotations__": dict(annotations)})
            return dict(*args, **keys)

        @classmethod
        def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
            """The schema of the TypedDict that it stands for (pydantic's documented hook)."""
            if "_typed_dict" not in cls.__dict__:
                cls._typed_dict = _typed_dict(cls)
            return handler(cls._typed_dict)

        @classmethod
        def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
            """Lay the keywords of a decorating `JsonSchema` over (pydantic's documented hook)."""
            schema = handler(core_schema)
            handler.resolve_ref_schema(schema).update(cls.__dict__.get("_schema_keywords", {}))
            return schema


def _typed_dict(light: type) -> Any:
    import typing  # with the next, only where pydantic is in use

    import typing_extensions  # pydantic depends on it

    annotations = typing.get_type_hints(light, include_extras=True)
    # mypy wants the name as a literal
    heavy = typing_extensions.TypedDict(light.__name__, annotations)  # type: ignore[misc]
    heavy.__doc__, heavy.__module__ = light.__doc__, light.__module__
    return heavy
