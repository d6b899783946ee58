"""A course in a folder, one of whose files gets errors, and how its authors see that."""

from bs4 import BeautifulSoup

from learn.loading import sync_content
from tests.factories import NOW, write_files

NAME = "02-dogs.md"
EDIT = f"/studio/animals/edit/{NAME}"


def animals(tmp_path, text):
    """Write the course with this text of ``NAME``; return the path of that file."""
    texts = {"course.md": "---\ntitle: Animals\n---\n", "01-cats.md": "# Cats\n\nThey sleep.\n"}
    return write_files(tmp_path / "content" / "animals", {**texts, NAME: text}) / NAME


def synchronising(file, renderer):
    """Return what brings the content folder that holds a course's file to the site."""
    return lambda root=file.parent.parent: sync_content(root, at=NOW, renderer=renderer)


def page(client, address):
    """Return a page, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def row(client):
    """Return what the studio's list says of the file, nothing if it is not there."""
    rows = [li for li in page(client, "/studio/").select(".studio-files > li") if NAME in li.text]
    return " ".join(rows[0].text.split()) if rows else ""


def send(client, address, source, action="publish"):
    """Send the form with a text at an address, as its page has it."""
    form = page(client, address).select_one("form:has(textarea[name=source])")
    fields = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    return client.post(address, {**fields, "source": source, "action": action})
