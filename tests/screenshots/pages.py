"""Every page type of the site, who looks at it, and what is done there before the picture."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page as BrowserPage

from tests.authenticator import code_of_app
from tests.screenshots import closed_book
from tests.screenshots.people import AUTHOR, PASSWORD, STRANGER

COURSE = "/courses/aws-compute/"
FIRST = f"{COURSE}what-they-are/"
TABLES = f"{COURSE}side-by-side/"
KINDS = "/courses/every-kind/every-kind/"
KIND_NAMES = ("one", "all", "typed", "number", "order", "match", "sort", "gaps")
EXAM = f"/courses/every-kind/{closed_book.SLUG}/"
STUDIO = "/studio/every-kind/"
FILE = "01-every-kind.md"


@dataclass(frozen=True, slots=True)
class Page:
    """A page type: a short name, who looks, the address, and what is done on the page first."""

    name: str
    who: str
    address: str
    act: Callable[[BrowserPage], None] | None = None


def send(selector: str = "main form button[type=submit]") -> Callable[[BrowserPage], None]:
    """Send a form as it is, past the browser's own check of it."""

    def act(page: BrowserPage) -> None:
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        page.locator(selector).first.click()
        page.locator("[role=alert]:not(#page-alert):not(:empty)").first.wait_for()

    return act


def answer_quickly(page: BrowserPage) -> None:
    """Answer the question between two paragraphs, and be wrong."""
    page.locator(".quick").get_by_text("No", exact=True).click()
    page.locator(".quick").get_by_role("button", name="Check").last.click()
    page.locator(".quick .verdict").wait_for()


def open_preferences(page: BrowserPage) -> None:
    """Open the panel in the header."""
    page.locator("details.preferences > summary").click()
    page.locator(".preferences-panel fieldset").first.wait_for()


def prove(page: BrowserPage) -> None:
    """Show once more who one is, if the page asks for that: it does so some minutes after."""
    if page.get_by_role("heading", name="Is it still you?").count():
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
        page.get_by_role("heading", name="Is it still you?").wait_for(state="detached")


def turn_on_app(page: BrowserPage) -> None:
    """Have an app make the codes from now on, which gives codes for when it is lost."""
    prove(page)
    page.get_by_role("textbox").fill(code_of_app(page.locator(".secret").inner_text()))
    page.get_by_role("button", name="Switch it on").click()
    page.locator(".codes").wait_for()


def ask_for_code(page: BrowserPage) -> None:
    """Have a code sent to sign in by."""
    page.get_by_label("E-mail").fill(f"{AUTHOR}@example.org")
    page.get_by_role("button", name="Get a code").click()
    page.get_by_role("button", name="Confirm").wait_for()


def type_nothing_known(page: BrowserPage) -> None:
    """Sign in with a password that is wrong."""
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator(".form-faults").wait_for()


def pages(made: dict[str, str]) -> list[Page]:
    """Return all pages; ``made`` holds the addresses that came of what people did."""
    return [
        *learning(made),
        *(
            Page(f"ask-{name}", "fresh", f"{KINDS}check/{n}/")
            for n, name in enumerate(KIND_NAMES, 1)
        ),
        *(
            Page(f"wrong-{name}", "learner", f"{KINDS}check/{n}/")
            for n, name in enumerate(KIND_NAMES, 1)
        ),
        Page("right-one", "reader", f"{KINDS}check/1/"),
        Page("right-sort", "reader", f"{KINDS}check/7/"),
        Page("ask-fault", "fresh", f"{KINDS}check/1/", send("form.question .action-bar button")),
        *own_things(made),
        *accounts(),
        *studio(),
        *faults(),
    ]


def learning(made: dict[str, str]) -> list[Page]:
    """Return the pages of reading, checking, reviewing and practising."""
    return [
        Page("home-stranger", STRANGER, "/"),
        Page("home-returning", "learner", "/"),
        Page("course", STRANGER, COURSE),
        Page("course-begun", "learner", COURSE),
        Page("lesson", "fresh", FIRST),
        Page("lesson-notes", "learner", FIRST),
        Page("lesson-table", "fresh", TABLES),
        Page("quick-asked", "fresh", KINDS),
        Page("quick-told", "quick", KINDS, answer_quickly),
        Page("question", "fresh", f"{FIRST}check/1/"),
        Page("exam-lesson", "fresh", EXAM),
        Page("exam-asked", "fresh", f"{EXAM}check/1/"),
        Page("exam-result", "learner", made["exam-result"]),
        Page("result", "learner", made["result"]),
        Page("result-all-right", "reader", made["result-all-right"]),
        Page("review-empty", STRANGER, "/review/"),
        Page("review-later", "reader", "/review/"),
        Page("review-due", "learner", "/review/"),
        Page("review-question", "reviewing", f"/review/{made['review-open']}/"),
        Page("review-feedback", "reviewing", "/review/2/"),
        Page("review-result", "reviewer", made["review-result"]),
        Page("drill", "fresh", f"{TABLES}drill/side-by-side/"),
        Page("drill-begun", "driller", f"{TABLES}drill/side-by-side/"),
        Page("drill-recall", "fresh", f"{TABLES}drill/side-by-side/?cover=batch"),
        Page("drill-wrong", "driller", f"{TABLES}drill/side-by-side/1/"),
        Page("drill-question", "driller", f"{TABLES}drill/side-by-side/3/"),
        Page("drill-result", "learner", made["drill-result"]),
    ]


def own_things(made: dict[str, str]) -> list[Page]:
    """Return the pages of what a person has here, of search and of the site's looks."""
    return [
        Page("progress", "learner", "/progress/"),
        Page("progress-empty", STRANGER, "/progress/"),
        Page("history", "learner", "/progress/history/"),
        Page("history-empty", STRANGER, "/progress/history/"),
        Page("notes", "learner", "/notes/"),
        Page("notes-empty", STRANGER, "/notes/"),
        Page("notes-of-lesson", "learner", f"{FIRST}notes/"),
        Page("unclear", "learner", f"{FIRST}unclear/"),
        Page("search", STRANGER, "/search/"),
        Page("search-hits", STRANGER, "/search/?q=queue"),
        Page("search-none", STRANGER, "/search/?q=xylophone"),
        Page("preferences", STRANGER, "/preferences/"),
        Page("preferences-panel", STRANGER, "/", open_preferences),
        Page("my-data", "learner", "/my-data/"),
        Page("my-data-empty", STRANGER, "/my-data/"),
        Page("my-data-delete", "learner", "/my-data/delete/"),
        Page("print", STRANGER, f"{FIRST}print/"),
        Page("offline", STRANGER, "/offline/"),
    ]


def accounts() -> list[Page]:
    """Return the pages of signing up, signing in and the account."""
    return [
        Page("sign-up", STRANGER, "/accounts/signup/"),
        Page("sign-up-fault", STRANGER, "/accounts/signup/", send()),
        Page("sign-in", STRANGER, "/accounts/login/"),
        Page("sign-in-fault", STRANGER, "/accounts/login/", type_nothing_known),
        Page("sign-in-code", "by-mail", "/accounts/login/code/", ask_for_code),
        Page("forgotten", STRANGER, "/accounts/password/reset/"),
        Page("account", AUTHOR, "/accounts/"),
        Page("account-e-mail", AUTHOR, "/accounts/email/"),
        Page("account-password", AUTHOR, "/accounts/password/change/"),
        Page("account-factors", AUTHOR, "/accounts/2fa/"),
        Page("account-app", AUTHOR, "/accounts/2fa/totp/activate/", prove),
        Page("account-passkeys", AUTHOR, "/accounts/2fa/webauthn/"),
        Page("account-passkey", AUTHOR, "/accounts/2fa/webauthn/add/", prove),
        Page("account-recovery", AUTHOR, "/accounts/2fa/totp/activate/", turn_on_app),
        Page("account-devices", AUTHOR, "/accounts/sessions/"),
        Page("sign-out", AUTHOR, "/accounts/logout/"),
    ]


def studio() -> list[Page]:
    """Return the pages for authors."""
    return [
        Page("studio", AUTHOR, "/studio/"),
        Page("studio-editor", AUTHOR, f"{STUDIO}edit/02-drafted.md"),
        Page("studio-lesson", AUTHOR, "/studio/aws-compute/edit/01-what-they-are.md"),
        Page("studio-conflict", AUTHOR, f"{STUDIO}conflict/{closed_book.FILE}"),
        Page("studio-faulty", AUTHOR, f"{STUDIO}conflict/{FILE}"),
        Page("studio-history", AUTHOR, f"{STUDIO}history/{FILE}"),
        Page("studio-reports", AUTHOR, "/studio/aws-compute/reports/"),
        Page("studio-people", AUTHOR, f"{STUDIO}people/"),
        Page("studio-pictures", AUTHOR, "/studio/aws-compute/pictures/"),
        Page("studio-picture", AUTHOR, "/studio/aws-compute/pictures/media/job-states.svg"),
        Page("studio-new", AUTHOR, f"{STUDIO}new/"),
        Page("studio-refused", AUTHOR, "/studio/new-course/"),
        Page("studio-restore", AUTHOR, f"{STUDIO}restore/1/{closed_book.FILE}"),
        Page("studio-retire", AUTHOR, f"{STUDIO}remove/{closed_book.FILE}"),
        Page("studio-discard", AUTHOR, f"{STUDIO}discard/02-drafted.md"),
    ]


def faults() -> list[Page]:
    """Return the pages for what went wrong, and the page that shows all components."""
    return [
        Page("not-found", STRANGER, "/nothing/here/"),
        Page("failed", STRANGER, "/failed/"),
        Page("too-many", STRANGER, "/too-many/"),
        Page("unavailable", STRANGER, "/unavailable/"),
        Page("not-saved", STRANGER, "/not-saved/"),
        Page("styleguide", STRANGER, "/styleguide/"),
    ]
