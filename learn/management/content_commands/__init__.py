"""The sub-commands of ``manage.py content``, one module each; ``registry.py`` names them all."""
