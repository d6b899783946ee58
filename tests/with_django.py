"""Starts a program of the tests after Django: ``python -m tests.with_django MODULE WORD ...``.

What its ``main``, called with the words, returns is written out as JSON.
"""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    module, *words = sys.argv[1:]
    sys.stdout.write(json.dumps(importlib.import_module(module).main(*words)) + "\n")
