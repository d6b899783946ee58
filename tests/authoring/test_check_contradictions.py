"""FACTS: two places of a course that cannot both be right."""

import pytest

from learn.authoring.check import check_course
from learn.authoring.codes import message_of
from learn.authoring.rules.contradictions import contradiction

# Two short texts that differ as the seed documents of the first course did (see its lesson 8):
# who scales Batch, whether events can start it, and under which names the two services go.
ONE = """\
# How the two services run

| Feature | Batch | AWS Lambda |
|---|---|---|
| Scaling | Automatic, with the number of jobs | Automatic, with the number of events |
| Event-driven | No, only by schedule or by hand | Yes, from uploads and requests |
| Longest run | Minutes to hours, or more | 15 minutes for each invocation |
"""
TWO = """\
# At a glance

| Feature | AWS Batch | AWS Lambda |
|---|---|---|
| Ideal use | Many related jobs | Short tasks |
| Scaling | Manual, or by scaling groups | Automatic |
| Event driven | Yes, through a rule | Yes |
| Longest run | No limit | 900 s |
"""
END = " One of them is wrong."


def clashes(**files: str) -> list[tuple[str, int, int, str]]:
    """File, line, column and message of each contradiction."""
    texts = {f"{name}.md": text for name, text in files.items()}
    return [
        (name, one.line, one.column, message_of(one))
        for name, found in check_course(texts, ()).items()
        for one in found
        if one.code == "fact-contradiction"
    ]


def test_documents_that_contradict_each_other_are_both_named_with_both_values():
    assert clashes(one=ONE, two=TWO) == [
        (
            "two.md",
            6,
            13,
            "Scaling of AWS Batch: here 'Manual', but 'Automatic' in one.md:5." + END,
        ),
        (
            "two.md",
            7,
            18,
            "Event driven of AWS Batch: here 'Yes', but 'No' in one.md:6." + END,
        ),
    ]


def compared(cell: str, thing: str = "Lambda", aspect: str = "Longest run", end: str = "") -> str:
    rows = f"| | Batch | {thing} |\n|---|---|---|\n| {aspect} | x | {cell} |\n"
    return f"# T\n\n{rows}\n{end}"


def asked(stem: str, right: str, rest: str = "- [ ] b\n  > No, c.\n") -> str:
    return f"# T\n\n## Q {{.quiz}}\n\n### {stem} {{#w}}\n\n- [x] {right}\n{rest}"


def test_a_question_is_held_against_the_tables():
    wrong = asked("What is the longest run of a Lambda function?", "5 minutes")

    assert clashes(a=compared("15 minutes"), b=wrong) == [
        (
            "b.md",
            7,
            7,
            "Longest run of Lambda: here '5 minutes', but '15 minutes' in a.md:5." + END,
        )
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (compared("15 minutes"), compared("900 s")),
        (compared("15 minutes by default, else 90"), compared("15 minutes")),
        (compared("15 minutes or 90 minutes"), compared("90 minutes")),
        (compared("10 GB"), compared("10,240 MB")),
        (compared("15 minutes"), compared("10 minutes", thing="Step Functions")),
        (compared("15 minutes"), compared("10 minutes", aspect="Usual run")),
        (compared("15 minutes"), compared("much memory")),
        (compared("15 minutes"), compared("10 GB")),
        (compared("15 minutes", thing="Notes"), compared("10 minutes", thing="Notes")),
        (compared("15 minutes"), asked("What is the longest run of Lambda?", "15 minutes")),
        (compared("15 minutes"), asked("What is the longest run of Batch and Lambda?", "1 h")),
        (compared("15 minutes"), asked("How long may Lambda wait for an answer?", "29 seconds")),
        (
            compared("15 minutes"),
            asked("What is the longest run of Lambda?", "5 minutes", "- [x] b\n- [ ] c\n  > d.\n"),
        ),
        (
            compared("15 minutes"),
            asked(
                "What is the longest run of Lambda on Managed Instances called by another service"
                " asynchronously?",
                "90 minutes",
            ),
        ),
        (
            "# T\n\n| Drink | Price | Size |\n|---|---|---|\n| Small | $2 | 10 cl |\n",
            "# T\n\n| Drink | Price | Size |\n|---|---|---|\n| Small | $3 | 20 cl |\n",
        ),
    ],
)
def test_what_may_both_be_true_is_left_alone(first, second):
    assert clashes(a=first, b=second) == []


def test_things_are_told_apart_by_their_first_word_where_that_matters():
    spot = "# T\n\n| | Spot | Fargate Spot |\n|---|---|---|\n| Notice | 2 minutes | 30 s |\n"

    assert clashes(a=spot, b=spot.replace("| | Spot", "| | EC2 Spot")) == []


@pytest.mark.parametrize(
    ("left", "right", "clash"),
    [
        ("15 minutes", "10 minutes", ("15 minutes", "10 minutes")),
        ("no limit", "14 days", ("no limit", "14 days")),
        ("no limit, but 14 days on Fargate", "14 days", None),
        ("scales automatically", "is scaled by hand", ("automatically", "by hand")),
        ("automatic, or manual", "manual", None),
        ("not automatic", "manual", None),
        ("Stateless", "stateful", ("Stateless", "stateful")),
        ("fast", "slow", None),
    ],
)
def test_two_texts_contradict_each_other_only_in_what_can_be_told(left, right, clash):
    assert contradiction(left, right) == clash
