"""Addresses, titles and order from the names of files and folders."""

import pytest

from learn.authoring.names import (
    course_slug,
    course_slugs,
    lesson_slug,
    lesson_slugs,
    natural_key,
    title_from_name,
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("01-lambda.md", "lambda"),
        ("2. Notes.md", "notes"),
        ("10_job queues.md", "job-queues"),
        ("02)brackets.MD", "brackets"),
        ("7.md", "7"),
        ("2024-review.md", "2024-review"),
        ("guide/02-x.md", "guide-x"),
        ("01-guide/02-x.md", "guide-x"),
        ("guide/index.md", "guide"),
        ("README.md", "readme"),
        ("C++ & C#.md", "c-c"),
        ("Été à Århus.md", "ete-a-arhus"),
        ("straße.md", "strasse"),
        ("Очередь ёлок.md", "очередь-ёлок"),
        ("日本語.md", "日本語"),
        ("हिन्दी पाठ.md", "हिन्दी-पाठ"),
        ("---.md", "lesson"),
        ("a" * 300 + ".md", "a" * 150),
    ],
)
def test_a_file_name_gives_an_address(name, slug):
    assert lesson_slug(name) == slug


def test_equal_addresses_are_told_apart():
    assert lesson_slugs(["01-x.md", "02-x.md", "03-x.md", "x-2.md"]) == {
        "01-x.md": "x",
        "02-x.md": "x-2",
        "03-x.md": "x-3",
        "x-2.md": "x-2-2",
    }
    assert course_slugs(["01-a", "02-a"]) == ["a", "a-2"]


def test_a_folder_name_gives_an_address():
    assert course_slug("01-AWS compute") == "aws-compute"
    assert course_slug("...") == "course"


def test_files_are_sorted_as_people_count():
    names = ["10-c.md", "guide/1.md", "2-b.md", "1-a.md", "B.md", "a.md", "²x.md"]

    assert sorted(names, key=natural_key) == [
        "1-a.md",
        "2-b.md",
        "10-c.md",
        "a.md",
        "B.md",
        "guide/1.md",
        "²x.md",
    ]


def test_a_title_begins_with_a_capital_and_keeps_the_others():
    assert title_from_name("03-using_IAM-roles.md") == "Using IAM roles"
    assert title_from_name("...") == "..."
