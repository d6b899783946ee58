"""For each rule a sample that breaks it, and one near to it that does not."""

TEXT = "# T\n\nText.\n"
TABLE = "| a | b |\n|---|---|\n| c | d |\n"
CHECKED = f"{TABLE}\nTable: t {{#t checked=2026-04}}\n"
DATA = f"{TABLE}\nTable: t {{#t .compare}}\n"
GOOD = "- [x] a\n  > Yes: so.\n- [ ] b\n  > That is c.\n- [ ] f\n  > That is g.\n"
QUIZ = "# T\n\n## Q {.quiz}\n\n"


def asked(body: str, heading: str = "Which? {#w}") -> str:
    """A lesson with one question."""
    return f"{QUIZ}### {heading}\n\n{body}"


def choices(right: str, *wrong: str, stem: str = "Which?") -> str:
    """A lesson with one question, whose right choice comes first."""
    lines = "".join(f"- [ ] {one}\n  > No: {number}.\n" for number, one in enumerate(wrong))
    return asked(f"- [x] {right}\n{lines}", f"{stem} {{#w}}")


def numbered(number: int) -> str:
    """One of several questions."""
    return f"### Which {number}? {{#w-{number}}}\n\n{GOOD}\n"


def compared(value: str, anchor: str = "t") -> str:
    """A comparison of two things."""
    rows = f"| | Batch | Lambda |\n|---|---|---|\n| Longest run | none | {value} |\n"
    return f"{rows}\nTable: t {{#{anchor} .compare}}\n"


LONG = "Some words of a lesson. " * 40

# Code: a lesson that breaks the rule, one that is near and does not.
SAMPLES = {
    "structure-broken-character": ("# T\n\na\x00b\n", "# T\n\na\\0b\n"),
    "structure-control-character": ("# T\n\n\x1b[31mred\x1b[0m\n", "# T\n\n\ta\u2028b\u200b\r\n"),
    "structure-empty-file": ("# T\n\n<!-- later -->\n", TEXT),
    "structure-late-front-matter": (
        "![a](media/x.png)\n\n---\ntitle: a\n---\n\nText.\n",
        "Text.\n\n---\nwords: a\n---\n\n```yaml\n---\ntitle: a\n---\n```\n",
    ),
    "structure-front-matter-open": ("---\ntitle: a\n", "---\n\nText.\n"),
    "structure-front-matter-invalid": (
        f"---\na: b: c\n---\n{TEXT}",
        f"---\ntitle: 'b: c'\n---\n{TEXT}",
    ),
    "structure-front-matter-shape": (f"---\nwords\n---\n{TEXT}", f"---\n\n---\n{TEXT}"),
    "structure-front-matter-too-large": (
        f"---\nsummary: {'a' * 17_000}\n---\n{TEXT}",
        f"---\nsummary: {'a' * 16_000}\n---\n{TEXT}",
    ),
    "structure-front-matter-too-deep": (
        f"---\ntags: {'[' * 30}{']' * 30}\n---\n{TEXT}",
        f"---\ntags: [a]\n---\n{TEXT}",
    ),
    "structure-front-matter-feature": (
        f"---\ntitle: &a b\n---\n{TEXT}",
        f"---\ntitle: '&a b'\n---\n{TEXT}",
    ),
    "structure-duplicate-key": (
        f"---\ntags: [a]\ntags: [b]\n---\n{TEXT}",
        f"---\ntags: [a, b]\n---\n{TEXT}",
    ),
    "structure-unknown-key": (f"---\ntitel: a\n---\n{TEXT}", f"---\ntitle: T\n---\n{TEXT}"),
    "structure-foreign-key": (f"---\nlayout: a\n---\n{TEXT}", f"---\nsummary: a\n---\n{TEXT}"),
    "structure-wrong-type": (f"---\nminutes: few\n---\n{TEXT}", f"---\nminutes: 3\n---\n{TEXT}"),
    "structure-missing-requirement": (
        f"---\nrequires: [02-c.md]\n---\n{TEXT}",
        f"---\nrequires: [02-b.md]\n---\n{TEXT}",
    ),
    "structure-skipped-level": ("# T\n\n### Deep\n", "# T\n\n## Two\n\n### Deep\n\n## Two\n"),
    "structure-second-title": ("# T\n\n# U\n\nText.\n", "# T\n\n## U\n\nText.\n"),
    "structure-duplicate-anchor": ("# T\n\n## A {#x}\n\n## B {#x}\n", "# T\n\n## A\n\n## A\n"),
    "structure-bad-anchor": ("# T\n\n## A {#Big_Id}\n", "# T\n\n## A {#big-id}\n"),
    "structure-bad-attributes": ("# T\n\n## A {#a, .b}\n", "# T\n\n## The set {a, b}\n"),
    "structure-row-too-long": (f"# T\n\n{TABLE}| e | f | g |\n", f"# T\n\n{TABLE}| e | f |\n"),
    "structure-row-too-short": (f"# T\n\n{TABLE}| e |\n", f"# T\n\n{TABLE}| e | |\n"),
    "structure-bar-in-code": (f"# T\n\n{TABLE}| `e|f` |\n", f"# T\n\n{TABLE}| `e\\|f` | g |\n"),
    "structure-table-head": ("# T\n\n| a | b |\n|---|\n", f"# T\n\n{TABLE}"),
    "structure-table-without-dashes": (
        "# T\n\n| a | b |\n| c | d |\n",
        f"# T\n\n{TABLE}\n| a line\n| of verse\n\n|x| is absolute |\n",
    ),
    "structure-lone-caption": ("# T\n\nTable: t {#t}\n", f"# T\n\n{DATA}"),
    "structure-undefined-footnote": ("# T\n\na[^n]\n", "# T\n\na[^n]\n\n[^n]: b\n"),
    "structure-unused-footnote": ("# T\n\na\n\n[^n]: b\n", "# T\n\na[^N]\n\n[^n]: b\n"),
    "structure-duplicate-footnote": (
        "# T\n\na[^n]\n\n[^n]: b\n[^n]: c\n",
        "# T\n\na[^n]\n\n[^n]: b\n",
    ),
    "structure-diagram-without-alternative": (
        "# T\n\n```text\na -> b\nb -> c\n```\n",
        '# T\n\n```text alt="From a to c."\na -> b\nb -> c\n```\n',
    ),
    "structure-unreadable-formula": (
        "# T\n\n$\\frac{a}{$\n",
        "# T\n\n$\\frac{a}{b}$, $5 and 10$, `$\\foo$` \\$\\foo$\n\n```\n$\\foo$\n```\n",
    ),
    "structure-merge-marker": (
        "# T\n\n<<<<<<< mine\na\n=======\nb\n>>>>>>> theirs\n",
        "# T\n\na\n=======\n\n```\n <<<<<<< HEAD\n```\n",
    ),
    "structure-open-fence": ("# T\n\n```\na\n", "# T\n\n```\na\n```\n"),
    "link-missing-file": ("# T\n\n[a](b.md)\n", "# T\n\n[a](02-b.md)\n"),
    "link-missing-media": ("# T\n\n![a](media/b.png)\n", "# T\n\n![a](media/x.png)\n"),
    "link-missing-anchor": ("# T\n\n[a](02-b.md#two)\n", "# T\n\n[a](02-b.md#one)\n"),
    "link-missing-cell": (
        f"# T\n\n{DATA}\n[a](#t.c.e)\n",
        f"# T\n\n{DATA}\n[a](#t.c.b) [a](#t.c)\n",
    ),
    "link-to-question": (f"{asked(GOOD)}\n> [a](#w)\n", f"{asked(GOOD)}\n> [a](#q)\n"),
    "link-outside-course": ("# T\n\n[a](../b.md)\n", "# T\n\n[a](./02-b.md)\n"),
    "link-from-the-top": (
        "# T\n\n[a](/etc/passwd)\n",
        "# T\n\n[a](/courses/x/) [b](/) [c](//d.org/e) [f](?g=h) [i](/search/?q=j)\n",
    ),
    "link-without-words": (
        "# T\n\n[](https://a.org)\n",
        "# T\n\n[![a](https://a.org/b.png)](#) `[](c)` \\[](d)\n",
    ),
    "link-without-address": ("# T\n\n[a]()\n", "# T\n\n[a](#) f() `[b]()` \\[c]()\n"),
    "link-unsafe-address": (
        "# T\n\n[a](javascript:b)\n",
        "# T\n\n[a](mailto:b@c.org) <std::vector>\n",
    ),
    "link-picture-elsewhere": (
        "# T\n\n![a](https://b.org/c.png)\n",
        "# T\n\n[a](https://b.org/c.png)\n",
    ),
    "link-space-in-address": ("# T\n\n[a](b c.md)\n", "# T\n\n[a] (see b c.md) (or d.md)\n"),
    "link-undefined-reference": (
        "# T\n\n[a bc][d]\n",
        "# T\n\n[a bc][d] x[i][j] [C1][M2]\n\n[d]: 02-b.md\n",
    ),
    "link-picture-without-alternative": ("# T\n\n![](media/x.png)\n", "# T\n\n![a](media/x.png)\n"),
    "question-no-right-choice": (asked("- [ ] a\n- [ ] b\n"), asked(GOOD)),
    "question-one-choice": (asked("- [x] a\n"), asked(GOOD)),
    "question-no-choices": (asked("Text.\n"), asked(GOOD)),
    "question-empty-choice": (asked(f"{GOOD}- [ ]\n"), asked(GOOD)),
    "question-repeated-choice": (asked(f"{GOOD}- [ ]  b\n"), asked(f"{GOOD}- [ ] `b`\n- [ ] B\n")),
    "question-choice-without-box": (asked(f"{GOOD}- c\n"), asked(f"- c\n\nWhich?\n\n{GOOD}")),
    "question-glued-box": (asked(f"{GOOD}-[ ] c\n"), asked(GOOD)),
    "question-odd-box": (asked(f"{GOOD}- [] c\n"), asked(f"{GOOD}- [X] c\n")),
    "question-empty-stem": (asked(GOOD, "{#w}"), asked(GOOD)),
    "question-duplicate-id": (asked(GOOD, "Which? {#taken}"), asked(GOOD)),
    "question-unfinished": (
        asked(GOOD, "Which …? {#w}"),
        asked(GOOD, "Which comes next: a, b, …? {#w}"),
    ),
    "structure-unfinished": ("# T\n\n## The idea …\n\nx\n", "# T\n\n## A, b, …\n\nx …\n"),
    "question-without-id": (asked(GOOD, "Which?"), asked(GOOD)),
    "question-kind-not-asked": (
        asked("1. a\n2. b\n", "Name it {#w .typed}"),
        asked("1. a\n2. b\n"),
    ),
    "question-text-after-choices": (asked(f"{GOOD}\nMore.\n"), asked(f"{GOOD}\n> More.\n")),
    "question-not-asked": (
        f"# T\n\n## Quiz\n\n### Which? {{#w}}\n\n{GOOD}",
        "# T\n\n## To do\n\n- [x] shop\n- [ ] cook\n\n> More.\n",
    ),
    "question-empty-quiz": (f"{QUIZ}Text.\n", asked(GOOD)),
    "question-second-quiz": (
        f"{asked(GOOD)}\n## R {{.quiz}}\n\n### Who? {{#v}}\n\n{GOOD}",
        f"{asked(GOOD)}\n## R\n\n### Who? {{#v .question}}\n\n{GOOD}",
    ),
    "question-open-tag": (
        f"# T\n\n<quiz>\nWhich?\n{GOOD}",
        f"# T\n\n<quiz>\nWhich?\n{GOOD}</quiz>\n",
    ),
    "question-misspelt-class": ("# T\n\n## Q {.quizz}\n\na\n", "# T\n\n## Q {.note}\n\na\n"),
    "question-unknown-option": (
        asked(GOOD, "Which? {#w tris=2}"),
        asked(GOOD, "Which? {#w tries=2}"),
    ),
    "question-bad-value": (
        asked(GOOD, "Which? {#w tries=few}"),
        asked(GOOD, "Which? {#w points=2}"),
    ),
    "question-pass-out-of-range": (
        asked(GOOD).replace(".quiz", ".quiz pass=120"),
        asked(GOOD).replace(".quiz", ".quiz pass=100"),
    ),
    "question-pick-too-many": (
        asked(GOOD).replace(".quiz", ".quiz pick=2"),
        asked(GOOD).replace(".quiz", ".quiz pick=1"),
    ),
    "question-nothing-accepted": (
        asked("- [ ] a\n  > No, b.\n", "Name it {#w .typed}"),
        asked("- [x] a\n", "Name it {#w .typed}"),
    ),
    "question-not-a-number": (
        asked("- [x] 15 to 20 min\n", "How long? {#w .number}"),
        asked("- [x] 15 +- 0.5 min\n- [x] 1,000..2,000 m/s\n", "How long? {#w .number}"),
    ),
    "question-mistake-accepted": (
        asked("- [x] A b\n- [ ] ab\n  > No, c.\n", "Name it {#w .typed}"),
        asked("- [x] A b\n- [ ] ab\n  > No, c.\n", "Name it {#w .typed .exact}"),
    ),
    "question-repeated-line": (asked("1. a\n2. b\n3. a\n"), asked("1. a\n2. b\n3. A\n")),
    "question-repeated-heading": (
        asked("| | a | A |\n|---|---|---|\n| x | c | d |\n", "Sort {#w .sort}"),
        asked("| | a | b |\n|---|---|---|\n| x | c | d |\n", "Sort {#w .sort}"),
    ),
    "question-empty-part": (asked(f"{TABLE}| e | |\n"), asked(f"{TABLE}| e | f |\n| | |\n")),
    "question-too-few-items": (asked("1. a\n"), asked("1. a\n1. b\n")),
    "question-too-few-pairs": (asked(TABLE), asked(f"{TABLE}| e | d |\n")),
    "question-too-few-headings": (
        asked(f"{TABLE}| e | f |\n", "Sort {#w .sort}"),
        asked("| | a | b |\n|---|---|---|\n| x | c | d |\n", "Sort {#w .sort}"),
    ),
    "question-too-few-statements": (
        asked("| | a | b |\n|---|---|---|\n| x | c | c |\n| y* | d | e |\n", "Sort {#w .sort}"),
        asked("| | a | b |\n|---|---|---|\n| x | c | |\n| y | | e |\n", "Sort {#w .sort}"),
    ),
    "question-empty-gap": (asked("It is [[|]].\n"), asked("It is [[|a]].\n")),
    "question-open-gap": (asked("[[a]] or [[b.\n"), asked("[[a]] or \\[[b or `[[c`.\n")),
    "question-unknown-gap": (
        asked("[[a]]\n\n> **Gap 2.** So.\n"),
        asked("[[a]]\n\n> **Gap 1.** So.\n"),
    ),
    "structure-unknown-callout": (
        "# T\n\n> [!NOTTE]\n> a\n",
        "# T\n\n> [!note]\n> [!a]\n\n`> [!b]`\n",
    ),
    "explanation-missing": (asked("- [x] a\n- [ ] b\n"), asked("- [x] a\n- [ ] b\n  > No, c.\n")),
    "explanation-same": (
        asked("- [x] a\n- [ ] b\n  > It is a.\n- [ ] c\n  > It is a!\n"),
        asked(GOOD),
    ),
    "explanation-only-verdict": (
        asked("- [x] a\n- [ ] b\n  > **Wrong**.\n"),
        asked("- [x] a\n  > Right.\n- [ ] b\n  > Wrong: c.\n"),
    ),
    "explanation-repeats-choice": (asked("- [x] a\n- [ ] b c\n  > B c.\n"), asked(GOOD)),
    "explanation-detached": (asked("- [x] a\n\n> Yes.\n\n- [ ] b\n  > No, c.\n"), asked(GOOD)),
    "craft-longest-right": (
        choices("a container that waits for its turn", "a short one", "a second"),
        choices("a container that waits for its turn", "a short one that waits for it", "b"),
    ),
    "craft-all-of-the-above": (
        choices("All of the above.", "b", "c"),
        choices("All of the above table", "b", "c"),
    ),
    "craft-none-of-the-above": (
        choices("d", "b", "None of these"),
        choices("d", "b", "None of these rivers"),
    ),
    "craft-negative-stem": (
        asked(GOOD, "Which of these is not a lake? {#w}"),
        asked(GOOD, "Which of these is **not** a lake? {#w}"),
    ),
    "craft-absolute-words": (
        choices("it often waits", "it never waits", "it always waits"),
        choices("it always waits", "it never waits", "it only waits"),
    ),
    "craft-repeats-stem": (
        choices("a managed scheduler", "a river", "a lake", stem="What is a managed scheduler?"),
        choices("a managed scheduler", "a scheduler", "a", stem="What is a managed scheduler?"),
    ),
    "craft-many-choices": (choices("a", *"bcdef"), choices("a", *"bcde")),
    "craft-few-choices": (choices("a", "b"), choices("True", "False")),
    "craft-many-in-a-row": (
        f"# T\n\n{LONG}\n## Q {{.quiz}}\n\n" + "".join(numbered(n) for n in range(11)),
        f"# T\n\n{LONG}\n## Q {{.quiz pick=5}}\n\n" + "".join(numbered(n) for n in range(11)),
    ),
    "craft-right-first": (
        "# T\n\n## Q {.quiz shuffle=off}\n\n" + "".join(numbered(n) for n in range(4)),
        "# T\n\n## Q {.quiz}\n\n" + "".join(numbered(n) for n in range(4)),
    ),
    "fact-checked-in-future": (
        asked(GOOD, "Which? {#w checked=2062-11}"),
        asked(GOOD, "Which? {#w checked=2026-11}"),
    ),
    "fact-figure-without-source": (
        f"# T\n\n{LONG}\n## Q {{.quiz}}\n\n### How long? {{#w}}\n\n- [x] 15 minutes\n- [ ] b\n",
        f"# T\n\n{LONG} 900 s.\n\n## Q {{.quiz}}\n\n### How long? {{#w}}\n\n- [x] 15 minutes\n",
    ),
    "fact-contradiction": (
        f"# T\n\n{compared('15 minutes')}\n{compared('10 minutes', 'u')}",
        f"# T\n\n{compared('15 minutes')}\n{compared('900 s; 10 minutes by default', 'u')}",
    ),
}

# Rules about other things than one lesson's text: the files of a course with one that
# breaks them.
COURSE_SAMPLES = {
    "structure-same-address": (
        {"01-x.md": TEXT, "02-x.md": TEXT},
        {"01-x.md": TEXT, "02-y.md": TEXT},
    ),
    "structure-reserved-name": ({"03-media.md": TEXT}, {"03-media-files.md": TEXT}),
    "structure-odd-name": ({"_x.md": TEXT}, {"1-x.md": TEXT, "2.md": TEXT, "漢字.md": TEXT}),
    "structure-keys-not-read": (
        {"course.md": "---\nkeys: private\n---\n"},
        {"course.md": "---\nkeys: public\n---\n"},
    ),
    "question-in-course-file": ({"course.md": asked(GOOD)}, {"course.md": TEXT}),
    "craft-lesson-without-check": (
        {"course.md": "", "01-x.md": asked(GOOD), "02-y.md": f"# T\n\n{LONG}\n"},
        {"course.md": "", "01-x.md": TEXT, "02-y.md": f"# T\n\n{LONG}\n"},
    ),
    "fact-stale": (
        {"course.md": "---\nfreshness: 6 months\n---\n", "01-x.md": f"# T\n\n{CHECKED}"},
        {"course.md": "---\nfreshness: 1 year\n---\n", "01-x.md": f"# T\n\n{CHECKED}"},
    ),
}
