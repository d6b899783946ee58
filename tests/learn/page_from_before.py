"""A browser that has a page open from before something was renamed, and answers on it."""

from urllib.parse import urlencode

from bs4 import BeautifulSoup

from learn.wsgi import application
from tests.worker import WorkerClient

CAT_QUIZ = """
## Knowledge check

### What do cats do? {#cats-do}

- [x] Sleep
  > Most of the day.
- [ ] Bark
  > That is dogs.

### What do cats eat? {#cats-eat}

- [x] Mice
  > And fish.
- [ ] Hay
  > That is cows.
"""


class PageFromBefore:
    """The first question of a check, as it was when this was made."""

    def __init__(self, check):
        self._client, self.address = WorkerClient(application), f"{check}1/"
        page = BeautifulSoup(self._client.get(self.address).content, "html.parser")
        inputs = page.select("form.question input[value]")
        self._fields = {str(each["name"]): str(each["value"]) for each in inputs}

    def answer_to(self, address, headers):
        """Send the last choice to an address, and return the response."""
        form = "application/x-www-form-urlencoded"
        fields = urlencode(self._fields)
        return self._client.post(address, fields, content_type=form, headers=headers)
