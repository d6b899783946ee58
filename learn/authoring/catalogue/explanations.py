"""EXPLANATIONS: what a learner reads after an answer."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "explanation-missing",
        "explanations",
        "warning",
        gettext_noop("This wrong choice has no explanation."),
        gettext_noop("Whoever chose it is told that it is wrong, and not why."),
        gettext_noop(
            "Write below the choice why somebody might choose it and what is true instead."
        ),
        "  > ",
    ),
    Rule(
        "explanation-same",
        "explanations",
        "warning",
        gettext_noop("Every wrong choice of this question has the same explanation."),
        gettext_noop(
            "People choose differently for different reasons; each error deserves its own answer."
        ),
        gettext_noop(
            "Say under each choice what is wrong with it; put what holds for all below the choices."
        ),
        gettext_noop("  > Somebody takes this for right because …; in truth …"),
    ),
    Rule(
        "explanation-only-verdict",
        "explanations",
        "warning",
        gettext_noop("This explanation says only that the choice is %(verdict)s."),
        gettext_noop("The page says so already. What helps is the reason."),
        gettext_noop("Say why, and what is true instead."),
        gettext_noop("  > Somebody takes this for right because …; in truth …"),
    ),
    Rule(
        "explanation-repeats-choice",
        "explanations",
        "warning",
        gettext_noop("This explanation only repeats the choice."),
        gettext_noop("The learner has just read the choice. What helps is the reason."),
        gettext_noop("Say why it is wrong, and what is true instead."),
        gettext_noop("  > Somebody takes this for right because …; in truth …"),
    ),
    Rule(
        "explanation-detached",
        "explanations",
        "warning",
        gettext_noop("A blank line stands between this explanation and its choice."),
        gettext_noop(
            "It was taken for the explanation of the choice above, which may not be what you mean."
        ),
        gettext_noop("Put it right below its choice, set in by two spaces."),
        "  > …",
    ),
)
