"""QUESTIONS: what makes a question one that can be asked."""

from learn.authoring.catalogue.rule import N_, Rule

RULES = (
    Rule(
        "question-no-right-choice",
        "questions",
        "error",
        N_("No choice of this question is marked as right."),
        N_("Every answer would be wrong."),
        N_("Put an x between the brackets of each right choice."),
        "- [x] ",
    ),
    Rule(
        "question-one-choice",
        "questions",
        "error",
        N_("This question has only one choice."),
        N_("With nothing to choose from, nothing is learnt."),
        N_("Add choices that somebody could take for right."),
        "- [ ] ",
    ),
    Rule(
        "question-no-choices",
        "questions",
        "error",
        N_("This question has nothing to answer it with."),
        N_("Each heading one level below a quiz is a question and needs its choices."),
        N_(
            "Write the choices as a task list, or another kind of answer; or move this heading out"
            " of the quiz."
        ),
        "- [x] right choice\n- [ ] wrong choice\n  > Why it is wrong.",
    ),
    Rule(
        "question-empty-choice",
        "questions",
        "error",
        N_("This choice has no text."),
        N_("Nobody can choose what says nothing."),
        N_("Write the choice after the brackets, or remove the line."),
        N_("- [ ] a mistake that people make\n  > Why it is wrong."),
    ),
    Rule(
        "question-repeated-choice",
        "questions",
        "error",
        N_("This choice says the same as the one on line %(first)s."),
        N_("Two equal choices cannot be told apart, so one of them is marked unfairly."),
        N_("Change one of them, or remove it."),
        N_("- [ ] another mistake\n  > Why it is wrong."),
    ),
    Rule(
        "question-choice-without-box",
        "questions",
        "error",
        N_("This line of the list of choices has no brackets."),
        N_("It cannot be told whether it is right, so it was taken for a wrong choice."),
        N_("Write `- [ ]` before a wrong choice, `- [x]` before a right one."),
        "- [ ] %(text)s",
    ),
    Rule(
        "question-glued-box",
        "questions",
        "error",
        N_("There is no space between the list's mark and the brackets."),
        N_("This is ordinary text and no choice."),
        N_("Write a space after the dash."),
        "%(stub)s",
    ),
    Rule(
        "question-odd-box",
        "questions",
        "warning",
        N_("Code hosts do not show `%(box)s` as a box."),
        N_("It was read as a choice, but elsewhere it is shown as ordinary text."),
        N_("Write `[ ]` or `[x]`, then a space."),
        "- [%(mark)s] ",
    ),
    Rule(
        "question-empty-stem",
        "questions",
        "error",
        N_("This question asks nothing."),
        N_("The heading is the question; it must say what is asked."),
        N_("Write the question after the `#` marks."),
        N_("### Which …? {#id}"),
    ),
    Rule(
        "question-duplicate-id",
        "questions",
        "error",
        N_("The question id `%(key)s` stands in %(file)s on line %(first)s already."),
        N_("Answers, schedules and statistics hang on the id; two questions would share them."),
        N_("Give this question an id of its own."),
        "{#%(wanted)s}",
    ),
    Rule(
        "question-without-id",
        "questions",
        "warning",
        N_("This question has no id."),
        N_(
            "Answers and statistics hang on an id made from the wording, and are lost when the"
            " question is reworded."
        ),
        N_(
            "Write an id at the end of the heading; it stays when the wording changes. A `<quiz>`"
            " tag has no place for one: make it a heading with the class `.question`."
        ),
        "{#%(key)s}",
    ),
    Rule(
        "question-unfinished",
        "questions",
        "warning",
        N_("`%(text)s` was put here to be replaced."),
        N_("Learners would read it as part of the question."),
        N_("Write your own words in its place, or remove what you do not need."),
        "%(stub)s",
    ),
    Rule(
        "question-kind-not-asked",
        "questions",
        "warning",
        N_("It cannot be told what kind of question this is; it is left out."),
        N_("The shape of the body says how it is answered. The rest of the lesson is published."),
        N_(
            "Write a task list, a numbered list, a table of two columns (a third may be `Why`) or a"
            " text with `[[gaps]]`; `.sort` needs a table, `.typed` and `.number` need a task list."
        ),
        N_("- [x] right choice\n- [ ] wrong choice\n  > Why it is wrong."),
    ),
    Rule(
        "question-text-after-choices",
        "questions",
        "warning",
        N_("This text stands after what is answered; it is shown with the explanation."),
        N_("Before the answer it could give the answer away."),
        N_(
            "Make it a quote if it explains; move it above the answers if it belongs to the"
            " question."
        ),
        "> %(text)s",
    ),
    Rule(
        "question-empty-quiz",
        "questions",
        "error",
        N_("This quiz has no question."),
        N_("Learners would be sent to a check that asks nothing."),
        N_("Write each question as a heading one level below the quiz."),
        "%(marks)s Which …? {#id}\n\n- [x] right choice\n- [ ] wrong choice\n  > Why it is wrong.",
    ),
    Rule(
        "question-open-tag",
        "questions",
        "error",
        N_("The `<quiz>` that begins here is never closed."),
        N_("Where the question ends cannot be told."),
        N_("Close it after the last line of the question."),
        "</quiz>",
    ),
    Rule(
        "question-in-course-file",
        "questions",
        "error",
        N_("Questions in course.md are not asked."),
        N_("The course's introduction is shown before the first lesson; nothing is asked there."),
        N_("Move the question into a lesson."),
        N_("## Knowledge check\n\n### Which …? {#id}"),
    ),
    Rule(
        "question-misspelt-class",
        "questions",
        "error",
        N_("There is no class `.%(name)s`; did you mean `.%(wanted)s`?"),
        N_("Under a misspelt class a quiz is printed with its answers instead of being asked."),
        N_("Write `.%(wanted)s`."),
        ".%(wanted)s",
    ),
    Rule(
        "question-unknown-option",
        "questions",
        "error",
        N_("There is no option `%(name)s`.%(suggestion)s"),
        N_("A mistyped option would do nothing, silently."),
        N_("Use one of: %(known)s."),
        "%(meant)s",
    ),
    Rule(
        "question-bad-value",
        "questions",
        "error",
        N_("`%(name)s=%(value)s` cannot be: `%(name)s` has to be %(expected)s.%(suggestion)s"),
        N_("A value of another kind would be dropped, silently."),
        N_("Write for example `%(name)s=%(example)s`."),
        "%(name)s=%(example)s",
    ),
    Rule(
        "question-pass-out-of-range",
        "questions",
        "error",
        N_("`pass=%(value)s` is no percentage from 0 to 100."),
        N_("Nobody could pass, or nobody could fail."),
        N_("Write for example `pass=75`, without a percent sign."),
        "pass=75",
    ),
    Rule(
        "question-pick-too-many",
        "questions",
        "warning",
        N_("`pick=%(value)s` draws from only %(count)s questions."),
        N_("All of them will be asked each time."),
        N_("Write more questions, or a smaller number."),
        "pick=%(count)s",
    ),
)
