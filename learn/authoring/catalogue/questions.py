"""QUESTIONS: what makes a question one that can be asked."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "question-no-right-choice",
        "questions",
        "error",
        gettext_noop("No choice of this question is marked as right."),
        gettext_noop("Every answer would be wrong."),
        gettext_noop("Put an x between the brackets of each right choice."),
        "- [x] ",
    ),
    Rule(
        "question-one-choice",
        "questions",
        "error",
        gettext_noop("This question has only one choice."),
        gettext_noop("With nothing to choose from, nothing is learnt."),
        gettext_noop("Add choices that somebody could take for right."),
        "- [ ] ",
    ),
    Rule(
        "question-no-choices",
        "questions",
        "error",
        gettext_noop("This question has nothing to answer it with."),
        gettext_noop("Each heading one level below a quiz is a question and needs its choices."),
        gettext_noop(
            "Write the choices as a task list, or another kind of answer; or move this heading out"
            " of the quiz."
        ),
        "- [x] right choice\n- [ ] wrong choice\n  > Why it is wrong.",
    ),
    Rule(
        "question-empty-choice",
        "questions",
        "error",
        gettext_noop("This choice has no text."),
        gettext_noop("Nobody can choose what says nothing."),
        gettext_noop("Write the choice after the brackets, or remove the line."),
        gettext_noop("- [ ] a mistake that people make\n  > Why it is wrong."),
    ),
    Rule(
        "question-repeated-choice",
        "questions",
        "error",
        gettext_noop("This choice says the same as the one on line %(first)s."),
        gettext_noop("Two equal choices cannot be told apart, so one of them is marked unfairly."),
        gettext_noop("Change one of them, or remove it."),
        gettext_noop("- [ ] another mistake\n  > Why it is wrong."),
    ),
    Rule(
        "question-choice-without-box",
        "questions",
        "error",
        gettext_noop("This line of the list of choices has no brackets."),
        gettext_noop("It cannot be told whether it is right, so it was taken for a wrong choice."),
        gettext_noop("Write `- [ ]` before a wrong choice, `- [x]` before a right one."),
        "- [ ] %(text)s",
    ),
    Rule(
        "question-glued-box",
        "questions",
        "error",
        gettext_noop("There is no space between the list's mark and the brackets."),
        gettext_noop("This is ordinary text and no choice."),
        gettext_noop("Write a space after the dash."),
        "%(stub)s",
    ),
    Rule(
        "question-odd-box",
        "questions",
        "warning",
        gettext_noop("Code hosts do not show `%(box)s` as a box."),
        gettext_noop("It was read as a choice, but elsewhere it is shown as ordinary text."),
        gettext_noop("Write `[ ]` or `[x]`, then a space."),
        "- [%(mark)s] ",
    ),
    Rule(
        "question-empty-stem",
        "questions",
        "error",
        gettext_noop("This question asks nothing."),
        gettext_noop("The heading is the question; it must say what is asked."),
        gettext_noop("Write the question after the `#` marks."),
        gettext_noop("### Which …? {#id}"),
    ),
    Rule(
        "question-duplicate-id",
        "questions",
        "error",
        gettext_noop("The question id `%(key)s` stands in %(file)s on line %(first)s already."),
        gettext_noop(
            "Answers, schedules and statistics hang on the id; two questions would share them."
        ),
        gettext_noop("Give this question an id of its own."),
        "{#%(wanted)s}",
    ),
    Rule(
        "question-without-id",
        "questions",
        "warning",
        gettext_noop("This question has no id."),
        gettext_noop(
            "Answers and statistics hang on an id made from the wording, and are lost when the"
            " question is reworded."
        ),
        gettext_noop(
            "Write an id at the end of the heading; it stays when the wording changes. A `<quiz>`"
            " tag has no place for one: make it a heading with the class `.question`."
        ),
        "{#%(key)s}",
    ),
    Rule(
        "question-unfinished",
        "questions",
        "warning",
        gettext_noop("`%(text)s` was put here to be replaced."),
        gettext_noop("Learners would read it as part of the question."),
        gettext_noop("Write your own words in its place, or remove what you do not need."),
        "%(stub)s",
    ),
    Rule(
        "question-kind-not-asked",
        "questions",
        "warning",
        gettext_noop("It cannot be told what kind of question this is; it is left out."),
        gettext_noop(
            "The shape of the body says how it is answered. The rest of the lesson is published."
        ),
        gettext_noop(
            "Write a task list, a numbered list, a table of two columns (a third may be `Why`) or a"
            " text with `[[gaps]]`; `.sort` needs a table, `.typed` and `.number` need a task list."
        ),
        gettext_noop("- [x] right choice\n- [ ] wrong choice\n  > Why it is wrong."),
    ),
    Rule(
        "question-text-after-choices",
        "questions",
        "warning",
        gettext_noop(
            "This text stands between the choices or after what is answered; it is shown with the"
            " explanation."
        ),
        gettext_noop("Before the answer it could give the answer away."),
        gettext_noop(
            "Make it a quote if it explains; set it in below a choice if it belongs to that; move"
            " it above the answers if it belongs to the question."
        ),
        "> %(text)s",
    ),
    Rule(
        "question-empty-quiz",
        "questions",
        "error",
        gettext_noop("This quiz has no question."),
        gettext_noop("Learners would be sent to a check that asks nothing."),
        gettext_noop("Write each question as a heading one level below the quiz."),
        "%(marks)s Which …? {#id}\n\n- [x] right choice\n- [ ] wrong choice\n  > Why it is wrong.",
    ),
    Rule(
        "question-second-quiz",
        "questions",
        "warning",
        gettext_noop(
            "A second quiz begins here; its questions are asked in the one of line %(first)s."
        ),
        gettext_noop(
            "A lesson has one knowledge check, with the title, `pass`, `pick`, `feedback` and"
            " `certainty` of the first quiz. Those of a second one do nothing."
        ),
        gettext_noop(
            "Move the questions below the first quiz and remove this heading, or move them into a"
            " lesson of their own."
        ),
        "# %(title)s\n\n## Knowledge check",
    ),
    Rule(
        "question-not-asked",
        "questions",
        "error",
        gettext_noop("This looks like a question, and nothing asks it."),
        gettext_noop("Learners would read it as text: which choice is right, and why."),
        gettext_noop(
            "Put it below a heading `## Knowledge check`, or write `{.question}` behind its own. "
            "Begin each choice at the line's start, with a space after the dash."
        ),
        "## Knowledge check",
    ),
    Rule(
        "question-open-tag",
        "questions",
        "error",
        gettext_noop("The `<quiz>` that begins here is never closed."),
        gettext_noop("Where the question ends cannot be told."),
        gettext_noop("Close it after the last line of the question."),
        "</quiz>",
    ),
    Rule(
        "question-in-course-file",
        "questions",
        "error",
        gettext_noop("Questions in course.md are not asked."),
        gettext_noop(
            "The course's introduction is shown before the first lesson; nothing is asked there."
        ),
        gettext_noop("Move the question into a lesson."),
        gettext_noop("## Knowledge check\n\n### Which …? {#id}"),
    ),
    Rule(
        "question-misspelt-class",
        "questions",
        "error",
        gettext_noop("There is no class `.%(name)s`; did you mean `.%(wanted)s`?"),
        gettext_noop(
            "Under a misspelt class a quiz is printed with its answers instead of being asked."
        ),
        gettext_noop("Write `.%(wanted)s`."),
        ".%(wanted)s",
    ),
    Rule(
        "question-unknown-option",
        "questions",
        "error",
        gettext_noop("There is no option `%(name)s`.%(suggestion)s"),
        gettext_noop("A mistyped option would do nothing, silently."),
        gettext_noop("Use one of: %(known)s."),
        "%(meant)s",
    ),
    Rule(
        "question-bad-value",
        "questions",
        "error",
        gettext_noop(
            "`%(name)s=%(value)s` cannot be: `%(name)s` has to be %(expected)s.%(suggestion)s"
        ),
        gettext_noop("A value of another kind would be dropped, silently."),
        gettext_noop("Write for example `%(name)s=%(example)s`."),
        "%(name)s=%(example)s",
    ),
    Rule(
        "question-pass-out-of-range",
        "questions",
        "error",
        gettext_noop("`pass=%(value)s` is no percentage from 0 to 100."),
        gettext_noop("Nobody could pass, or nobody could fail."),
        gettext_noop("Write for example `pass=75`, without a percent sign."),
        "pass=75",
    ),
    Rule(
        "question-pick-too-many",
        "questions",
        "warning",
        gettext_noop("`pick=%(value)s` draws from only %(count)s questions."),
        gettext_noop("All of them will be asked each time."),
        gettext_noop("Write more questions, or a smaller number."),
        "pick=%(count)s",
    ),
)
