"""People seconded to an office, and back."""

from __future__ import annotations

from tests.domain.telling import START, Told, accepted, refused, said

STARTED = said(
    "SecondmentStarted", "2022-03-01", secondment="跟1", unit="应县", person="钱七", host="city"
)  # fmt: skip


def ended(on: str = "2022-06-01", secondment: str = "跟1") -> Told:
    """The person comes back."""
    return said("SecondmentEnded", on, secondment=secondment)


def test_a_secondment_has_a_number_of_its_own() -> None:
    """A second one of that number is refused, and so is a host that is not of the scheme."""
    again = {**STARTED, "person": "孙八"}
    refused(*START, STARTED, again, field="secondment", what="已由事件 #5 登记")
    fault = refused(*START, {**STARTED, "host": "county"}, field="host", what="“county”")
    assert "city" in fault.fix


def test_it_ends_once_and_not_before_it_began() -> None:
    """Back on the very day is possible; the day before, twice, or without having gone is not."""
    assert accepted(*START, {**STARTED, "on": "2022-03-01T18:00:00"}, ended("2022-03-01T09:00:00"))
    refused(*START, ended(), field="secondment", what="没有登记过跟班学习“跟1”")
    fault = refused(*START, STARTED, ended("2022-02-28"), field="on", what="早于跟班学习开始")
    assert fault.fix == "应不早于 2022-03-01"
    twice = (STARTED, ended(), ended("2022-06-02"))
    refused(*START, *twice, field="secondment", what="#6 结束")


def test_a_retracted_return_may_be_recorded_anew() -> None:
    """And a retracted start frees its number, once its return is gone too."""
    gone = said("EventRetracted", "2022-06-05", target=6, reason="日期有误")
    assert accepted(*START, STARTED, ended(), gone, ended("2022-06-02"))
    all_gone = said("EventRetracted", "2022-06-05", target=5, reason="误登")
    assert accepted(*START, STARTED, ended(), gone, all_gone, {**STARTED, "person": "孙八"})
