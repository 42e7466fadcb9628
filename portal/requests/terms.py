"""The closed vocabularies of a request. Codes of purpose and fee class are those of TT 05/2025/TT-BNV."""

from enum import Enum

from portal.i18n import N_


class Kind(Enum):
    """What is asked for one record. One case may hold both."""

    READING = "reading"
    COPY = "copy"


class Medium(Enum):
    """On what a copy is made."""

    PAPER = "paper"
    DIGITAL = "digital"


class Purpose(Enum):
    """Why somebody wants to read (`purpose`)."""

    PERSONAL = "01"
    OFFICIAL = "02"
    SPECIAL_OFFICIAL = "03"


class FeeClass(Enum):
    """To whom a relief of fees may apply (`feeObjectType`)."""

    STUDENT = "01"
    MARTYRS_RELATIVE = "02"
    WOUNDED = "03"
    RESISTANCE = "04"
    HELPED_REVOLUTION = "05"
    WORSHIPS_MARTYR = "06"
    RETIRED = "07"
    DISABLED = "08"
    OCCUPATIONAL_DISEASE = "09"
    OTHER = "10"


class Behalf(Enum):
    """For whom the request is made."""

    SELF = "self"
    ORGANISATION = "organisation"
    OTHER_PERSON = "other-person"


class Outcome(Enum):
    """What is decided on one record."""

    APPROVED = "approved"
    CONDITIONAL = "conditional"
    REFUSED = "refused"


class Place(Enum):
    """Where a permit is good."""

    ANYWHERE = "anywhere"
    READING_ROOM = "reading-room"


class ItemClass(Enum):
    """How a record stands in the table of approval. `CLOSED` is whatever is neither open nor conditional."""

    OPEN = "open"
    CONDITIONAL = "conditional"
    CLOSED = "closed"


KINDS = {Kind.READING: N_("Đọc"), Kind.COPY: N_("Sao chụp")}
MEDIA = {Medium.PAPER: N_("Bản giấy"), Medium.DIGITAL: N_("Bản điện tử")}
PURPOSES = {
    Purpose.PERSONAL: N_("Nhu cầu cá nhân"),
    Purpose.OFFICIAL: N_("Công vụ"),
    Purpose.SPECIAL_OFFICIAL: N_("Công vụ đặc biệt"),
}
FEE_CLASSES = {
    FeeClass.STUDENT: N_("Học sinh, sinh viên, học viên, nghiên cứu sinh"),
    FeeClass.MARTYRS_RELATIVE: N_("Thân nhân liệt sĩ"),
    FeeClass.WOUNDED: N_("Thương binh, bệnh binh"),
    FeeClass.RESISTANCE: N_("Người hoạt động kháng chiến"),
    FeeClass.HELPED_REVOLUTION: N_("Người có công giúp đỡ cách mạng"),
    FeeClass.WORSHIPS_MARTYR: N_("Người thờ cúng liệt sĩ"),
    FeeClass.RETIRED: N_("Người hưởng chế độ hưu trí"),
    FeeClass.DISABLED: N_("Người mất sức lao động, bị tai nạn lao động"),
    FeeClass.OCCUPATIONAL_DISEASE: N_("Người mắc bệnh nghề nghiệp"),
    FeeClass.OTHER: N_("Không thuộc diện trên"),
}
BEHALVES = {
    Behalf.SELF: N_("Cho chính tôi"),
    Behalf.ORGANISATION: N_("Cho cơ quan, tổ chức của tôi"),
    Behalf.OTHER_PERSON: N_("Cho người khác đã ủy quyền cho tôi"),
}
OUTCOMES = {
    Outcome.APPROVED: N_("Đồng ý"),
    Outcome.CONDITIONAL: N_("Đồng ý có điều kiện"),
    Outcome.REFUSED: N_("Từ chối"),
}
PLACES = {Place.ANYWHERE: N_("Ở bất cứ đâu"), Place.READING_ROOM: N_("Chỉ tại phòng đọc")}
