"""What of a page is in a course's language, where the page itself is in another."""

from django import template

from learn.languages import own_words, spoken

register = template.Library()
register.filter(spoken)
register.filter(own_words)
