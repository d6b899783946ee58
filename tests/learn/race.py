"""Starts one of the racing processes: Django has to be set up before the models are imported."""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    role, *words = sys.argv[1:]
    found = importlib.import_module("tests.learn.racing").ROLES[role](*words)
    sys.stdout.write(json.dumps(found) + "\n")
