"""In which direction a language is written, and how an element of a page says what it is in."""

# By the first part of the language code, as CLDR has it; other scripts are told by their own part.
FROM_RIGHT = frozenset(["ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"])
SCRIPTS_FROM_RIGHT = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def direction_of(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language code such as ``ar`` or ``az-Arab``."""
    first, *more = language.lower().split("-")
    scripts = [part for part in more if len(part) == 4]
    is_from_right = scripts[0] in SCRIPTS_FROM_RIGHT if scripts else first in FROM_RIGHT
    return "rtl" if is_from_right else "ltr"


def in_language(language: str) -> dict[str, str]:
    """Return the attributes of an element whose text is in a language."""
    return {"lang": language, "dir": direction_of(language)}
