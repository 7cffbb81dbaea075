"""Laws of the router, for generated APIs and for the registry."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from path_strategies import apis, described, naive_match, paths, segment_texts
from registry_api.v2 import API
from routebook import APIDescriptor
from routebook.paths import Variable, parse
from routebook.router import Outcome, Router
from routebook.router import RouteMatch as Match
from routebook.uri import clean_path, escape
from routebook.urls import BuildError, URLBuilder

registry = Router(API)
WORDS = "v2,tags,list,manifests,blobs,uploads,_catalog,a,A,a.b,x:1,sha256:ab,.,..,%,_,[::1],"
registry_words = st.sampled_from([*WORDS.split(","), "a b", "é", "\udcff", "l\n"])
registry_paths = st.lists(registry_words, max_size=8).map(lambda words: "/" + "/".join(words))


def plain(match: Match | None) -> tuple[str, dict[str, str]] | None:
    return None if match is None else (match.route.name, match.values)


@given(apis, paths)
@example(described(["/{v0}-{v1}.{v2}"]), "/a-b-1.y")
@example(described(["/{v0:.*}-{v1:.+}"]), "/a-\n-b")
@example(described(["/{v0:.*}", "/{v1:.*}/a"]), "/b/a")
def test_a_match_is_what_the_whole_patterns_say(api: APIDescriptor, path: str) -> None:
    """Dividing the path and searching from the right finds what the patterns would."""
    assert plain(Router(api).match(path)) == naive_match(api, path)


@given(registry_paths.map(lambda path: f"/v2{path}"))
def test_the_registry_matches_as_its_whole_patterns_do(path: str) -> None:
    """No path of the registry belongs to two routes, so the order of trying does not matter."""
    assert plain(registry.match(path)) == naive_match(API, path)


@given(registry_paths, st.data())
def test_encoding_more_of_a_path_changes_nothing(path: str, data: st.DataObject) -> None:
    """\"URIs that differ in the replacement of an unreserved character with its corresponding
    percent-encoded US-ASCII octet are equivalent" (RFC 3986, section 2.3)."""
    target = escape(path)
    chosen = data.draw(st.sets(st.integers(1, 60)))
    more = "".join(
        f"%{ord(char):02x}"
        if index in chosen and char != "%" and "%" not in target[max(0, index - 2) : index]
        else char
        for index, char in enumerate(target)
    )
    assert registry.resolve("GET", more) == registry.resolve("GET", target)


@given(registry_paths, st.sampled_from(["", "?", "?n=1", "?a=b#c", "?é=\udcff", "?a=#%zz"]))
def test_redirects_end_below_the_same_host(path: str, query: str) -> None:
    target = escape(path) + query
    for _ in range(2):
        resolution = registry.resolve("GET", target)
        if resolution.outcome != Outcome.REDIRECT:
            break
        target = resolution.location
        assert target[0] == "/"
        assert target[1:2] != "/"
        assert target.isprintable() or "\udcff" in target
        target = target.partition("#")[0]
    assert registry.resolve("GET", target).outcome != Outcome.REDIRECT


@given(st.text(), st.text())
def test_no_target_raises(method: str, target: str) -> None:
    assert registry.resolve(method, target).status in (200, 301, 400, 404, 405)


@given(apis, st.data())
def test_what_is_built_is_matched(api: APIDescriptor, data: st.DataObject) -> None:
    """...and only what the router would not find again is refused."""
    route = data.draw(st.sampled_from(api.routes))
    template = parse(route.path)
    texts = st.lists(segment_texts, min_size=1, max_size=2).map("/".join)
    values = {variable.name: data.draw(texts) for variable in template.variables}
    path = "".join(
        values[part.name] if isinstance(part, Variable) else part for part in template.parts
    )
    builder, router = URLBuilder(api, "", relative=True), Router(api)
    try:
        url = builder.build(route.name, values)
    except BuildError:
        assert clean_path(path) != path or naive_match(api, path) != (route.name, values)
    else:
        resolution = router.resolve("GET", url)
        assert resolution.outcome == Outcome.ROUTE
        assert (resolution.route, resolution.values) == (route, values)
        assert router.match(resolution.path) == (route, values)
