"""EVIDENCE: what the answers of learners say of a question."""

from learn.authoring.catalogue.rule import N_, Rule

RULES = (
    Rule(
        "evidence-stronger-do-worse",
        "evidence",
        "warning",
        N_(
            "Learners who know the rest get this one wrong more often (%(answers)s first answers)."
            " Is the right choice marked?"
        ),
        N_("That is how a wrong key, or a question read in two ways, looks from outside."),
        N_("Check the key first, then whether another choice can be defended."),
        "- [x] %(choice)s",
    ),
    Rule(
        "evidence-unpicked-choice",
        "evidence",
        "warning",
        N_("Nobody ever picked this choice, in %(answers)s first answers."),
        N_("A choice that fools nobody makes the question longer and guessing easier."),
        N_("Put a mistake there that people really make, or leave the choice out."),
        N_("- [ ] a mistake that people really make"),
    ),
    Rule(
        "evidence-nearly-all-right",
        "evidence",
        "warning",
        N_("Of %(answers)s learners %(percent)s %% were right at first: it asks what all know."),
        N_("Time spent on what everybody knows is missing elsewhere."),
        N_("Ask for the reason or the consequence, or leave it as a warm-up on purpose."),
        N_("### Why does … ?"),
    ),
    Rule(
        "evidence-nearly-all-wrong",
        "evidence",
        "warning",
        N_("Of %(answers)s learners only %(percent)s %% were right at first."),
        N_("Either the key is wrong, the question misleads, or the lesson does not teach it."),
        N_("Read the choice that most picked, then mend the key, the question or the lesson."),
        N_("> Told in the lesson under …"),
    ),
)
