"""A course with one question of each kind, written as an author would."""

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
