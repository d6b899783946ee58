"""CRAFT: what gives an answer away, after Haladyna, Downing and Rodriguez (2002)."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "craft-longest-right",
        "craft",
        "warning",
        gettext_noop(
            "The right choice is clearly the longest: %(signs)s signs, the others up to %(others)s."
        ),
        gettext_noop(
            "Who knows nothing of the subject takes the longest choice, and is right too often."
        ),
        gettext_noop(
            "Shorten it and move what explains it into the quote below, or write longer others."
        ),
        "- [x] the answer, as short as the others\n  > What made it long.",
    ),
    Rule(
        "craft-right-first",
        "craft",
        "warning",
        gettext_noop(
            "The right choice stands first in %(count)s of the %(of)s questions of %(where)s that"
            " keep the order of their choices."
        ),
        gettext_noop("Who has noticed that takes the first choice without reading the others."),
        gettext_noop("Remove `shuffle=off` where the order says nothing, or move right choices."),
        "{shuffle=on}",
    ),
    Rule(
        "craft-all-of-the-above",
        "craft",
        "warning",
        gettext_noop("'%(text)s' is a choice about the other choices."),
        gettext_noop(
            "Two choices known to be right give it away, and one known to be wrong rules it out."
        ),
        gettext_noop(
            "Mark every right choice with an x: that makes the question 'choose all that apply'."
        ),
        "- [x] first right choice\n- [x] second right choice",
    ),
    Rule(
        "craft-none-of-the-above",
        "craft",
        "warning",
        gettext_noop("'%(text)s' is a choice about the other choices."),
        gettext_noop(
            "Who chooses it rightly has shown what is wrong, and not that they know what is true."
        ),
        gettext_noop("Write a choice that somebody could take for right in its place."),
        "- [ ] a mistake that people make\n  > Why it is wrong.",
    ),
    Rule(
        "craft-negative-stem",
        "craft",
        "warning",
        gettext_noop(
            "This question asks for what is **not** so, and '%(word)s' is easy to overlook."
        ),
        gettext_noop(
            "Who misses the word answers another question, and learns nothing from being wrong."
        ),
        gettext_noop("Ask for what is true; or set the word in bold."),
        "%(stem)s",
    ),
    Rule(
        "craft-absolute-words",
        "craft",
        "warning",
        gettext_noop("Only wrong choices of this question use absolute words: %(words)s."),
        gettext_noop("Such words are seldom true, so they rule choices out without any knowledge."),
        gettext_noop(
            "Write what people really believe, or use such words in the right choice as well."
        ),
        "- [ ] the same belief without '%(word)s'",
    ),
    Rule(
        "craft-repeats-stem",
        "craft",
        "warning",
        gettext_noop("Only the right choice repeats words of the question: %(words)s."),
        gettext_noop("The echo gives the answer away to somebody who has not read the lesson."),
        gettext_noop("Say it in other words, or let a wrong choice use the same ones."),
        "- [x] the answer in other words",
    ),
    Rule(
        "craft-many-choices",
        "craft",
        "warning",
        gettext_noop(
            "This question has %(count)s choices; more than %(most)s are read rather than weighed."
        ),
        gettext_noop("Two wrong choices that tempt teach more than five that nobody takes."),
        gettext_noop("Keep the mistakes that people really make, and remove the rest."),
        "- [x] right choice\n- [ ] a mistake that people make\n- [ ] another one",
    ),
    Rule(
        "craft-few-choices",
        "craft",
        "warning",
        gettext_noop("This question has only %(count)s choices."),
        gettext_noop("Half of all guesses are right, so a right answer says little."),
        gettext_noop("Add a mistake that people really make."),
        "- [ ] a mistake that people make\n  > Why it is wrong.",
    ),
    Rule(
        "craft-many-in-a-row",
        "craft",
        "warning",
        gettext_noop("'%(title)s' asks %(count)s questions in a row; more than %(most)s tire."),
        gettext_noop(
            "Two or three questions after each section teach more than a long row at the end."
        ),
        gettext_noop("Draw some of them with `pick`, or ask some between the paragraphs."),
        "{.quiz pick=5}",
    ),
    Rule(
        "craft-lesson-without-check",
        "craft",
        "warning",
        gettext_noop("This lesson asks nothing, although other lessons of the course do."),
        gettext_noop(
            "Recalling what was read is what makes it stay; reading it again does little."
        ),
        gettext_noop("Add two or three questions about what matters most in it."),
        "## Knowledge check\n\n### Which …? {#id}\n\n- [x] right choice\n- [ ] wrong choice\n"
        "  > Why it is wrong.",
    ),
)
