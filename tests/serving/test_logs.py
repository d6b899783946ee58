"""What a site writes into its log."""

from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.serving.earlier import site_without_content
from tests.serving.person import Person
from tests.serving.site import Site, make_content

pytestmark = pytest.mark.server

TOO_MANY = 1100


def test_a_form_that_is_refused_for_safety_takes_one_line_of_the_log(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content")
    with Site(tmp_path / "var", content, like=site_without_content) as site:
        site.wait_until_ready()
        person = Person(f"http://127.0.0.1:{site.port}")
        person.get("/preferences/")
        with pytest.raises(HTTPError, match="400"):
            person.post("/preferences/", {f"field-{n}": "x" for n in range(TOO_MANY)})
        assert "TooManyFieldsSent" in site.err
        assert site.err.count("\n") == 1, site.err
