"""The grounds of a record come in one order, in whatever process they are derived."""

import subprocess
import sys

import pytest

DERIVE = """
from access_policy.record import Parent, Record
from access_policy.rules import conditions_of
from access_policy.terms import Level
above = (Parent("h47.td", Level.FONDS, "Ty", "TĐ"), Parent("h47.td.1", Level.FILE, "Hồ sơ", "TĐ 1", "Công khai"))
one = Record("h47.td.1.1", Level.ITEM, "TĐ 1.1", "h47", "Lưu trữ", "Đơn", "Đọc tại phòng đọc", above)
print([ground.audience.value for ground in conditions_of(one, ()).grounds])
"""


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5", "6"])
def test_the_order_of_grounds_does_not_depend_on_the_process(seed: str) -> None:
    """Else an index that is compared with the archive seems to hold other conditions."""
    command = [sys.executable, "-c", DERIVE]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed})
    assert said.stdout == "['reading-room', 'everyone']\n"
