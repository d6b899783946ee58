"""STRUCTURE, second part: front matter."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "structure-late-front-matter",
        "structure",
        "warning",
        gettext_noop("The front matter does not begin on the first line."),
        gettext_noop(
            "Only the first lines of a file are front matter; these would be printed as text."
        ),
        gettext_noop("Move what stands above these lines to below them."),
        "---\n%(key)s: …\n---",
    ),
    Rule(
        "structure-front-matter-open",
        "structure",
        "error",
        gettext_noop("The front matter that begins here is never closed."),
        gettext_noop("Without the closing line the whole lesson would count as front matter."),
        gettext_noop("Put a line of three dashes after the last key."),
        "---",
    ),
    Rule(
        "structure-front-matter-invalid",
        "structure",
        "error",
        gettext_noop("The front matter cannot be read: %(reason)s."),
        gettext_noop(
            "A guess at what was meant could publish a lesson under a wrong title or too early."
        ),
        gettext_noop("Write each line as `key: value`; put a value that holds a colon in quotes."),
        '---\ntitle: "Queues: how jobs wait"\n---',
    ),
    Rule(
        "structure-front-matter-shape",
        "structure",
        "error",
        gettext_noop("The front matter is no list of keys and values."),
        gettext_noop(
            "What stands between two lines of dashes at the top of a file is read as settings."
        ),
        gettext_noop(
            "Write `key: value` lines, or remove the dashes if this is text of the lesson."
        ),
        "---\ntitle: …\n---",
    ),
    Rule(
        "structure-front-matter-too-large",
        "structure",
        "error",
        gettext_noop("The front matter has %(size)s KiB; %(limit)s KiB is the most."),
        gettext_noop(
            "Front matter holds a few facts about the lesson; the lesson itself comes below it."
        ),
        gettext_noop("Move text into the lesson."),
        "---\ntitle: …\nsummary: …\n---",
    ),
    Rule(
        "structure-front-matter-too-deep",
        "structure",
        "error",
        gettext_noop("The front matter is nested more than %(limit)s levels deep."),
        gettext_noop("No key needs that, and a file made to do harm looks like this."),
        gettext_noop("Remove the brackets that are not needed."),
        "tags: [one, two]",
    ),
    Rule(
        "structure-front-matter-feature",
        "structure",
        "error",
        gettext_noop("The front matter uses %(feature)s."),
        gettext_noop(
            "Anchors, aliases, merge keys and tags make front matter hard to read, and a few lines"
            " of them can occupy a server for seconds."
        ),
        gettext_noop("Write the value out, in quotes if it begins with `&`, `*` or `!`."),
        'title: "&, * and ! in quotes"',
    ),
    Rule(
        "structure-duplicate-key",
        "structure",
        "error",
        gettext_noop("The key `%(key)s` stands here for the second time; first on line %(first)s."),
        gettext_noop("Only one of the two could count, and nobody sees which."),
        gettext_noop("Remove one of them."),
        "# %(key)s: …",
    ),
    Rule(
        "structure-unknown-key",
        "structure",
        "error",
        gettext_noop("There is no key `%(key)s`.%(suggestion)s"),
        gettext_noop("A mistyped key would do nothing, silently."),
        gettext_noop("Use one of: %(known)s."),
        "%(meant)s: …",
    ),
    Rule(
        "structure-foreign-key",
        "structure",
        "warning",
        gettext_noop(
            "The key `%(key)s` belongs to another tool and does nothing here.%(suggestion)s"
        ),
        gettext_noop(
            "Folders that other tools read too may keep their keys; the lesson is published."
        ),
        gettext_noop("Remove the key if no other tool needs it."),
        "%(meant)s: …",
    ),
    Rule(
        "structure-wrong-type",
        "structure",
        "error",
        gettext_noop("`%(key)s` has to be %(expected)s."),
        gettext_noop("A value of another kind would be dropped, silently."),
        gettext_noop("Write for example: `%(example)s`"),
        "%(example)s",
    ),
)
