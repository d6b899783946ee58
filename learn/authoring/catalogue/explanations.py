"""EXPLANATIONS: what a learner reads after an answer."""

from learn.authoring.catalogue.rule import N_, Rule

RULES = (
    Rule(
        "explanation-missing",
        "explanations",
        "warning",
        N_("This wrong choice has no explanation."),
        N_("Whoever chose it is told that it is wrong, and not why."),
        N_("Write below the choice why somebody might choose it and what is true instead."),
        "  > ",
    ),
    Rule(
        "explanation-same",
        "explanations",
        "warning",
        N_("Every wrong choice of this question has the same explanation."),
        N_("People choose differently for different reasons; each error deserves its own answer."),
        N_(
            "Say under each choice what is wrong with it; put what holds for all below the choices."
        ),
        N_("  > Somebody takes this for right because …; in truth …"),
    ),
    Rule(
        "explanation-only-verdict",
        "explanations",
        "warning",
        N_("This explanation says only that the choice is %(verdict)s."),
        N_("The page says so already. What helps is the reason."),
        N_("Say why, and what is true instead."),
        N_("  > Somebody takes this for right because …; in truth …"),
    ),
    Rule(
        "explanation-repeats-choice",
        "explanations",
        "warning",
        N_("This explanation only repeats the choice."),
        N_("The learner has just read the choice. What helps is the reason."),
        N_("Say why it is wrong, and what is true instead."),
        N_("  > Somebody takes this for right because …; in truth …"),
    ),
    Rule(
        "explanation-detached",
        "explanations",
        "warning",
        N_("A blank line stands between this explanation and its choice."),
        N_("It was taken for the explanation of the choice above, which may not be what you mean."),
        N_("Put it right below its choice, set in by two spaces."),
        "  > …",
    ),
)
