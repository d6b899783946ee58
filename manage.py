"""Runs the site's commands: ``uv run manage.py help`` lists them."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError

from learn.environment import EnvironmentFault
from learn.existing_site import respect_existing_site
from learn.storage_faults import line_of, mend_of


def main() -> int:
    """Run what the command line says; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learn.settings")
    try:
        respect_existing_site(sys.argv[1:])
        execute_from_command_line(sys.argv)
    except EnvironmentFault as fault:
        # The operator's to mend: one line, no traceback.
        sys.stderr.write(f"{fault}\n")
        return fault.exit_code
    except DatabaseError as error:
        mend = mend_of(error)
        if not mend or "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"The database cannot be used: {line_of(error)}; {mend}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
