"""STRUCTURE, first part: files, their names and their characters."""

from learn.authoring.catalogue.rule import Rule, gettext_noop

RULES = (
    Rule(
        "structure-not-utf8",
        "structure",
        "error",
        gettext_noop("This file is not UTF-8 text."),
        gettext_noop(
            "Other encodings cannot be told apart reliably, and a wrong guess garbles every accent."
        ),
        gettext_noop("Save the file as UTF-8 in your editor."),
        "iconv -f %(encoding)s -t UTF-8 lesson.md > lesson-utf8.md",
    ),
    Rule(
        "structure-too-large",
        "structure",
        "error",
        gettext_noop("This file has %(size)s KiB; a lesson may have %(limit)s KiB."),
        gettext_noop("A lesson of that size cannot be read in one sitting and is slow to show."),
        gettext_noop("Split it into several lessons."),
        gettext_noop("# The next part\n\nWhat this part is about, in a sentence."),
    ),
    Rule(
        "structure-symbolic-link",
        "structure",
        "error",
        gettext_noop("This is a symbolic link to a place that is not read: %(target)s"),
        gettext_noop(
            "A link to a folder, or out of the content folder, could publish what was never meant"
            " to be."
        ),
        gettext_noop("Put the file itself into the course."),
        "cp --remove-destination %(target)s .",
    ),
    Rule(
        "structure-link-to-nothing",
        "structure",
        "error",
        gettext_noop("This symbolic link leads to no file: %(target)s"),
        gettext_noop(
            "A link to a file that is gone, to itself or to a folder that it is in holds nothing"
            " that could be shown."
        ),
        gettext_noop("Remove the link, or put the file itself in its place."),
        "rm %(name)s",
    ),
    Rule(
        "structure-special-file",
        "structure",
        "error",
        gettext_noop("This is no file with a text but a pipe, a socket, a device or a folder."),
        gettext_noop("Reading it could wait for ever."),
        gettext_noop("Remove it, or put an ordinary file in its place."),
        "rm %(name)s",
    ),
    Rule(
        "structure-unreadable",
        "structure",
        "error",
        gettext_noop("This file cannot be read: %(reason)s"),
        gettext_noop("The server needs permission to read each file of a course."),
        gettext_noop(
            "Give the server permission to read it, or move it out of the content folder."
        ),
        "chmod u=rw,go=r lesson.md",
    ),
    Rule(
        "structure-no-lesson",
        "structure",
        "warning",
        gettext_noop("This file is left out: its name ends in `%(suffix)s`, a lesson's in `.md`."),
        gettext_noop("Of the texts in a course's folder only those that end in `.md` are lessons."),
        gettext_noop("Rename it if it is a lesson, or else move it out of the course's folder."),
        "mv %(name)s %(wanted)s",
    ),
    Rule(
        "structure-not-a-picture",
        "structure",
        "error",
        gettext_noop("This file is no picture: %(reason)s."),
        gettext_noop("Learners would see a gap. The site keeps the picture that it has, if any."),
        gettext_noop(
            "Save the picture anew under a name that says what it is, or remove the file. What is a"
            " pointer of Git LFS is fetched with `git lfs pull`."
        ),
        "%(stub)s",
    ),
    Rule(
        "structure-large-picture",
        "structure",
        "warning",
        gettext_noop("This picture has %(size)s MB; %(limit)s MB are enough for a page."),
        gettext_noop(
            "Pictures of the folder are shown as they are: on a slow line learners wait for it, and"
            " some of them pay for every megabyte."
        ),
        gettext_noop("Save it smaller: 2,000 pixels are wide enough."),
        "magick %(name)s -resize '2000>' -quality 85 %(stem)s.webp",
    ),
    Rule(
        "structure-drawing-without-namespace",
        "structure",
        "warning",
        gettext_noop("Browsers show nothing of this drawing: its `<svg>` does not say `xmlns`."),
        gettext_noop(
            "Within a web page an SVG does without it, in a file of its own it does not: what was"
            " copied from a page is a gap in the lesson."
        ),
        gettext_noop("Write it into the first tag."),
        '<svg xmlns="http://www.w3.org/2000/svg"',
    ),
    Rule(
        "structure-broken-character",
        "structure",
        "error",
        gettext_noop("The character %(character)s cannot stand in text."),
        gettext_noop(
            "Databases and browsers refuse it, so the lesson could not be stored as you wrote it."
        ),
        gettext_noop(
            "Delete the character; it is often left behind by a copy from another program."
        ),
        "tr -d '\\000' < lesson.md > lesson-clean.md",
    ),
    Rule(
        "structure-control-character",
        "structure",
        "warning",
        gettext_noop("The control character %(character)s stands here; a space is shown instead."),
        gettext_noop(
            "It comes with what is copied from a terminal, or with a wrong encoding, which turned a"
            " dash or an apostrophe into it. Browsers show nothing for it, or a box."
        ),
        gettext_noop("Delete the character, or type what should stand there."),
        "tr -d '\\001-\\010\\013\\014\\016-\\037\\177' < lesson.md > lesson-clean.md",
    ),
    Rule(
        "structure-empty-file",
        "structure",
        "error",
        gettext_noop("This lesson has no text."),
        gettext_noop("Learners would open an empty page."),
        gettext_noop("Write the lesson, or delete the file."),
        gettext_noop("# %(title)s\n\nWhat this lesson is about, in a sentence."),
    ),
    Rule(
        "structure-same-address",
        "structure",
        "warning",
        gettext_noop("This file and %(other)s have the same address '%(slug)s'."),
        gettext_noop(
            "The number before a name orders the lessons and is not part of the address. The second"
            " file gets '-2', and which is second changes when files are renumbered."
        ),
        gettext_noop("Give one of the files another name after the number."),
        "%(slug)s-2.md",
    ),
    Rule(
        "structure-reserved-name",
        "structure",
        "error",
        gettext_noop("A lesson cannot have the address '%(slug)s', which the site itself uses."),
        gettext_noop("The lesson would hide a page of the site, or be hidden by it."),
        gettext_noop("Give the file another name, such as '%(slug)s-lesson.md'."),
        "%(slug)s-lesson.md",
    ),
    Rule(
        "structure-odd-name",
        "structure",
        "warning",
        gettext_noop(
            "The file's name begins with '%(character)s', so its address is made up: '%(slug)s'."
        ),
        gettext_noop(
            "Names that begin with a letter or a number give addresses that people can read."
        ),
        gettext_noop("Begin the name with a letter or a number."),
        "01-%(slug)s.md",
    ),
    Rule(
        "structure-missing-requirement",
        "structure",
        "error",
        gettext_noop(
            "`requires` names '%(path)s', which is not a lesson of this course.%(suggestion)s"
        ),
        gettext_noop("Learners could not be told what to read first."),
        gettext_noop("Write the file name of a lesson of this course."),
        "requires: [%(meant)s]",
    ),
    Rule(
        "structure-keys-not-read",
        "structure",
        "warning",
        gettext_noop("`keys: private` is not read yet: answers are taken from the lessons."),
        gettext_noop("A lesson without marks in it has no right answers and is held back."),
        gettext_noop("Keep the marks in the lessons, or do not publish this course yet."),
        "keys: public",
    ),
)
