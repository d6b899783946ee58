"""Every component of the site on one page, in light and in dark: for those who develop it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quizzes.showing.choosing import ShownChoice

# The tokens of static/css/tokens.css, by what they are for.
COLOURS = [
    "paper",
    "paper-raised",
    "paper-sunk",
    "ink",
    "ink-soft",
    "rule",
    "rule-strong",
    "accent",
    "accent-strong",
    "accent-wash",
    "on-accent",
    "right",
    "right-wash",
    "wrong",
    "wrong-wash",
    "partial",
    "partial-wash",
    "shade",
]
TEXTS = ["text-h1", "text-h2", "text-h3", "text-lead", "text", "text-ui", "text-small"]
SPACES = [f"space-{number}" for number in range(1, 9)]
SCHEMES = ["light", "dark"]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show tokens and components. It has an address only where ``DEBUG`` is on."""
    context = {
        "columns": [
            {"scheme": scheme, "position": number, **_samples(number)}
            for number, scheme in enumerate(SCHEMES, start=1)
        ],
        "colours": COLOURS,
        "texts": TEXTS,
        "spaces": SPACES,
    }
    return render(request, "styleguide/page.html", context)


def _samples(position: int) -> dict[str, object]:
    """Return questions of each way to answer as their templates take them.

    Their versions, which names of elements are made of, differ from those of any other position.
    """
    details = {
        "asked": {"choices": _choices()},
        "told": {"choices": _told(), "left": ()},
        "typed": {"value": "15", "unit": "min"},
        "ordered": {"rows": _rows()},
        "placed": {"rows": _rows(), "options": _options()},
    }
    return {
        **{
            name: {"position": position, "version": f"{name}-{position}", "detail": detail}
            for name, detail in details.items()
        },
        "verdicts": [
            {"verdict": "correct", "verdict_label": _("Correct")},
            {"verdict": "partial", "verdict_label": _("Partly right")},
            {"verdict": "incorrect", "verdict_label": _("Not correct")},
        ],
        "held": [
            {"step": 4, "dots": "●●●●", "word": _("firm")},
            {"step": 2, "dots": "●●○○", "word": _("fading")},
            {"step": 0, "dots": "○○○○", "word": _("not asked")},
        ],
        "marks": [
            {"is_finished": True, "is_passed": True, "right": 5, "total": 5},
            {"is_finished": True, "is_passed": False, "right": 2, "total": 5},
        ],
    }


def _choices() -> list[ShownChoice]:
    texts = [_("A choice"), _("A choice that is picked"), _("A longer choice, which may wrap")]
    return [
        ShownChoice(id=str(number), html=text, picked=number == 1)
        for number, text in enumerate(texts)
    ]


def _told() -> list[ShownChoice]:
    reason = _("Why it is so, where it was answered.")
    told = [
        ("right-picked", _("Your answer, correct")),
        ("wrong-picked", _("Your answer, not correct")),
        ("right-missed", _("Correct answer")),
        ("open", ""),
    ]
    return [
        ShownChoice(id=state, html=_("A choice"), state=state, label=label, explanation=reason)
        for state, label in told
    ]


def _rows() -> list[dict[str, object]]:
    return [{"id": word, "html": word, "plain": word} for word in (_("Ice"), _("Water"))]


def _options() -> list[tuple[str, str]]:
    return [("solid", _("solid")), ("liquid", _("liquid"))]
