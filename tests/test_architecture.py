"""How the parts may depend on each other, and how large they may grow. See the README's map."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.figures import Show
from tests.source import (
    ROOT,
    Function,
    Import,
    Module,
    is_first_party,
    lines_of,
    modules,
    targets_of,
    templates,
)

pytestmark = pytest.mark.server  # reads files alone: no second run on another database

# From the top: a module may import its own layer and those below. What is named nowhere is a verb.
LAYERS = {
    "web": {
        "learn.urls", "learn.wsgi", "learn.views", "learn.middleware", "learn.management",
        "learn.serving", "learn.moving", "learn.backup", "learn.templatetags", "learn.admin",
        "quizzes.urls", "quizzes.views", "quizzes.flow",
        "quizzes.showing", "quizzes.admin", "quizzes.templatetags",
    },
    "verbs": {"learn", "quizzes"},
    "state": {"learn.models", "learn.http", "quizzes.models"},
    "pure": {
        "learn.authoring", "quizzes.kinds", "quizzes.chance", "quizzes.scheduling",
        "quizzes.guessing", "quizzes.interleaving",
    },
    # What Django itself loads: settings and what they need.
    "frame": {
        "learn.settings", "learn.environment", "learn.cache_server", "learn.sqlite.engine",
        "learn.checks", "learn.apps", "learn.routers", "learn.accounts.environment", "quizzes.apps",
    },
}  # fmt: skip
MAY_IMPORT = {
    "web": {"web", "verbs", "state", "pure", "frame"},
    "verbs": {"verbs", "state", "pure", "frame"},
    "state": {"state", "pure", "frame"},
    "pure": {"pure"},
    "frame": {"frame"},
}
VIEWS = re.compile(r"\.(\w+_)?(views|urls)(\.|$)")
# The engine points at a lesson and reads a request; it knows nothing else of the site.
QUIZZES_MAY_IMPORT = ("learn.models", "learn.http")

FUNCTION_MEDIAN, FUNCTION_P95, FUNCTION_MAX = 8, 30, 50
FILE_MAX, TEST_FILE_MAX, VIEW_MAX, TEMPLATE_MAX = 300, 400, 40, 150

TEMPLATE_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
ORM_CALL = re.compile(r"\.(all|count|exists|filter)\b")
INLINE_CODE = {
    "an inline event handler": re.compile(r"<[a-z][^<>]*\son\w+\s*=", re.IGNORECASE),
    "an inline style": re.compile(r"<[a-z][^<>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "hx-on": re.compile(r"<[a-z][^<>]*\s(data-)?hx-on", re.IGNORECASE),
    "a js: or javascript: value": re.compile(r"=\s*[\"']?\s*(js|javascript):", re.IGNORECASE),
    "a script in the page": re.compile(
        r"<script(?![^<>]*application/(?:ld\+)?json)[^<>]*>\s*[^<\s]", re.IGNORECASE
    ),
}


def layer_of(name: str) -> str:
    """Return the layer of a module: that of the longest name which it starts with."""
    if VIEWS.search(name):
        return "web"
    entries = [(entry, layer) for layer, entries in LAYERS.items() for entry in entries]
    fitting = [(entry, layer) for entry, layer in entries if f"{name}.".startswith(f"{entry}.")]
    return max(fitting, key=lambda item: len(item[0]))[1]


def dependencies() -> Iterator[tuple[Module, Import, str]]:
    """Yield each import of one of our modules by another: who, the import, whom."""
    for module in modules().values():
        for imported in module.imports:
            target = targets_of(imported)
            if target is not None and target != module.name:
                yield module, imported, target


def report(faults: list[str]) -> None:
    """Fail with one line for each fault."""
    assert not faults, "\n" + "\n".join(faults)


def test_layers() -> None:
    report(
        [
            f"{module.place}:{imported.line}: {layer_of(module.name)} may not import "
            f"{target} ({layer_of(target)})"
            for module, imported, target in dependencies()
            if layer_of(target) not in MAY_IMPORT[layer_of(module.name)]
        ]
    )


def test_quizzes_knows_only_models_and_http_of_learn() -> None:
    report(
        [
            f"{module.place}:{imported.line}: quizzes may not import {target}"
            for module, imported, target in dependencies()
            if module.name.startswith("quizzes")
            and target.startswith("learn")
            and not f"{target}.".startswith(tuple(f"{name}." for name in QUIZZES_MAY_IMPORT))
        ]
    )


def test_models_of_the_site_do_not_know_the_engine() -> None:
    report(
        [
            f"{module.place}:{imported.line}: foreign keys go from quizzes to learn, not back"
            for module, imported, target in dependencies()
            if f"{module.name}.".startswith("learn.models.") and target.startswith("quizzes")
        ]
    )


def test_no_import_cycles() -> None:
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for module, _imported, target in dependencies():
        graph[module.name].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("imports go in a circle: " + " -> ".join(reversed(error.args[1])))


def test_no_first_party_import_inside_a_function() -> None:
    report(
        [
            f"{module.place}:{imported.line}: imports {imported.target} inside a function"
            for module in modules().values()
            for imported in module.imports
            if imported.is_in_function and is_first_party(imported.target)
        ]
    )


def test_no_private_name_of_another_module() -> None:
    faults = [
        f"{module.place}:{imported.line}: {imported.target}.{imported.name} is private"
        for module in modules().values()
        for imported in module.imports
        if is_first_party(imported.target)
        and any(is_private(part) for part in f"{imported.target}.{imported.name}".split("."))
    ]
    faults += [fault for module in modules().values() for fault in private_attributes(module)]
    report(faults)


def is_private(name: str) -> bool:
    """Say whether a name is for its own module alone."""
    return name.startswith("_") and not name.startswith("__")


def private_attributes(module: Module) -> Iterator[str]:
    """Yield the uses of a private name through an imported module."""
    known = {imported.name for imported in module.imports if targets_of(imported)}
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in known:
                if owner.islower() and is_private(name):
                    yield f"{module.place}:{node.lineno}: {owner}.{name} is private"


def test_pure_modules_import_no_django() -> None:
    report(
        [
            f"{module.place}:{imported.line}: pure modules may not import {imported.target}"
            for module in modules().values()
            if layer_of(module.name) == "pure"
            for imported in module.imports
            if imported.target.split(".")[0].startswith("django")
        ]
    )


def test_templates_make_no_queries() -> None:
    report(
        [
            f"{place_in(path, text, code.start())}: {code.group()} asks the database"
            for path, text in template_texts()
            for code in TEMPLATE_CODE.finditer(text)
            if not code.group().startswith("{#") and ORM_CALL.search(code.group())
        ]
    )


def test_templates_hold_no_inline_code() -> None:
    """The content security policy would block it, and the page would half work."""
    faults = []
    for path, text in template_texts():
        # Same length, so that places stay right.
        markup = TEMPLATE_CODE.sub(lambda code: re.sub(r"[^\n]", "x", code.group()), text)
        for what, pattern in INLINE_CODE.items():
            faults += [
                f"{place_in(path, text, found.start())}: {what}"
                for found in pattern.finditer(markup)
            ]
    report(faults)


@pytest.mark.parametrize(
    ("markup", "is_inline"),
    [
        ('<p onclick="go()">', True),
        ("<p\n  ONLOAD = go()>", True),
        ('<p style="color: red">', True),
        ("<style>p {}</style>", True),
        ('<p hx-on::after-swap="go()">', True),
        ('<p data-hx-on:click="go()">', True),
        ("<p hx-vals='js:{a: 1}'>", True),
        ('<a href="javascript:go()">', True),
        ("<script>go()</script>", True),
        ('<script type="module">\n  go()\n</script>', True),
        ('<script src="/a.js" defer></script>', False),
        ('<script type="application/json">{"a": 1}</script>', False),
        ('<p class="one" data-position="on=2">style = on</p>', False),
    ],
)
def test_inline_code_is_noticed(markup: str, is_inline: bool) -> None:
    assert any(pattern.search(markup) for pattern in INLINE_CODE.values()) is is_inline


def test_templates_escape() -> None:
    report(
        [
            f"{place_in(path, text, found.start())}: autoescape off"
            for path, text in template_texts()
            for found in re.finditer(r"\{%\s*autoescape\s+off", text)
        ]
    )


def template_texts() -> Iterator[tuple[Path, str]]:
    """Yield every template and its text."""
    for path in templates():
        yield path, path.read_text(encoding="utf-8")


def place_in(path: Path, text: str, offset: int) -> str:
    """Return file and line of a place in a text."""
    return f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, offset) + 1}"


def test_function_budget(show: Show) -> None:
    sizes = {place: lines_of(function) for place, function in all_functions()}
    p95 = quantiles(sizes.values(), n=20)[-1]
    show(
        f"{len(sizes)} functions: median {median(sizes.values()):.0f} lines (at most "
        f"{FUNCTION_MEDIAN}), p95 {p95:.0f} ({FUNCTION_P95}), max {max(sizes.values())} "
        f"({FUNCTION_MAX})",
    )
    longest = sorted(sizes, key=lambda place: -sizes[place])
    report([f"{place}: {sizes[place]} lines" for place in longest if sizes[place] > FUNCTION_MAX])
    assert p95 <= FUNCTION_P95, f"split some of these: {longest[:20]}"
    assert median(sizes.values()) <= FUNCTION_MEDIAN, f"split some of these: {longest[:20]}"


def all_functions() -> Iterator[tuple[str, Function]]:
    """Yield place and source of every function of the product."""
    for module in modules().values():
        for function in module.functions:
            yield f"{module.place}:{function.lineno} {function.name}", function


def test_view_budget(show: Show) -> None:
    sizes = {
        f"{module.place}:{function.lineno} {function.name}": lines_of(function)
        for module in modules().values()
        if VIEWS.search(module.name)
        for function in module.functions
    }
    show(f"{len(sizes)} view functions: max {max(sizes.values())} lines ({VIEW_MAX})")
    report([f"{place}: {size} lines" for place, size in sizes.items() if size > VIEW_MAX])


def test_file_budget(show: Show) -> None:
    product = {module.place: len(module.text.splitlines()) for module in modules().values()}
    show(f"{len(product)} files: max {max(product.values())} lines ({FILE_MAX})")
    report([f"{place}: {size} lines" for place, size in product.items() if size > FILE_MAX])
    tests = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted((ROOT / "tests").rglob("*.py"))
    }
    show(f"{len(tests)} test files: max {max(tests.values())} lines ({TEST_FILE_MAX})")
    report([f"{place}: {size} lines" for place, size in tests.items() if size > TEST_FILE_MAX])


def test_template_budget(show: Show) -> None:
    sizes = {str(path.relative_to(ROOT)): text.count("\n") for path, text in template_texts()}
    show(f"{len(sizes)} templates: max {max(sizes.values())} lines ({TEMPLATE_MAX})")
    report([f"{place}: {size} lines" for place, size in sizes.items() if size > TEMPLATE_MAX])
