"""A table becomes rows that are kept and questions about its cells, each explained by its row."""

from itertools import pairwise

import pytest

from learn.authoring.fragments import Fragment, RenderContext
from learn.authoring.parse import parse_lesson
from learn.authoring.render import render_fragment
from learn.authoring.slug import slug
from learn.loading import sync_content
from learn.rendering import Renderer
from quizzes.models import ComparisonTable, Question, Role
from tests.factories import NOW, write_files
from tests.tables import COMPARE, DECIDE, drafts_of


def by_cell(markdown=COMPARE):
    return {draft.cell: draft for draft in drafts_of(markdown)[1]}


def choices_of(draft):
    right = {choice["id"] for choice in draft.spec["choices"] if choice["right"]}
    return {told["plain"]: id_ in right for id_, told in draft.parts["choices"].items()}


def explanation_of(draft, plain):
    return next(
        told["explanation"] for told in draft.parts["choices"].values() if told["plain"] == plain
    )


def test_a_statement_is_asked_with_all_columns_in_their_order():
    draft = by_cell()["longest-run.mill"]
    assert draft.key == "at-a-glance.longest-run.mill"
    assert draft.role == Role.CELL
    assert draft.parts["stem"] == '<span class="aspect">Longest run:</span> 15 minutes'
    assert choices_of(draft) == {"Mill": True, "Grinder": False}
    assert draft.spec["shuffle"] is False


def test_the_row_tells_once_what_is_true_and_what_was_taken_for_it():
    draft = by_cell()["longest-run.mill"]
    assert explanation_of(draft, "Grinder") == explanation_of(draft, "Mill") == ""
    assert draft.parts["explanation"].count("no limit") == 1
    assert draft.parts["explanation"].count("15 minutes") == 1


def test_the_row_is_told_with_each_cell_marked_by_its_choice():
    draft = by_cell()["longest-run.mill"]
    for id_ in draft.parts["choices"]:
        assert f'data-choice="{id_}"' in draft.parts["explanation"]
    assert draft.parts["explanation"].count("is-true") == 1


def test_a_situation_is_asked_with_at_most_four_distinct_choices():
    drafts = by_cell(DECIDE)
    for draft in drafts.values():
        assert len(choices_of(draft)) == 4
        assert sum(choices_of(draft).values()) == 1
    assert choices_of(drafts["short.use"])["a spoon"]
    assert "it is at hand" in explanation_of(drafts["short.use"], "a spoon")
    wrong = next(plain for plain, right in choices_of(drafts["short.use"]).items() if not right)
    assert explanation_of(drafts["short.use"], wrong) == ""
    assert wrong in drafts["short.use"].parts["explanation"]


def test_the_same_choices_are_drawn_every_time():
    assert by_cell(DECIDE)["short.use"].digest == by_cell(DECIDE)["short.use"].digest


def test_a_cell_that_says_something_else_is_learnt_anew_and_the_others_are_kept():
    before, after = by_cell(), by_cell(COMPARE.replace("a bell rings", "a gong sounds"))
    changed = {cell for cell in before if before[cell].matter != after[cell].matter}
    assert changed == {"starts-when.mill"}


def test_a_new_row_changes_few_decisions():
    row = "| Deep | a drill rig | it goes down |"
    before = by_cell(DECIDE)
    after = by_cell(DECIDE.replace(row, f"{row}\n| Hot | a fan | it cools |"))
    kept = [cell for cell in before if before[cell].matter == after[cell].matter]
    assert kept


def test_markup_in_a_cell_is_safe():
    evil = COMPARE.replace("15 minutes", "15 <script>alert(1)</script><b>min</b>")
    parts = str(by_cell(evil)["longest-run.mill"].parts)
    assert "<script" not in parts


def test_bars_links_and_code_in_a_cell_stay_what_they_are():
    cell = "`a \\| b` or [there](#at-a-glance)"
    parts = by_cell(COMPARE.replace("15 minutes", cell))["longest-run.mill"].parts
    assert "<code>a | b</code>" in parts["stem"]
    assert 'href="/courses/animals/cats/#at-a-glance"' in parts["stem"]


def test_raw_html_of_a_table_in_a_cell_moves_no_other_cell():
    evil = COMPARE.replace("15 minutes", "15 <table><tr><td>x</td></tr></table>")
    assert by_cell(evil)["starts-when.grinder"].parts["stem"].endswith("a queue moves")


def test_the_table_is_kept_whole_without_footnotes_and_with_its_principle():
    [table], _ = drafts_of()
    assert (table.key, table.kind, table.title) == ("at-a-glance", "compare", "At a glance")
    assert [column["id"] for column in table.columns] == ["mill", "grinder"]
    assert table.rows[0]["plain"] == "Longest run"
    assert table.rows[0]["cells"]["mill"]["plain"] == "15 minutes"
    assert "One reacts, the other <em>waits</em>." in table.principle_html


def test_ids_of_cells_are_those_of_the_page():
    html = render_fragment(Fragment(parse_lesson(COMPARE, name="a.md").body), RenderContext()).html
    for draft in drafts_of()[1]:
        assert f'id="{draft.key}"' in html


def test_a_starred_row_has_the_same_address_on_the_page():
    body = parse_lesson(COMPARE.replace("| Price |", "| Price * |"), name="a.md").body
    html = render_fragment(Fragment(body), RenderContext()).html
    assert 'id="at-a-glance.price.mill"' in html
    assert "Price *" not in html
    assert slug("Price") == "price"


@pytest.mark.django_db
def test_publication_brings_tables_and_cells_and_retires_them_again(tmp_path):
    course = tmp_path / "content" / "tools"
    course.mkdir(parents=True)
    (course / "01-mills.md").write_text(COMPARE)
    (course / "02-mills.md").write_text(COMPARE)
    with Renderer() as renderer:
        sync_content(tmp_path / "content", at=NOW, renderer=renderer)
        cells = Question.objects.filter(role=Role.CELL, retired_at=None)
        assert cells.count() == 12
        assert len(set(cells.values_list("table_id", flat=True))) == 2
        assert cells.filter(key="mills-2.at-a-glance.price.mill").exists()
        first = set(cells.values_list("pk", flat=True))
        for name in ("01-mills.md", "02-mills.md"):
            (course / name).write_text(COMPARE.replace("by the hour", "by the day"))
            sync_content(tmp_path / "content", at=NOW, renderer=renderer)
        assert set(cells.values_list("pk", flat=True)) == first
        (course / "01-mills.md").write_text(COMPARE.replace(".compare", ".compare drill=off"))
        sync_content(tmp_path / "content", at=NOW, renderer=renderer)
    assert cells.count() == 6
    assert ComparisonTable.objects.filter(retired_at=None).count() == 1


@pytest.mark.django_db
def test_cells_that_bear_the_name_of_a_lesson_stay_the_same_when_it_is_renamed(tmp_path):
    files = {"01-mills.md": COMPARE, "02-mills.md": f"{COMPARE}\n\nIn short: it depends.\n"}
    course = write_files(tmp_path / "content" / "tools", files)
    with Renderer() as renderer:
        sync_content(tmp_path / "content", at=NOW, renderer=renderer)
        cells = Question.objects.filter(role=Role.CELL, retired_at=None)
        first = set(cells.values_list("pk", flat=True))
        (course / "02-mills.md").rename(course / "02-grinders.md")
        sync_content(tmp_path / "content", at=NOW, renderer=renderer)
    assert set(cells.values_list("pk", flat=True)) == first
    assert cells.filter(key="grinders.at-a-glance.price.mill").exists()


def test_all_statements_of_the_shipped_course_are_within_reach():
    """Keys stay unique and short enough for the database."""
    keys = sorted(draft.key for text in (COMPARE, DECIDE) for draft in drafts_of(text)[1])
    assert all(before != after for before, after in pairwise(keys))
    assert all(len(key) <= 150 for key in keys)
