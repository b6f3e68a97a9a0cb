"""A rulebook with rulings laid over it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.rulebook.model import Rulebook
from domain.rulebook.readings import Readings
from domain.rulebook.values import ParameterValue


def ruled(scheme: Rulebook, **values: object) -> Readings:
    """Return readings under rulings; ``joint__share`` stands for ``joint.share``."""
    rulings: dict[str, ParameterValue] = {}
    for name, value in values.items():
        path = name.replace("__", ".")
        rulings[path] = scheme.parameters[path].accept(value)
    return Readings(scheme, rulings)


def test_without_rulings_the_scheme_holds(scheme: Rulebook) -> None:
    """Every price and cap is the rulebook's own, and every reading its default."""
    readings = Readings(scheme, {})
    assert readings.rulebook is scheme
    for indicator in scheme.indicators.values():
        assert readings.cap(indicator.id) == indicator.cap
        for key, points in indicator.points.items():
            assert readings.points(indicator.id, key) == points
    assert readings.choice("adoption.repeat") == "once"
    assert readings.count("special.min_characters") == 1500
    assert readings.day("quota.counts_from") == date(2022, 7, 1)
    assert readings.grades() == ()


def test_ruling_changes_its_parameter_and_no_other(scheme: Rulebook) -> None:
    """A ruling on one price leaves the prices beside it, and the rulebook itself, as they are."""
    readings = ruled(scheme, indicators__special_adoption__points__state=5)
    assert readings.points("special_adoption", "state") == 5
    assert readings.points("special_adoption", "city") == 5
    assert readings.points("brief_adoption", "state") == 0
    assert scheme.parameters["indicators.special_adoption.points.state"].default == 0
    assert Readings(scheme, {}).points("special_adoption", "state") == 0


def test_every_kind_of_ruling_is_read(scheme: Rulebook) -> None:
    """A single price, caps set and lifted, a choice, a count, a day and grades can be ruled."""
    readings = ruled(
        scheme,
        indicators__format__points="-0.5",
        indicators__secondment__cap="none",
        indicators__special__cap=20,
        joint__share="split",
        liaison__notice_days=15,
        quota__counts_from="2022-08-01",
        grades=[["优秀", 90]],
    )
    assert readings.points("format") == Decimal("-0.5")
    assert readings.cap("secondment") is None
    assert readings.cap("special") == 20
    assert readings.choice("joint.share") == "split"
    assert readings.count("liaison.notice_days") == 15
    assert readings.day("quota.counts_from") == date(2022, 8, 1)
    assert readings.grades() == (("优秀", Decimal(90)),)


def test_price_that_does_not_exist_is_not_nought(scheme: Rulebook) -> None:
    """Asking for a price that the rulebook does not set is a mistake of the asker."""
    readings = Readings(scheme, {})
    for indicator, key in (("surplus", "commissioned"), ("surplus", ""), ("nothing", "")):
        with pytest.raises(KeyError):
            readings.points(indicator, key)


def test_ruling_on_no_parameter_is_refused(scheme: Rulebook) -> None:
    """A ruling that this rulebook has no parameter for cannot be laid over it unnoticed."""
    with pytest.raises(ValueError, match="规则 shuozhou-2022 没有参数 a、b"):
        Readings(scheme, {"b": 1, "joint.share": "split", "a": 1})
