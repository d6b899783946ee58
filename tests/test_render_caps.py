"""What the renderer refuses before it tries."""

import pytest

from learn.authoring.fragments import Fragment, RenderContext
from learn.rendering import Caps, Renderer, RenderTooLargeError

CONTEXT = RenderContext()


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a" * 65537, "65536 characters", None),
        ("a\n" * 2001, "2000 lines", 2001),
        ("# a\n" * 201, "200 headings", 201),
        ("ok\n" + "[" * 401, "400 brackets", 2),
    ],
)
def test_what_is_too_large_is_not_tried(text, message, line):
    one = Renderer()
    with pytest.raises(RenderTooLargeError, match=message) as caught:
        one.render([Fragment("fine"), Fragment(text)], CONTEXT)
    assert (caught.value.fragment, caught.value.line) == (1, line)
    assert one.process_id is None


def test_all_fragments_together_and_definitions_have_caps_too():
    one = Renderer()
    with pytest.raises(RenderTooLargeError, match="in all"):
        one.render([Fragment("a" * 60_000)] * 20, CONTEXT)
    with pytest.raises(RenderTooLargeError) as caught:
        one.render([], RenderContext(definitions="a" * 70_000))
    assert caught.value.fragment is None


def test_comments_in_code_are_no_headings():
    Caps().check([Fragment("```sh\n" + "# note\n" * 500 + "```")], CONTEXT)
