"""What a machine lacks: a build says so by failing, a laptop by skipping."""

import pytest

from tests.needed import is_missing


@pytest.mark.parametrize(
    ("variables", "outcome"),
    [({"CI": "true"}, pytest.fail.Exception), ({}, pytest.skip.Exception)],
    ids=["build", "laptop"],
)
def test_a_build_fails_where_a_laptop_skips(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], outcome: type[BaseException]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(outcome, match="no browser"):
        is_missing("no browser")
