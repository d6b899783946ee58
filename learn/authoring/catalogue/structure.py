"""STRUCTURE, third part: headings, attributes, tables, footnotes and code."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "structure-skipped-level",
        "structure",
        "warning",
        gettext_noop("This heading of level %(depth)s follows one of level %(above)s."),
        gettext_noop(
            "People who listen to a page find their way by heading levels; a gap sounds like a"
            " loss."
        ),
        gettext_noop("Make it level %(wanted)s."),
        "%(stub)s",
    ),
    Rule(
        "structure-second-title",
        "structure",
        "warning",
        gettext_noop("The lesson has a title already: '%(title)s'."),
        gettext_noop(
            "A page has one title, the heading of level 1; everything else stands below it."
        ),
        gettext_noop("Make this a heading of level 2."),
        "## %(text)s",
    ),
    Rule(
        "structure-unfinished",
        "structure",
        "warning",
        gettext_noop("`%(text)s` was put here to be replaced."),
        gettext_noop("Learners would read it as part of the lesson."),
        gettext_noop("Write your own words in its place, or remove what you do not need."),
        "%(stub)s",
    ),
    Rule(
        "structure-duplicate-anchor",
        "structure",
        "error",
        gettext_noop("The id `%(anchor)s` stands on line %(first)s already."),
        gettext_noop("A link to it could lead to either place."),
        gettext_noop("Give this one an id of its own."),
        "{#%(anchor)s-2}",
    ),
    Rule(
        "structure-bad-anchor",
        "structure",
        "error",
        gettext_noop("`#%(anchor)s` cannot be an id."),
        gettext_noop(
            "An id is part of an address: small letters a to z, digits and hyphens, not longer than"
            " 150 characters; ids that begin with `page-` are the site's own."
        ),
        gettext_noop("Write it so: `#%(wanted)s`"),
        "{#%(wanted)s}",
    ),
    Rule(
        "structure-bad-attributes",
        "structure",
        "error",
        gettext_noop("These braces cannot be read from here on: %(rest)s"),
        gettext_noop("They would be shown to learners as part of the text, and do nothing."),
        gettext_noop('Write `{#id .class key=value key="two words"}`, separated by spaces.'),
        "{#id .class key=value}",
    ),
    Rule(
        "structure-row-too-long",
        "structure",
        "error",
        gettext_noop("This row has %(cells)s cells, the table has %(columns)s columns."),
        gettext_noop("The cells that are too many would not be shown."),
        gettext_noop("Remove a `|`, or write `\\|` where the bar is part of the text."),
        "\\|",
    ),
    Rule(
        "structure-row-too-short",
        "structure",
        "warning",
        gettext_noop("This row has %(cells)s cells, the table has %(columns)s columns."),
        gettext_noop("The missing cells are shown empty, which may be right but is often a slip."),
        gettext_noop("Write every cell, an empty one too: `| |`."),
        "| … | |",
    ),
    Rule(
        "structure-bar-in-code",
        "structure",
        "error",
        gettext_noop("The bar in `%(code)s` ends the cell, although it stands in code."),
        gettext_noop(
            "In a table every `|` separates cells, in code as well, here as on code hosts."
        ),
        gettext_noop("Write `\\|`; the backslash is not shown."),
        "\\|",
    ),
    Rule(
        "structure-table-head",
        "structure",
        "error",
        gettext_noop(
            "The table's head has %(cells)s cells, the line of dashes below it %(dashes)s."
        ),
        gettext_noop(
            "Unless the two are equal, this is no table and its bars are shown as they are."
        ),
        gettext_noop("Give both lines the same number of cells."),
        "| … | … |\n|---|---|",
    ),
    Rule(
        "structure-table-without-dashes",
        "structure",
        "error",
        gettext_noop("These lines look like a table, without a line of dashes below the first."),
        gettext_noop("Only that line makes a table; without it the bars are shown as they are."),
        gettext_noop("Write the line of dashes right below the head of the table."),
        "%(dashes)s",
    ),
    Rule(
        "structure-lone-caption",
        "structure",
        "warning",
        gettext_noop("This caption belongs to no table."),
        gettext_noop(
            "It is shown as ordinary text, braces and all, and links to its id lead nowhere."
        ),
        gettext_noop("Put it right below its table, at most one blank line apart."),
        "| … | … |\n|---|---|\n| … | … |\n\nTable: … {#id}",
    ),
    Rule(
        "structure-undefined-footnote",
        "structure",
        "warning",
        gettext_noop("There is no footnote `%(label)s` in this file.%(suggestion)s"),
        gettext_noop("The mark would be shown as it is written."),
        gettext_noop("Write the footnote at the end of the file."),
        "[^%(label)s]: ",
    ),
    Rule(
        "structure-unused-footnote",
        "structure",
        "warning",
        gettext_noop("Nothing refers to the footnote `%(label)s`."),
        gettext_noop("A footnote that nothing refers to is not shown."),
        gettext_noop("Refer to it in the text, or remove it."),
        "[^%(label)s]",
    ),
    Rule(
        "structure-duplicate-footnote",
        "structure",
        "error",
        gettext_noop("The footnote `%(label)s` stands on line %(first)s already."),
        gettext_noop("Only the first is shown."),
        gettext_noop("Give this one another name, or remove it."),
        "[^%(label)s-2]: …",
    ),
    Rule(
        "structure-diagram-without-alternative",
        "structure",
        "warning",
        gettext_noop("This diagram has no text alternative."),
        gettext_noop("Read aloud, a drawing made of characters is noise."),
        gettext_noop("Say after `text` what the drawing shows."),
        '```text alt="%(hint)s"',
    ),
    Rule(
        "structure-unreadable-formula",
        "structure",
        "warning",
        gettext_noop("Learners would see `%(latex)s` as it is written: it cannot be read."),
        gettext_noop(
            "Formulas are LaTeX's mathematics. An unknown command is shown by its name, and what"
            " lacks a brace or an `\\end` is shown as code."
        ),
        gettext_noop(
            "Use commands of LaTeX's mathematics and close each brace. Write `\\$` for a dollar."
        ),
        r"$\frac{a}{b}$",
    ),
    Rule(
        "structure-merge-marker",
        "structure",
        "error",
        gettext_noop("Two edits met here, and nobody has decided between them: `%(mark)s`"),
        gettext_noop(
            "Learners would read both versions one after the other, with the marks between them."
        ),
        gettext_noop(
            "Keep the lines that are right and delete the marks. A lesson that is about such marks"
            " puts a space before them."
        ),
        " %(mark)s",
    ),
    Rule(
        "structure-open-fence",
        "structure",
        "error",
        gettext_noop("The code block that begins here is never closed."),
        gettext_noop(
            "Everything after it would be shown as code, questions and their answers too."
        ),
        gettext_noop("Close it with a line of `%(fence)s`."),
        "%(fence)s",
    ),
    Rule(
        "structure-unknown-callout",
        "structure",
        "warning",
        gettext_noop("There is no callout `[!%(word)s]`.%(suggestion)s"),
        gettext_noop("It is shown as an ordinary quote, with the mark in its first line."),
        gettext_noop("Use one of: `NOTE`, `TIP`, `IMPORTANT`, `WARNING`, `CAUTION`."),
        "> [!%(wanted)s]",
    ),
)
