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


def answer_rightly(page, kind):
    """Fill in the form of a question of the kind as somebody who knows."""
    if kind in {"one", "all"}:
        page.get_by_label("This", exact=True).check()
    if kind == "all":
        page.get_by_label("This too", exact=True).check()
    if kind == "typed":
        page.get_by_label("Your answer").fill("Evaporation")
    if kind == "number":
        page.get_by_label("Your number").fill("0.25 h")
    if kind == "order":
        arrange(page, ["Ice", "Water", "Steam"])
    if kind == "match":
        choose(page, {"solid": "ice", "liquid": "water"})
    if kind == "sort":
        choose(page, {"cold": "Ice", "hot": "Steam", "own": "Ice", "none": "Steam"})
    if kind == "gaps":
        page.get_by_label("Gap 1").fill("zero")
        page.get_by_label("Gap 2").fill("100")


def answer_wrongly(page, kind):
    """Fill in the form of a question of the kind as somebody who does not; in part where it can."""
    if kind == "one":
        page.get_by_label("That", exact=True).check()
    if kind == "all":
        page.get_by_label("This", exact=True).check()
        page.get_by_label("That", exact=True).check()
    if kind == "typed":
        page.get_by_label("Your answer").fill("condensation")
    if kind == "number":
        page.get_by_label("Your number").fill("15 s")
    if kind == "order":
        arrange(page, ["Steam", "Ice", "Water"])
    if kind == "match":
        choose(page, {"solid": "water", "liquid": "ice"})
    if kind == "sort":
        choose(page, {"cold": "Ice", "hot": "Ice", "own": "Ice", "none": "Ice"})
    if kind == "gaps":
        page.get_by_label("Gap 1").fill("zero")
        page.get_by_label("Gap 2").fill("7")


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
