"""Somebody with a browser, for tests with a real server."""

from http.cookiejar import CookieJar
from urllib.error import HTTPError
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

    def post(self, path: str, fields: dict[str, str], *, by_htmx: bool = False) -> BeautifulSoup:
        headers = {"HX-Request": "true"} if by_htmx else {}
        request = Request(self.address + path, urlencode(fields).encode(), headers)
        with self.browser.open(request, timeout=10) as response:
            return BeautifulSoup(response.read(), "html.parser")

    def send(self, path: str, form: str, fields: dict[str, str]) -> int:
        """Fill in a form of a page and send it; return the status of what comes."""
        found = self.get(path).select_one(form)
        assert found is not None
        hidden = found.select("input[type=hidden][value]")
        known = {str(field["name"]): str(field["value"]) for field in hidden}
        try:
            self.post(path, {**known, **fields})
        except HTTPError as error:
            error.close()
            return error.code
        return 200

    def sign_in(self, login: str, password: str) -> int:
        """Send the form of the sign-in page; return the status of what comes."""
        fields = {"login": login, "password": password}
        return self.send("/accounts/login/", 'form[action*="login"]', fields)

    def answer(self, page: BeautifulSoup, *, by_htmx: bool = False) -> str:
        """Answer the question on the page with its first choice; return the verdict."""
        form = page.select_one("form.question")
        assert form is not None
        fields = {str(f["name"]): str(f["value"]) for f in form.find_all("input", type="hidden")}
        fields["choice"] = str(form.find_all("input", attrs={"name": "choice"})[0]["value"])
        told = self.post(str(form["action"]), fields, by_htmx=by_htmx)
        verdict = told.select_one("[data-verdict]")
        assert verdict is not None
        return str(verdict["data-verdict"])
