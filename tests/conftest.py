"""What every test may count on."""

import learn.sqlite_engine  # noqa: F401  (before Django)
