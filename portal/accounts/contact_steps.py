"""The two steps that prove a contact, the same for a first sign-in and for a change: a message goes, a code comes."""

from dataclasses import replace

from flask import request

from portal.accounts.answers import FIELDS, ContactAnswer, Wrong, read_code
from portal.accounts.obstacles import log
from portal.accounts.people.account import Account
from portal.accounts.people.contact import LIVES, Answer, TooManyCodes
from portal.accounts.reception import Reception
from portal.accounts.speaking import speaking
from portal.i18n import _
from portal.notices.message import Channel, Message, NoticeFailed


def send_code(reception: Reception, account: Account, answer: ContactAnswer) -> ContactAnswer:
    """Send a code to the contact of the answer; what kept it from going is added to the answer."""
    if answer.contact is None:
        return answer
    channel, address = answer.contact
    try:
        code = reception.codes.start(account, channel, address, now=reception.now())
    except TooManyCodes:
        return _stopped(answer, _("Cổng vừa gửi đủ số tin cho phép. Xin đợi khoảng 15 phút rồi thử lại."))
    try:
        reception.outlets.send(_message(reception, account, channel, address, code.digits), now=reception.now())
    except NoticeFailed as error:
        reception.codes.not_sent(code)
        log.error("contact code not sent: %s", error)
        return _stopped(answer, _("Cổng chưa gửi được tin tới địa chỉ này. Xin thử lại, hoặc ghi cách liên lạc khác."))
    return answer


def check_code(reception: Reception, account: Account) -> tuple[Wrong, ...]:
    """What is wrong with the code in the form; nothing when it is right, and the contact then is the account's."""
    digits = read_code(request.form)
    if digits is None:
        return (Wrong("code", _("Mã gồm 6 chữ số.")),)
    proven = reception.codes.pending(account.id, now=reception.now())
    answer = reception.codes.answer(account.id, digits, now=reception.now())
    if answer is Answer.RIGHT:
        if account.contact_verified_at is not None and account.contact is not None and account.contact != proven:
            _tell_of_change(reception, account.language, *account.contact)
        return ()
    if answer is Answer.SPENT:
        return (Wrong("code", _("Mã này không còn dùng được. Xin lấy mã mới.")),)
    return (Wrong("code", _("Mã chưa đúng. Xin xem lại tin vừa nhận.")),)


def masked(channel: Channel, address: str) -> str:
    """Enough of a contact for its owner to know it by."""
    if channel is Channel.EMAIL:
        name, _at, domain = address.partition("@")
        return f"{name[:2]}…@{domain}"
    return f"{address[:3]}…{address[-3:]}"


def _stopped(answer: ContactAnswer, message: str) -> ContactAnswer:
    field = FIELDS[answer.contact[0]] if answer.contact else "email"
    return replace(answer, contact=None, wrong=(Wrong(field, message),))


def _tell_of_change(reception: Reception, language: str, channel: Channel, address: str) -> None:
    """To the contact that was: a change that its reader did not make must not go unseen. It stays when this fails."""
    with speaking(language):
        archive = reception.archive_names[language]
        subject = _("Cách liên lạc của ông/bà đã được đổi") if channel is Channel.EMAIL else ""
        text = _(
            "Cách liên lạc của ông/bà với %(archive)s vừa được đổi; từ nay tin không gửi tới đây nữa. Nếu ông/bà không "
            "làm việc này, xin đăng nhập, kết thúc các phiên lạ trong tài khoản và báo ngay cho lưu trữ.",
            archive=archive,
        )
    try:
        reception.outlets.send(Message(channel, address, subject, text), now=reception.now())
    except NoticeFailed as error:
        log.error("change of a contact not told to the old one: %s", error)


def _message(reception: Reception, account: Account, channel: Channel, address: str, digits: str) -> Message:
    minutes = int(LIVES.total_seconds()) // 60
    with speaking(account.language):
        archive = reception.archive_names[account.language]
        subject = _("Mã xác nhận của %(archive)s", archive=archive) if channel is Channel.EMAIL else ""
        text = _(
            "%(code)s là mã xác nhận liên lạc của ông/bà với %(archive)s. Mã dùng được trong %(minutes)s phút. "
            "Không đưa mã cho ai. Nếu ông/bà không yêu cầu, xin bỏ qua tin này.",
            code=digits,
            archive=archive,
            minutes=minutes,
        )
    return Message(channel, address, subject, text)
