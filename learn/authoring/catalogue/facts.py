"""FACTS: what may be out of date, contradicts itself or comes from nowhere."""

from learn.authoring.catalogue.rule import N_, Rule

RULES = (
    Rule(
        "fact-stale",
        "facts",
        "warning",
        N_(
            "This was checked in %(checked)s, %(age)s months ago; in this course facts stay fresh"
            " for %(months)s."
        ),
        N_("Limits and prices change, and learners see when a fact was checked."),
        N_("Look it up again, then write the month in which you did."),
        "%(stub)s",
    ),
    Rule(
        "fact-checked-in-future",
        "facts",
        "warning",
        N_("%(checked)s is still to come: nothing can have been checked then."),
        N_("A mistyped year would keep the fact from ever being called stale."),
        N_("Write the month in which it was checked."),
        "%(stub)s",
    ),
    Rule(
        "fact-contradiction",
        "facts",
        "warning",
        N_(
            "%(aspect)s of %(thing)s: here '%(value)s', but '%(other)s' in %(place)s. One of them"
            " is wrong."
        ),
        N_("Who learns from the one place is marked wrong by the other."),
        N_("Look up which is true and correct the other; if both are, say in which case each is."),
        "%(value)s in this case, %(other)s in that case",
    ),
    Rule(
        "fact-figure-without-source",
        "facts",
        "warning",
        N_("Nothing in this lesson says '%(figure)s'."),
        N_("A figure that learners could not have read tests what they knew before."),
        N_("Say it in the lesson, link to the lesson that says it, or name the source."),
        "{source=https://}",
    ),
)
