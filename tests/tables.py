"""A lesson with a table to practise, for tests."""

from learn.authoring.fragments import RenderContext
from learn.authoring.parse import parse_lesson
from learn.authoring.render import render_fragments
from learn.authoring.statements import drills_of
from learn.cell_drafts import cell_drafts
from learn.table_drafts import grid_of, table_draft, table_fragments
from quizzes.tables import sync_tables
from tests.factories import NOW, ask, make_lesson

COMPARE = """# Mills

| Aspect | Mill | Grinder |
|---|---|---|
| Longest run[^1] | 15 minutes | no limit |
| Starts when | a bell rings | a queue moves |
| Price | a fee | by the hour |

Table: At a glance {#at-a-glance .compare}

> **In short.** One reacts, the other *waits*.

[^1]: A note.
"""
DECIDE = """# Tools

| If the job is | Use | Why |
|---|---|---|
| Short | a spoon | it is at hand |
| Long | a shovel | it holds more |
| Wet | a bucket | it is tight |
| Very long | an excavator | it is strong |
| Deep | a drill rig | it goes down |

Table: Which tool {#which-tool .decide}
"""


def drafts_of(markdown=COMPARE, address="/courses/animals/cats/"):
    """The tables and the questions about cells that a text makes."""
    drills = [
        drill for drill in drills_of(parse_lesson(markdown, name="01-cats.md")) if drill.is_offered
    ]
    fragments = [fragment for drill in drills for fragment in table_fragments(drill)]
    rendered = iter(render_fragments(fragments, RenderContext()))
    grids = [grid_of(drill, rendered, address) for drill in drills]
    return [table_draft(grid) for grid in grids], [d for grid in grids for d in cell_drafts(grid)]


def publish_tables(lesson, markdown=COMPARE, others=(), at=NOW):
    """Make the tables of a text those of the lesson."""
    tables, cells = drafts_of(markdown)
    sync_tables(lesson=lesson, drafts=tables, at=at)
    ask(lesson, [*others, *cells], at=at)


def lesson_with_table(markdown=COMPARE, others=(), **fields):
    """A published lesson with the tables of a text."""
    lesson = make_lesson(drafts=[], **fields)
    publish_tables(lesson, markdown, others)
    return lesson
