"""Documents, instructions, meetings, duty rosters and changes of staff."""

from __future__ import annotations

import pytest

from tests.domain.telling import START, Told, accepted, refused, said

DOCUMENT = said("DocumentIssued", "2022-03-01", document="甲", title="通知", kind="notice")
CHANGE = said("StaffChanged", "2022-05-01", change="变1", unit="应县", role="staff")


def instructed(document: str = "甲", on: str = "2022-03-05") -> Told:
    """An instruction on a document."""
    return said("LeaderInstructed", on, document=document, unit="应县")


def notified(on: str, change: str = "变1") -> Told:
    """The office is told of a change."""
    return said("StaffChangeNotified", on, change=change)


def test_a_document_has_a_number_of_its_own() -> None:
    """A second one of that number is refused, with where the first stands."""
    again = {**DOCUMENT, "title": "另一份"}
    fault = refused(*START, DOCUMENT, again, field="document", what="“甲”已由事件 #5 登记")
    assert "换一个" in fault.fix


def test_the_number_of_a_retracted_document_is_free_again() -> None:
    """It may be given to another one."""
    gone = said("EventRetracted", "2022-03-02", target=5, reason="误登")
    assert accepted(*START, DOCUMENT, gone, {**DOCUMENT, "title": "另一份"}, instructed())


def test_a_document_of_a_kind_of_the_scheme() -> None:
    """Another kind is refused with those there are."""
    wrong = {**DOCUMENT, "kind": "letter"}
    fault = refused(*START, wrong, field="kind", what="“letter”不是可用的取值")
    assert "notice（" in fault.fix


def test_an_instruction_is_on_a_document_that_is_there() -> None:
    """Whether before or after its day; a unit may instruct more than once."""
    refused(*START, instructed(), field="document", what="没有登记过文件“甲”")
    assert accepted(*START, DOCUMENT, instructed(on="2022-02-01"), instructed(), instructed())


def test_a_meeting_has_a_topic() -> None:
    """At least one, and each of the scheme's."""
    meeting = said("DeploymentStudied", "2022-03-01", unit="应县", topics=[])
    assert "约稿" in refused(*START, meeting, field="topics", what="没有写明").fix
    wrong = {**meeting, "topics": ["brief", "news"]}
    refused(*START, wrong, field="topics", what="“news”不是可用的取值")
    assert accepted(*START, {**meeting, "topics": "brief、special"})


def test_a_roster_names_somebody() -> None:
    """One part is enough, none is refused."""
    roster = said("DutyRosterReported", "2022-03-01", unit="应县")
    refused(*START, roster, field="leader", what="没有任何一项职责")
    for part in ({"leader": "甲"}, {"agency": "乙"}, {"staff": ["丙"]}):
        assert accepted(*START, {**roster, **part})


def test_a_change_has_a_number_of_its_own_and_a_role() -> None:
    """A second one of that number and an unknown role are refused."""
    refused(*START, CHANGE, {**CHANGE, "unit": "开发区"}, field="change", what="已由事件 #5 登记")
    refused(*START, {**CHANGE, "role": "driver"}, field="role", what="“driver”")


@pytest.mark.parametrize("day", ["2022-05-01", "2022-05-01T00:00:00", "2022-04-30T16:00:00Z"])
def test_a_notice_of_a_change_on_its_day(day: str) -> None:
    """The local day counts, never the hour."""
    later = {**CHANGE, "on": "2022-05-01T23:00:00"}
    assert accepted(*START, later, notified(day))


def test_a_notice_is_of_a_change_that_is_there_and_not_before_it() -> None:
    """The change's own day is said."""
    refused(*START, notified("2022-05-01"), field="change", what="没有登记过变动“变1”")
    fault = refused(*START, CHANGE, notified("2022-04-30"), field="on", what="早于人员变动")
    assert fault.fix == "应不早于 2022-05-01"
    assert "#5" in fault.what


def test_what_is_named_has_to_stand() -> None:
    """A retracted change is as good as none."""
    gone = said("EventRetracted", "2022-05-02", target=5, reason="误登")
    refused(*START, CHANGE, gone, notified("2022-05-03"), field="change", what="没有登记过变动")
