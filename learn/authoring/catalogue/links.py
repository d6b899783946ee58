"""LINKS: links, pictures and what they lead to."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "link-missing-file",
        "links",
        "error",
        gettext_noop("There is no lesson or picture '%(path)s' in this course.%(suggestion)s"),
        gettext_noop("The link would lead nowhere."),
        gettext_noop("Write the path as seen from this file, with the number and `.md`."),
        "[…](%(meant)s)",
    ),
    Rule(
        "link-missing-media",
        "links",
        "error",
        gettext_noop("There is no picture '%(path)s' in this course.%(suggestion)s"),
        gettext_noop("Learners would see a gap."),
        gettext_noop("Put the file there, or write the path as seen from this file."),
        "![…](%(meant)s)",
    ),
    Rule(
        "link-missing-anchor",
        "links",
        "error",
        gettext_noop("There is no '#%(fragment)s' in %(file)s.%(suggestion)s"),
        gettext_noop("The link would lead to the top of the page instead of the very place."),
        gettext_noop(
            "Link to a heading's or a table's id; write one with `{#id}` after the heading."
        ),
        "{#%(fragment)s}",
    ),
    Rule(
        "link-missing-cell",
        "links",
        "error",
        gettext_noop("The table '%(table)s' in %(file)s has no %(part)s '%(name)s'.%(suggestion)s"),
        gettext_noop("The link would lead to the top of the page instead of the very cell."),
        gettext_noop("Write `#table.row.column`, each as its text would be in an address."),
        "(#%(table)s)",
    ),
    Rule(
        "link-to-question",
        "links",
        "warning",
        gettext_noop("'#%(fragment)s' is a question, which has a page of its own."),
        gettext_noop(
            "Questions are not shown within the lesson, so the link leads to the top of the page."
        ),
        gettext_noop("Link to the section that the question is about."),
        gettext_noop("[the section](#its-id)"),
    ),
    Rule(
        "link-outside-course",
        "links",
        "error",
        gettext_noop("'%(path)s' leads out of the course's folder."),
        gettext_noop("Only what is in the course's folder is published with it."),
        gettext_noop("Move the file into the course, or link to its public address."),
        "[…](https://)",
    ),
    Rule(
        "link-from-the-top",
        "links",
        "warning",
        gettext_noop("'%(path)s' begins at the top of the site, where no page is.%(suggestion)s"),
        gettext_noop(
            "An address with a slash in front leads past the course, so learners would find nothing"
            " unless something else than this site answers it."
        ),
        gettext_noop("Write the path as seen from this file, or the whole address with `https:`."),
        "[…](%(meant)s)",
    ),
    Rule(
        "link-without-address",
        "links",
        "warning",
        gettext_noop("The link '%(text)s' has no address."),
        gettext_noop("Learners would read its text alone, without anything to follow."),
        gettext_noop("Write between the parentheses where it leads, or remove the brackets."),
        "[%(text)s](https://)",
    ),
    Rule(
        "link-without-words",
        "links",
        "warning",
        gettext_noop("The link to '%(target)s' has no words."),
        gettext_noop("Nothing would be shown of it, so nobody could follow it."),
        gettext_noop("Write between the brackets what the link leads to."),
        "[…](%(target)s)",
    ),
    Rule(
        "link-picture-elsewhere",
        "links",
        "warning",
        gettext_noop(
            "The picture '%(path)s' is on another site; learners see a link to it instead."
        ),
        gettext_noop(
            "Loading it would tell that site who reads the lesson, and it may vanish or change."
        ),
        gettext_noop("Save the picture in the course's folder, if its licence allows."),
        "![…](media/…)",
    ),
    Rule(
        "link-unsafe-address",
        "links",
        "error",
        gettext_noop("Links to '%(scheme)s:' addresses are removed."),
        gettext_noop("Such an address can run a program or read a file on a learner's computer."),
        gettext_noop("Link to an `https:` address."),
        "https://",
    ),
    Rule(
        "link-space-in-address",
        "links",
        "error",
        gettext_noop("The space in '%(path)s' ends the address, so this is no link."),
        gettext_noop(
            "Brackets and address would be shown as they are written, here as on code hosts."
        ),
        gettext_noop("Write the address in pointed brackets, or `%%20` for the space."),
        "(<%(path)s>)",
    ),
    Rule(
        "link-undefined-reference",
        "links",
        "warning",
        gettext_noop("Nothing in this file says where '[%(label)s]' leads.%(suggestion)s"),
        gettext_noop("The brackets would be shown as they are written."),
        gettext_noop("Write the address at the end of the file."),
        "[%(label)s]: https://",
    ),
    Rule(
        "link-picture-without-alternative",
        "links",
        "warning",
        gettext_noop("The picture '%(path)s' has no text alternative."),
        gettext_noop("Those who do not see the picture learn nothing from it."),
        gettext_noop("Say between the brackets what the picture shows."),
        "![%(hint)s](%(path)s)",
    ),
)
