"""STRUCTURE, first part: files, their names and their characters."""

from learn.authoring.catalogue.rule import N_, Rule

RULES = (
    Rule(
        "structure-not-utf8",
        "structure",
        "error",
        N_("This file is not UTF-8 text."),
        N_(
            "Other encodings cannot be told apart reliably, and a wrong guess garbles every accent."
        ),
        N_("Save the file as UTF-8 in your editor."),
        "iconv -f WINDOWS-1252 -t UTF-8 lesson.md > lesson-utf8.md",
    ),
    Rule(
        "structure-too-large",
        "structure",
        "error",
        N_("This file has %(size)s KiB; a lesson may have %(limit)s KiB."),
        N_("A lesson of that size cannot be read in one sitting and is slow to show."),
        N_("Split it into several lessons."),
        N_("# The next part\n\nWhat this part is about, in a sentence."),
    ),
    Rule(
        "structure-symbolic-link",
        "structure",
        "error",
        N_("This is a symbolic link to a place that is not read: %(target)s"),
        N_(
            "A link to a folder, or out of the content folder, could publish what was never meant"
            " to be."
        ),
        N_("Put the file itself into the course."),
        "cp --remove-destination %(target)s .",
    ),
    Rule(
        "structure-unreadable",
        "structure",
        "error",
        N_("This file cannot be read: %(reason)s"),
        N_("The server needs permission to read each file of a course."),
        N_("Give the server permission to read it, or move it out of the content folder."),
        "chmod u=rw,go=r lesson.md",
    ),
    Rule(
        "structure-broken-character",
        "structure",
        "error",
        N_("The character %(character)s cannot stand in text."),
        N_("Databases and browsers refuse it, so the lesson could not be stored as you wrote it."),
        N_("Delete the character; it is often left behind by a copy from another program."),
        "tr -d '\\000' < lesson.md > lesson-clean.md",
    ),
    Rule(
        "structure-empty-file",
        "structure",
        "error",
        N_("This lesson has no text."),
        N_("Learners would open an empty page."),
        N_("Write the lesson, or delete the file."),
        N_("# %(title)s\n\nWhat this lesson is about, in a sentence."),
    ),
    Rule(
        "structure-same-address",
        "structure",
        "warning",
        N_("This file and %(other)s have the same address '%(slug)s'."),
        N_(
            "The number before a name orders the lessons and is not part of the address. The second"
            " file gets '-2', and which is second changes when files are renumbered."
        ),
        N_("Give one of the files another name after the number."),
        "%(slug)s-2.md",
    ),
    Rule(
        "structure-reserved-name",
        "structure",
        "error",
        N_("A lesson cannot have the address '%(slug)s', which the site itself uses."),
        N_("The lesson would hide a page of the site, or be hidden by it."),
        N_("Give the file another name, such as '%(slug)s-lesson.md'."),
        "%(slug)s-lesson.md",
    ),
    Rule(
        "structure-odd-name",
        "structure",
        "warning",
        N_("The file's name begins with '%(character)s', so its address is made up: '%(slug)s'."),
        N_("Names that begin with a letter or a number give addresses that people can read."),
        N_("Begin the name with a letter or a number."),
        "01-%(slug)s.md",
    ),
    Rule(
        "structure-missing-requirement",
        "structure",
        "error",
        N_("`requires` names '%(path)s', which is not a lesson of this course.%(suggestion)s"),
        N_("Learners could not be told what to read first."),
        N_("Write the file name of a lesson of this course."),
        "requires: [%(meant)s]",
    ),
    Rule(
        "structure-keys-not-read",
        "structure",
        "warning",
        N_("`keys: private` is not read yet: answers are taken from the lessons."),
        N_("A lesson without marks in it has no right answers and is held back."),
        N_("Keep the marks in the lessons, or do not publish this course yet."),
        "keys: public",
    ),
)
