"""STRUCTURE, third part: headings, attributes, tables, footnotes and code."""

from learn.authoring.catalogue.rule import N_, Rule

RULES = (
    Rule(
        "structure-skipped-level",
        "structure",
        "warning",
        N_("This heading of level %(depth)s follows one of level %(above)s."),
        N_(
            "People who listen to a page find their way by heading levels; a gap sounds like a"
            " loss."
        ),
        N_("Make it level %(wanted)s."),
        "%(stub)s",
    ),
    Rule(
        "structure-second-title",
        "structure",
        "warning",
        N_("The lesson has a title already: '%(title)s'."),
        N_("A page has one title, the heading of level 1; everything else stands below it."),
        N_("Make this a heading of level 2."),
        "## %(text)s",
    ),
    Rule(
        "structure-duplicate-anchor",
        "structure",
        "error",
        N_("The id `%(anchor)s` stands on line %(first)s already."),
        N_("A link to it could lead to either place."),
        N_("Give this one an id of its own."),
    ),
    Rule(
        "structure-bad-anchor",
        "structure",
        "error",
        N_("`#%(anchor)s` cannot be an id."),
        N_(
            "An id is part of an address: small letters a to z, digits and hyphens, not longer than"
            " 150 characters; ids that begin with `page-` are the site's own."
        ),
        N_("Write it so: `#%(wanted)s`"),
        "{#%(wanted)s}",
    ),
    Rule(
        "structure-bad-attributes",
        "structure",
        "error",
        N_("These braces cannot be read from here on: %(rest)s"),
        N_("They would be shown to learners as part of the text, and do nothing."),
        N_('Write `{#id .class key=value key="two words"}`, separated by spaces.'),
    ),
    Rule(
        "structure-row-too-long",
        "structure",
        "error",
        N_("This row has %(cells)s cells, the table has %(columns)s columns."),
        N_("The cells that are too many would not be shown."),
        N_("Remove a `|`, or write `\\|` where the bar is part of the text."),
    ),
    Rule(
        "structure-row-too-short",
        "structure",
        "warning",
        N_("This row has %(cells)s cells, the table has %(columns)s columns."),
        N_("The missing cells are shown empty, which may be right but is often a slip."),
        N_("Write every cell, an empty one too: `| |`."),
    ),
    Rule(
        "structure-bar-in-code",
        "structure",
        "error",
        N_("The bar in `%(code)s` ends the cell, although it stands in code."),
        N_("In a table every `|` separates cells, in code as well, here as on code hosts."),
        N_("Write `\\|`; the backslash is not shown."),
    ),
    Rule(
        "structure-table-head",
        "structure",
        "error",
        N_("The table's head has %(cells)s cells, the line of dashes below it %(dashes)s."),
        N_("Unless the two are equal, this is no table and its bars are shown as they are."),
        N_("Give both lines the same number of cells."),
    ),
    Rule(
        "structure-lone-caption",
        "structure",
        "warning",
        N_("This caption belongs to no table."),
        N_("It is shown as ordinary text, braces and all, and links to its id lead nowhere."),
        N_("Put it right below its table, at most one blank line apart."),
    ),
    Rule(
        "structure-undefined-footnote",
        "structure",
        "warning",
        N_("There is no footnote `%(label)s` in this file.%(suggestion)s"),
        N_("The mark would be shown as it is written."),
        N_("Write the footnote at the end of the file."),
        "[^%(label)s]: ",
    ),
    Rule(
        "structure-unused-footnote",
        "structure",
        "warning",
        N_("Nothing refers to the footnote `%(label)s`."),
        N_("A footnote that nothing refers to is not shown."),
        N_("Refer to it in the text, or remove it."),
        "[^%(label)s]",
    ),
    Rule(
        "structure-duplicate-footnote",
        "structure",
        "error",
        N_("The footnote `%(label)s` stands on line %(first)s already."),
        N_("Only the first is shown."),
        N_("Give this one another name, or remove it."),
    ),
    Rule(
        "structure-diagram-without-alternative",
        "structure",
        "warning",
        N_("This diagram has no text alternative."),
        N_("Read aloud, a drawing made of characters is noise."),
        N_("Say after `text` what the drawing shows."),
        '```text alt="%(hint)s"',
    ),
    Rule(
        "structure-open-fence",
        "structure",
        "error",
        N_("The code block that begins here is never closed."),
        N_("Everything after it would be shown as code, questions and their answers too."),
        N_("Close it with a line of `%(fence)s`."),
        "%(fence)s",
    ),
)
