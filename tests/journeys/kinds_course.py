"""A course with one question of each kind, written as an author would, and answers to each."""

# In the order of the check.
KINDS = ["one", "all", "typed", "number", "order", "match", "sort", "gaps"]

LESSON = """\
# Every kind

Water boils at sea level at a certain temperature.

### Is boiling hotter than freezing? {.question #quick}

- [x] Yes
  > Boiling is at 100 degrees, freezing at 0.
- [ ] No
  > It is the other way round.

More text.

## Knowledge check {.quiz}

### Which one? {#one}

- [x] This
  > Because of this.
- [ ] That
  > Because of that.

### Which ones? {#all}

- [x] This
  > Because of this.
- [x] This too
  > Because of this too.
- [ ] That
  > Because of that.

### What is it called? {#typed .typed}

> **Hint.** It begins with an e.

- [x] evaporation
  > Yes, that.
- [ ] condensation
  > The other direction.

### How long does it take? {#number .number tries=2}

- [x] 15 +- 1 min
  > A quarter of an hour.
- [ ] 15 s
  > Seconds are too short.

### In which order? {#order}

1. Ice
   > The coldest.
2. Water
   > In between.
3. Steam
   > The hottest.

### What belongs together? {#match}

| State | Form | Why |
|---|---|---|
| solid | ice | It keeps its shape. |
| liquid | water | It flows. |

### Which statement belongs where? {#sort .sort}

| | Ice | Steam |
|---|---|---|
| Feels | cold | hot |
| Shape | its own | none |

### Fill in {#gaps}

Water freezes at [[0|zero]] degrees and boils at [[100|one hundred]].

> **Gap 1.** That is how the scale is made.

> **Gap 2.** At sea level.
"""


RIGHT = {
    "one": ["This"],
    "all": ["This", "This too"],
    "typed": "Evaporation",
    "number": "0.25 h",
    "order": ["Ice", "Water", "Steam"],
    "match": {"solid": "ice", "liquid": "water"},
    "sort": {"cold": "Ice", "hot": "Steam", "own": "Ice", "none": "Steam"},
    "gaps": ["zero", "100"],
}
# In part where that can be.
WRONG = {
    "one": ["That"],
    "all": ["This", "That"],
    "typed": "condensation",
    "number": "15 s",
    "order": ["Steam", "Ice", "Water"],
    "match": {"solid": "water", "liquid": "ice"},
    "sort": {"cold": "Ice", "hot": "Ice", "own": "Ice", "none": "Ice"},
    "gaps": ["zero", "7"],
}


def answer_rightly(page, kind):
    """Fill in the form of a question of the kind as somebody who knows."""
    fill_in(page, kind, RIGHT[kind])


def answer_wrongly(page, kind):
    """Fill in the form of a question of the kind as somebody who does not."""
    fill_in(page, kind, WRONG[kind])


def fill_in(page, kind, given):
    """Give an answer to a question of the kind: names of choices, texts, or pairs."""
    if kind in {"one", "all"}:
        for name in given:
            page.get_by_label(name, exact=True).check()
    elif kind == "typed":
        page.get_by_label("Your answer").fill(given)
    elif kind == "number":
        page.get_by_label("Your number").fill(given)
    elif kind == "order":
        arrange(page, given)
    elif kind in {"match", "sort"}:
        choose(page, given)
    elif kind == "gaps":
        for number, text in enumerate(given, start=1):
            page.get_by_label(f"Gap {number}").fill(text)


def choose(page, pairs):
    """Choose for each row, known by a part of its name, an option."""
    for name, option in pairs.items():
        page.get_by_label(name).select_option(label=option)


def arrange(page, wanted):
    """Move items up until they stand as wanted, by their buttons."""
    for place, name in enumerate(wanted):
        for _ in range(5):
            names = page.locator(".arranging li > span:nth-child(2)").all_inner_texts()
            if names.index(name) <= place:
                break
            page.get_by_role("button", name=f"Move up: {name}").click()
            # Without JavaScript that is a new page.
            page.locator("form.question").wait_for()
