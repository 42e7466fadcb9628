"""Whatever the desk may have to name has a word."""

from portal.accounts.credentials.events import Happened
from portal.accounts.credentials.passwords import PasswordFault
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.people.events import Happening
from portal.accounts.staff.roles import Duty, Role
from portal.desk.browser import browser_name
from portal.desk.words import DUTIES, EVENTS, ROLES, named, password_fault


def test_everything_has_a_word() -> None:
    assert set(ROLES) == set(Role)
    assert set(DUTIES) == set(Duty)
    assert {each.value for each in Happened} - set(EVENTS) == {Happened.TRIED.value}, "which is not listed"
    assert {each.value for each in Happening} <= set(EVENTS)
    assert all(password_fault(fault, PasswordRules()) for fault in PasswordFault)


def test_what_a_newer_release_wrote_is_shown_as_it_is() -> None:
    assert named(EVENTS, "something-new") == "something-new"


def test_a_browser_is_named_in_two_words() -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    edge = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Chrome/140.0 Safari/537.36 Edg/140.0"
    assert browser_name(firefox) == "Firefox · Windows"
    assert browser_name(edge) == "Edge · macOS"
    assert browser_name("curl/8") == ""
