"""EVIDENCE: what the answers of learners say of a question."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "evidence-stronger-do-worse",
        "evidence",
        "warning",
        gettext_noop(
            "Learners who know the rest get this one wrong more often (%(answers)s first answers)."
            " Is the right choice marked?"
        ),
        gettext_noop(
            "That is how a wrong key, or a question read in two ways, looks from outside."
        ),
        gettext_noop("Check the key first, then whether another choice can be defended."),
        "- [x] %(choice)s",
    ),
    Rule(
        "evidence-unpicked-choice",
        "evidence",
        "warning",
        gettext_noop("Nobody ever picked this choice, in %(answers)s first answers."),
        gettext_noop("A choice that fools nobody makes the question longer and guessing easier."),
        gettext_noop("Put a mistake there that people really make, or leave the choice out."),
        gettext_noop("- [ ] a mistake that people really make"),
    ),
    Rule(
        "evidence-nearly-all-right",
        "evidence",
        "warning",
        gettext_noop(
            "Of %(answers)s learners %(percent)s %% were right at first: it asks what all know."
        ),
        gettext_noop("Time spent on what everybody knows is missing elsewhere."),
        gettext_noop("Ask for the reason or the consequence, or leave it as a warm-up on purpose."),
        gettext_noop("### Why does … ?"),
    ),
    Rule(
        "evidence-nearly-all-wrong",
        "evidence",
        "warning",
        gettext_noop("Of %(answers)s learners only %(percent)s %% were right at first."),
        gettext_noop(
            "Either the key is wrong, the question misleads, or the lesson does not teach it."
        ),
        gettext_noop(
            "Read the choice that most picked, then mend the key, the question or the lesson."
        ),
        gettext_noop("> Told in the lesson under …"),
    ),
)
