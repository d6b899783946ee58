"""Each rule of the catalogue has a sample that breaks it and one that does not."""

import inspect
import re
from datetime import date

import pytest
from django.core.management.commands import makemessages

from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.check import check_course
from learn.authoring.codes import RULES, explain, mend_of, message_of, stub_of
from tests.authoring.rule_samples import COURSE_SAMPLES, GOOD, SAMPLES, asked

# Rules about files that cannot be read as text: `tests/test_course_folder.py` breaks them, and
# `tests/learn/test_picture_files.py`.
FOLDER_RULES = {
    "structure-not-utf8",
    "structure-too-large",
    "structure-symbolic-link",
    "structure-link-to-nothing",
    "structure-special-file",
    "structure-unreadable",
    "structure-no-lesson",
    "structure-not-a-picture",
    "structure-large-picture",
    "structure-drawing-without-namespace",
}

# Rules about the answers of learners: `tests/authoring/test_check_evidence.py` breaks them.
EVIDENCE_RULES = {code for code, rule in RULES.items() if rule.family == "evidence"}

TODAY = date(2026, 11, 21)

OTHER_LESSONS = {
    "02-b.md": "# B\n\n## One\n\nText.\n",
    "03-c.md": asked(GOOD, "Which? {#taken}"),
}


def codes_of_lesson(text: str) -> list[str]:
    problems = check_course({"00-a.md": text, **OTHER_LESSONS}, {"media/x.png"}, today=TODAY)
    found = [problem for of_file in problems.values() for problem in of_file]
    for problem in found:
        assert message_of(problem)
        assert mend_of(problem)
        assert stub_of(problem)
    return [problem.code for problem in found]


def codes_of_course(files: dict[str, str]) -> list[str]:
    found = check_course(files, (), today=TODAY).values()
    return [problem.code for of_file in found for problem in of_file]


@pytest.mark.parametrize("code", SAMPLES)
def test_the_sample_breaks_its_rule(code):
    bad, _ = SAMPLES[code]

    assert code in codes_of_lesson(bad)


@pytest.mark.parametrize("code", SAMPLES)
def test_the_sample_beside_it_does_not(code):
    _, good = SAMPLES[code]

    assert code not in codes_of_lesson(good)


@pytest.mark.parametrize("code", COURSE_SAMPLES)
def test_the_course_breaks_its_rule_and_the_one_beside_it_does_not(code):
    bad, good = COURSE_SAMPLES[code]

    assert code in codes_of_course(bad)
    assert code not in codes_of_course(good)


def test_every_rule_has_a_sample():
    sampled = SAMPLES.keys() | COURSE_SAMPLES.keys() | FOLDER_RULES | EVIDENCE_RULES
    assert sampled == RULES.keys()


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_explained(code):
    rule = RULES[code]

    assert re.fullmatch(
        r"(?:structure|link|question|explanation|craft|fact|evidence)-[a-z0-9-]+", code
    )
    assert explain(code).startswith(f"{code} ({rule.family}, {rule.level})\n")
    assert "%(" not in explain(code)
    assert rule.why.endswith(".")
    assert rule.stub, "every message offers a text to paste"
    for words in (rule.message, rule.why, rule.mend):
        assert words[0].isupper() or words[0] in "`'%"


def test_a_code_that_is_none_is_not_explained():
    with pytest.raises(KeyError):
        explain("structure-nothing")


def test_a_good_course_has_no_problems():
    assert codes_of_lesson(asked(GOOD)) == []


def test_the_words_of_a_rule_are_found_when_messages_are_extracted():
    # Django tells xgettext by which names texts are marked; under another name none is found.
    assert f"--keyword={gettext_noop.__name__}" in inspect.getsource(makemessages)
