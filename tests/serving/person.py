"""Somebody with a browser, for tests with a real server."""

from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from bs4 import BeautifulSoup


class Person:
    """Somebody with a browser that has no JavaScript and does not give up."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.browser: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> BeautifulSoup:
        with self.browser.open(self.address + path, timeout=10) as response:
            return BeautifulSoup(response.read(), "html.parser")

    def post(self, path: str, fields: dict[str, str]) -> BeautifulSoup:
        request = Request(self.address + path, urlencode(fields).encode())
        with self.browser.open(request, timeout=10) as response:
            return BeautifulSoup(response.read(), "html.parser")

    def answer(self, page: BeautifulSoup) -> str:
        """Answer the question on the page with its first choice; return the verdict."""
        form = page.select_one("form.question")
        assert form is not None
        fields = {str(f["name"]): str(f["value"]) for f in form.find_all("input", type="hidden")}
        fields["choice"] = str(form.find_all("input", attrs={"name": "choice"})[0]["value"])
        verdict = self.post(str(form["action"]), fields).select_one("[data-verdict]")
        assert verdict is not None
        return str(verdict["data-verdict"])
