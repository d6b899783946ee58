"""FACTS: what may be out of date, contradicts itself or comes from nowhere."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "fact-stale",
        "facts",
        "warning",
        gettext_noop(
            "This was checked in %(checked)s, %(age)s months ago; in this course facts stay fresh"
            " for %(months)s."
        ),
        gettext_noop("Limits and prices change, and learners see when a fact was checked."),
        gettext_noop("Look it up again, then write the month in which you did."),
        "%(stub)s",
    ),
    Rule(
        "fact-checked-in-future",
        "facts",
        "warning",
        gettext_noop("%(checked)s is still to come: nothing can have been checked then."),
        gettext_noop("A mistyped year would keep the fact from ever being called stale."),
        gettext_noop("Write the month in which it was checked."),
        "%(stub)s",
    ),
    Rule(
        "fact-contradiction",
        "facts",
        "warning",
        gettext_noop(
            "%(aspect)s of %(thing)s: here '%(value)s', but '%(other)s' in %(place)s. One of them"
            " is wrong."
        ),
        gettext_noop("Who learns from the one place is marked wrong by the other."),
        gettext_noop(
            "Look up which is true and correct the other; if both are, say in which case each is."
        ),
        "%(value)s in this case, %(other)s in that case",
    ),
    Rule(
        "fact-figure-without-source",
        "facts",
        "warning",
        gettext_noop("Nothing in this lesson says '%(figure)s'."),
        gettext_noop("A figure that learners could not have read tests what they knew before."),
        gettext_noop("Say it in the lesson, link to the lesson that says it, or name the source."),
        "{source=https://}",
    ),
)
