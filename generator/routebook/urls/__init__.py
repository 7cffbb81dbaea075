"""URLs of an API's routes, built for a client or for the answer to a request.

urls = URLBuilder(API, "https://registry.example/")
urls.build("tags", {"name": "library/alpine"}, {"n": 10})
"""

from routebook.urls.builder import BuildError, Headers, Query, URLBuilder, Values, query_pairs
from routebook.urls.forwarded import Forwarded, ForwardedError, parse_forwarded

__all__ = [
    "BuildError",
    "Forwarded",
    "ForwardedError",
    "Headers",
    "Query",
    "URLBuilder",
    "Values",
    "parse_forwarded",
    "query_pairs",
]
