"""A question added to a lesson, however odd, leaves all that stood there as it was."""

from contextlib import suppress

from hypothesis import event, given, settings
from hypothesis import strategies as st

from learn.authoring.drafting.questions import SKELETONS, NoPlaceError, add_question
from learn.authoring.reading import read_lesson
from tests.authoring.test_fix_properties import lessons


@settings(max_examples=300, deadline=None)
@given(text=lessons, kind=st.sampled_from(sorted(SKELETONS)))
def test_the_text_is_only_put_in_and_the_question_is_of_its_kind(text, kind):
    with suppress(NoPlaceError):
        added = add_question(text, name="01-a.md", kind=kind)

        event("added")
        more = len(added.text) - len(text)
        at = next(
            n
            for n, pair in enumerate(zip(text + "\0", added.text, strict=False))
            if len(set(pair)) > 1
        )
        assert any(added.text[:n] + added.text[n + more :] == text for n in range(at, -1, -1))
        old, new = (
            {
                one.key: one.kind
                for quiz in read_lesson(each, name="01-a.md").reading.quizzes
                for one in quiz.questions
            }
            for each in (text, added.text)
        )
        assert new == old | {added.key: kind}
        assert added.key not in old
