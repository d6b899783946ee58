"""Who looks at the pages: a cookie each for guests, and an author who signs in."""

AUTHOR = "ada"
PASSWORD = "three calm otters swim"
STRANGER = "stranger"

# What a browser has as the cookie of a visitor: 32 characters.
VISITORS = {
    name: name.ljust(32, "-")
    for name in ("fresh", "learner", "reader", "reviewer", "reviewing", "driller", "quick")
}
