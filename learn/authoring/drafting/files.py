"""The texts of a new course and a new lesson."""

import json

from learn.authoring.drafting.questions import SKELETONS
from learn.authoring.names import lesson_slug

FIRST_LESSON = "01-how-a-lesson-is-written.md"
"""The file of a new course's first lesson."""

_COURSE = """\
---
title: %(title)s
pass: 75
freshness: 12 months
---

Say here for whom this course is and what they can do after it. This page is read before the
first lesson.

So far there is one lesson. It shows how lessons are written, by being one; write over it when
you know.
"""

_LESSON = """\
---
title: %(title)s
summary: "…"
objectives:
  - …
status: draft
---

A case that needs what this lesson teaches …

## The idea …

What it is, where it ends, and an example …

## Knowledge check {.quiz}

### %(question)s"""

FIRST_TEXT = """\
---
title: How a lesson is written
summary: A lesson is one Markdown file, and this one shows the parts that it is made of.
objectives:
  - Say what makes a heading a question, and what its id is for
  - Pick the kind of question that fits what you want to find out
  - Write an explanation that helps somebody who was wrong
tags: [writing]
---

Open this file in an editor and lay it beside the page. Whatever you see on the page stands in
the file as ordinary Markdown, so you can copy any part of it into a lesson of your own.

## Text that somebody can use {#text}

Begin with a case in which the knowledge is needed. Then say what the idea is, where it ends,
and what it is often mistaken for. One lesson makes one point; a second point is a second file,
and a link leads from one to the other by the file's name and the heading's id:
[what makes a question](#what-makes-a-question).

> [!TIP]
> Write the questions first. What they ask is what the text has to teach, and what they do not
> ask can often go.

## What makes a question {#what-makes-a-question}

A section called 'Knowledge check' is a quiz, and each heading one level below it is a question.
The list of boxes under the heading holds the choices; an `x` marks those that are right.

The braces after the heading hold the question's *id*. Answers and statistics are kept under it,
so you may reword a question as often as you like. Where no id stands, one is made from the
wording, and `content fix` writes it down.

### What keeps the answers to a question that is reworded? {#what-keeps-answers .question}

- [ ] Its place in the quiz
  > Questions may be moved, even into another lesson. The place says nothing about which
  > question it is.
- [x] The id in its braces
  > Right. The id stays the same, whatever the heading says.
- [ ] The text of its choices
  > Choices may be reworded too. Answers would be lost with each correction of a comma.

## Explanations {#explanations}

The quote under a choice is read by those who picked it. For a wrong choice, name the thought
that leads there and say where it goes wrong; 'no, it is the other one' teaches nothing. The
quote at the end of a question is for everybody.

## Choosing one or several {#choosing}

The number of boxes with an `x` decides how a question is answered.

| | Choose one | Choose all that apply |
|---|---|---|
| Boxes with an `x` | a single one | two or more |
| Marking | all or nothing | each wrong tick takes away what a right one gives |
| Good for | telling an idea from its neighbours | seeing whether somebody knows the whole set |

Table: Two ways to choose {#two-ways-to-choose .compare}

Other shapes make other kinds: a numbered list is put in order, a table of two columns is
matched, and a word in double brackets is a gap to fill.

## Knowledge check {.quiz}

### Does somebody tell a queue from a stack? Which kind finds out? {#which-kind-fits}

- [ ] Choose all, with a box for each property
  > That finds out who knows a list of properties. Here one idea is to be told from its
  > neighbour.
- [x] Choose one, with the neighbour among the choices
  > Right. The neighbour is the mistake that you are looking for, so it has to be there to be
  > picked.
- [ ] A numbered list of the properties
  > A numbered list asks for an order, and properties have none.

> See [choosing one or several](#choosing).

### Which of these help somebody who picked a wrong choice? {#what-helps}

- [x] The thought that led to the choice
  > People see their own thought named, and can put it right.
- [ ] The words 'sadly wrong, try again'
  > That says what is known already. It gives nothing to try again with.
- [x] The point at which that thought fails
  > A belief is given up when it is clear where it breaks.
- [ ] The right choice, word for word
  > It can be learnt by heart, and the mistake comes back in other words.

> See [explanations](#explanations).

### In which order does a lesson best come about? {#order-of-writing}

1. Write down what somebody can do afterwards
2. Write the questions that show whether they can
   > Questions before text: they decide what the text needs.
3. Write the text that the questions need
4. Run `content check` and mend what it names

> See [text that somebody can use](#text).
"""
"""A lesson about lessons, which is right as it stands."""


def course_text(title: str) -> str:
    """Return the `course.md` of a new course."""
    return _COURSE % {"title": _quoted(title)}


def lesson_text(title: str, name: str) -> str:
    """Return a new lesson to fill in; ``name`` is its file. It is a draft until it says else."""
    slug = lesson_slug(name)
    key = f"{slug if slug.isascii() else 'lesson'}-question-1"
    return _LESSON % {"title": _quoted(title), "question": SKELETONS["choose-one"] % {"id": key}}


def _quoted(text: str) -> str:
    """Return a text as YAML reads it in quotes, on one line."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return json.dumps(words, ensure_ascii=False)
