"""What a person hears who does not see the page, from the first visit to a finished review.

Each step is what the person does; indented below it is what is said then, in this order: the title
of a new page, live regions, groups that are entered, and what has the focus. "…" is anything.
"""

import re

import pytest

from tests.journeys.access.reader import Reader
from tests.journeys.access.water import let_days_pass

LEARNING = """
open /
    page: Checkmark…
press Tab
    Skip to the content, link
tab to Start the first lesson
    Start the first lesson, link
press Enter
    page: Ice and steam · Water
press Tab
    Skip to the content, link
press Enter
    main
tab to Check what you know
    in Knowledge check, region
    Check what you know, link
press Enter
    page: Question 1 of 2 · Ice and steam

tab to Check
    Check, button
press Enter
    live: Choose an answer.
    This needs your attention, group
press Tab
    in This needs your attention, group
    Choose an answer., link
press Enter
    in Which form keeps its shape?, group
    …, radio button, not checked, invalid
choose Water
    Water, radio button, checked, invalid
press Enter
    Not correct, heading level 2
read on
    reads: Ice / Correct answer / It is solid, so it keeps its shape.
    reads: Steam
    reads: Water / Your answer, not correct / It takes the shape of the glass.
tab to Next
    Next, link
press Enter
    in Which form is the hottest?, group
    Which form is the hottest?, heading level 1
choose Steam
    Steam, radio button, checked
press Enter
    Correct, heading level 2
read on
    reads: Ice
    reads: Steam / Your answer, correct / It begins where water boils.
    reads: Water
tab to Next
    Next, link
press Enter
    in Which form keeps its shape?, group
    Which form keeps its shape?, heading level 1
choose Ice
    Ice, radio button, checked
press Enter
    Correct, heading level 2
tab to See the result
    See the result, link
press Enter
    page: 1 of 2 right · Ice and steam
tab to Retry the question you missed
    Retry the question you missed, button

wait 11 days
open /
    page: Checkmark…
tab to 2 questions are due for review…
    2 questions are due for review, about 1 minute, link
press Enter
    page: Review · Checkmark
tab to Review 2 questions
    Review 2 questions, button
press Enter
    page: Question 1 of 2 · Review
tab to a choice
    in Which form …, group
    …, radio button, not checked
choose rightly
    …, radio button, checked
press Enter
    Correct, heading level 2
tab to Next
    Next, link
press Enter
    in Which form …, group
    Which form …, heading level 1
choose rightly
    …, radio button, checked
press Enter
    Correct, heading level 2
tab to See the result
    See the result, link
press Enter
    page: 2 of 2 still known · Review
tab to Go on learning
    Go on learning, link
"""

OTHER_KINDS = """
open /courses/water/kinds/check/3/
    page: Question 3 of 8 · Every kind
tab to Your answer
    in What is it called?, group
    Your answer, edit
press Enter
    live: Type an answer.
    This needs your attention, group
press Tab
    in This needs your attention, group
    Type an answer., link
press Enter
    in What is it called?, group
    Your answer, edit, invalid, Type an answer.
tab to Show a hint
    Show a hint, button
press Enter
    in What is it called?, group
    It begins with an e., note

open /courses/water/kinds/check/5/
    page: Question 5 of 8 · Every kind
tab to Move down…
    Move down: …, button
press Enter
    live: … is now number 2 of 3
    Move down: …, button

open /courses/water/kinds/check/6/
    page: Question 6 of 8 · Every kind
tab to solid
    in What belongs together?, group
    solid, choice list, Choose…, collapsed
press i
    solid, choice list, ice, collapsed
tab to Check
    Check, button
press Enter
    live: Some lines have no match yet.
    This needs your attention, group
press Tab
    in This needs your attention, group
    Some lines have no match yet., link
press Enter
    in What belongs together?, group
    liquid, choice list, Choose…, collapsed, invalid, Some lines have no match yet.
press w
    liquid, choice list, water, collapsed, invalid, Some lines have no match yet.
tab to Check
    Check, button
press Enter
    Correct, heading level 2
"""

READING = """
open /courses/water/ice/
    page: Ice and steam · Water
tab to Note on: Side by side
    Note on: Side by side, button, collapsed
press Enter
    Note : Side by side, edit
type Once more
    Note : Side by side, edit, Once more
tab to Save
    Save, button
press Enter
    Your note Change : Side by side
tab to Ice
    Ice, button
press Enter
    live: Sorted by Ice, ascending.
    Ice, button
tab to Mark as read
    Mark as read, button
press Enter
    Read on …
"""


def steps(script):
    """Return the steps of a script, each with what is to be heard."""
    found = []
    for line in filter(str.strip, script.splitlines()):
        if line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


def do(reader, step, water):
    """Do what a step says."""
    verb, _space, rest = step.partition(" ")
    if verb == "wait":
        let_days_pass(water, int(rest.split()[0]))
    elif verb == "tab":
        reader.tab_to(rest.removeprefix("to "))
    elif verb == "read":
        reader.read_on()
    else:
        acts = {"open": reader.open, "press": reader.press, "type": reader.type}
        {**acts, "choose": reader.choose}[verb](rest)


def is_as_written(said, expected):
    """Say whether each line is as the script has it, with anything for an ellipsis."""
    patterns = [re.escape(line).replace("…", ".*") for line in expected]
    return len(said) == len(patterns) and all(map(re.fullmatch, patterns, said))


@pytest.mark.parametrize(
    "script", [LEARNING, OTHER_KINDS, READING], ids=["learning", "other kinds", "reading"]
)
def test_what_is_said_at_each_step(arrive, water, script):
    person = arrive(viewport={"width": 1280, "height": 800})
    reader = Reader(person)
    for step, expected in steps(script):
        do(reader, step, water)
        said = reader.said()
        assert is_as_written(said, expected), f"after {step!r}: {said}"
