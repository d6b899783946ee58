"""A lesson for the course with every kind: its check is like an exam and asks for certainty."""

FILE = "03-closed-book.md"
SLUG = "closed-book"
LESSON = """\
---
title: With the book closed
summary: Two questions like those of an exam.
---

Heat moves from what is warm to what is cold, and never back by itself.

## What stays {.quiz certainty=on feedback=end}

Answer from memory, with the lesson closed. You learn how you did after the last question, and
**how sure you were** counts as well.

### Where does heat move? {#heat}

- [x] From warm to cold
  > It goes on until both are equally warm.
- [ ] From cold to warm
  > That takes work, as in a refrigerator.
- [ ] Nowhere
  > It does, wherever there is a difference.

### Does a closed pot boil sooner? {#pot}

- [x] Yes
  > Less heat is lost with the steam.
- [ ] No
  > The lid keeps the steam in, and its heat.
"""
REVISED = LESSON.replace("and never back by itself", "by itself never the other way")
EDITED = LESSON.replace("both are equally warm", "both are as warm as each other")
