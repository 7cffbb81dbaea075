"""routebook: describe an HTTP API once, and make everything else from the description.

`import routebook` gives the vocabulary and loads nothing outside the standard library; a
name of the vocabulary loads its module when it is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routebook.descriptors import (
        APIDescriptor,
        BodyDescriptor,
        CallbackDescriptor,
        ComponentsDescriptor,
        Condition,
        EncodingDescriptor,
        ExampleDescriptor,
        LinkDescriptor,
        MediaTypeDescriptor,
        MethodDescriptor,
        ParameterDescriptor,
        RequestDescriptor,
        ResponseDescriptor,
        RouteDescriptor,
    )
    from routebook.errors import Error, ErrorDescriptor, ErrorGroup, Errors, find_error
    from routebook.findings import DescriptionError, Finding, Location, RoutebookError
    from routebook.metadata import (
        ContactDescriptor,
        Deprecation,
        ExternalDocs,
        LicenseDescriptor,
        OAuthFlow,
        SecurityRequirement,
        SecurityScheme,
        ServerDescriptor,
        ServerVariable,
        TagDescriptor,
    )
    from routebook.values import JsonSchema, Schema, Type, TypedDict

__version__ = "0.1.0"

__all__ = [
    "APIDescriptor",
    "BodyDescriptor",
    "CallbackDescriptor",
    "ComponentsDescriptor",
    "Condition",
    "ContactDescriptor",
    "Deprecation",
    "DescriptionError",
    "EncodingDescriptor",
    "Error",
    "ErrorDescriptor",
    "ErrorGroup",
    "Errors",
    "ExampleDescriptor",
    "ExternalDocs",
    "Finding",
    "JsonSchema",
    "LicenseDescriptor",
    "LinkDescriptor",
    "Location",
    "MediaTypeDescriptor",
    "MethodDescriptor",
    "OAuthFlow",
    "ParameterDescriptor",
    "RequestDescriptor",
    "ResponseDescriptor",
    "RouteDescriptor",
    "RoutebookError",
    "Schema",
    "SecurityRequirement",
    "SecurityScheme",
    "ServerDescriptor",
    "ServerVariable",
    "TagDescriptor",
    "Type",
    "TypedDict",
    "__version__",
    "find_error",
]

_HOMES = ("findings", "values", "errors", "metadata", "descriptors")
"""Where the public names live, the lightest module first."""

if not TYPE_CHECKING:  # for a type checker, a module's `__getattr__` would have every name

    def __getattr__(name: str) -> object:
        """Load a public name when it is first used (PEP 562): `routebook --version` uses none."""
        from importlib import import_module

        if name in __all__:
            for home in _HOMES:
                module = import_module(f"routebook.{home}")
                if hasattr(module, name):
                    globals()[name] = getattr(module, name)
                    return globals()[name]
        raise AttributeError(f"module 'routebook' has no attribute {name!r}")

    def __dir__() -> list[str]:
        """The public names, loaded or not."""
        return sorted({*globals(), *__all__})
