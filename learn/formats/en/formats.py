"""Dates that no reader takes for another: the month as a word, the hour of 24.

Django's own for English put the month first, as in the United States; 11/12/2026 is another day
elsewhere. Letters: https://docs.djangoproject.com/en/6.1/ref/templates/builtins/#date
"""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
