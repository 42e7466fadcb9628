"""Words of administration: states of lists, what stands against a step, marks of a difference."""

from portal.desk.administration.ledger import ListBar, ListState
from portal.desk.administration.provision_table import Change
from portal.i18n import N_

LIST_STATES = {
    ListState.DRAFT: N_("Bản nhập, chưa có hiệu lực"),
    ListState.COMING: N_("Sẽ có hiệu lực"),
    ListState.IN_FORCE: N_("Đang có hiệu lực"),
    ListState.ENDED: N_("Đã hết hiệu lực"),
}

LIST_TONES = {
    ListState.DRAFT: "conditional",
    ListState.COMING: "conditional",
    ListState.IN_FORCE: "open",
    ListState.ENDED: "closed",
}

LIST_BARS = {
    ListBar.SAME_PERSON: N_(
        "Ông/bà đã nhập danh mục này, nên người khác phải cho hiệu lực: đóng, mở hồ sơ cần hai người."
    ),
    ListBar.ACTIVE: N_("Danh mục này đã có hiệu lực từ trước."),
    ListBar.NOT_ACTIVE: N_("Danh mục bị thay chưa từng có hiệu lực, nên không thay được."),
}

CHANGES = {
    Change.ADDED: N_("thêm"),
    Change.REMOVED: N_("bỏ"),
    Change.CHANGED: N_("sửa"),
}
