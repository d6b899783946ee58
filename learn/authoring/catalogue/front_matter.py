"""STRUCTURE, second part: front matter."""

from learn.authoring.catalogue.rule import N_, Rule

RULES = (
    Rule(
        "structure-front-matter-open",
        "structure",
        "error",
        N_("The front matter that begins here is never closed."),
        N_("Without the closing line the whole lesson would count as front matter."),
        N_("Put a line of three dashes after the last key."),
        "---",
    ),
    Rule(
        "structure-front-matter-invalid",
        "structure",
        "error",
        N_("The front matter cannot be read: %(reason)s."),
        N_("A guess at what was meant could publish a lesson under a wrong title or too early."),
        N_("Write each line as `key: value`; put a value that holds a colon in quotes."),
    ),
    Rule(
        "structure-front-matter-shape",
        "structure",
        "error",
        N_("The front matter is no list of keys and values."),
        N_("What stands between two lines of dashes at the top of a file is read as settings."),
        N_("Write `key: value` lines, or remove the dashes if this is text of the lesson."),
    ),
    Rule(
        "structure-front-matter-too-large",
        "structure",
        "error",
        N_("The front matter has %(size)s KiB; %(limit)s KiB is the most."),
        N_("Front matter holds a few facts about the lesson; the lesson itself comes below it."),
        N_("Move text into the lesson."),
    ),
    Rule(
        "structure-front-matter-too-deep",
        "structure",
        "error",
        N_("The front matter is nested more than %(limit)s levels deep."),
        N_("No key needs that, and a file made to do harm looks like this."),
        N_("Remove the brackets that are not needed."),
    ),
    Rule(
        "structure-front-matter-feature",
        "structure",
        "error",
        N_("The front matter uses %(feature)s."),
        N_(
            "Anchors, aliases, merge keys and tags make front matter hard to read, and a few lines"
            " of them can occupy a server for seconds."
        ),
        N_("Write the value out, in quotes if it begins with `&`, `*` or `!`."),
    ),
    Rule(
        "structure-duplicate-key",
        "structure",
        "error",
        N_("The key `%(key)s` stands here for the second time; first on line %(first)s."),
        N_("Only one of the two could count, and nobody sees which."),
        N_("Remove one of them."),
    ),
    Rule(
        "structure-unknown-key",
        "structure",
        "error",
        N_("There is no key `%(key)s`.%(suggestion)s"),
        N_("A mistyped key would do nothing, silently."),
        N_("Use one of: %(known)s."),
    ),
    Rule(
        "structure-foreign-key",
        "structure",
        "warning",
        N_("The key `%(key)s` belongs to another tool and does nothing here.%(suggestion)s"),
        N_("Folders that other tools read too may keep their keys; the lesson is published."),
        N_("Remove the key if no other tool needs it."),
    ),
    Rule(
        "structure-wrong-type",
        "structure",
        "error",
        N_("`%(key)s` has to be %(expected)s."),
        N_("A value of another kind would be dropped, silently."),
        N_("Write for example: `%(example)s`"),
        "%(example)s",
    ),
)
