"""Which way a message goes."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from portal.notices.mail import Mail, MailServer
from portal.notices.message import Channel, Message, NoticeFailed, Outlet
from portal.notices.sms_gateway import Gateway, SmsGateway
from portal.notices.spool import Spool


class Outlets:
    """The ways that an archive has set up. Without any, nothing can be sent, and whoever tries is told so."""

    def __init__(self, ways: Mapping[Channel, Outlet]) -> None:
        self._ways = dict(ways)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that lead somewhere, e-mail first."""
        return tuple(channel for channel in Channel if channel in self._ways)

    def send(self, message: Message, *, now: datetime) -> None:
        """Hand the message to its outlet. Raises NoticeFailed, also for a channel that is not set up."""
        way = self._ways.get(message.channel)
        if way is None:
            raise NoticeFailed(f"no outlet for {message.channel.value} is set up")
        way.send(message, now=now)

    @contextmanager
    def together(self) -> Iterator["Outlets"]:
        """The same ways for many messages in a row: one conversation with each."""
        with ExitStack() as stack:
            yield Outlets({channel: stack.enter_context(way.together()) for channel, way in self._ways.items()})


def open_outlets(
    *, mail: MailServer | None, sms_folder: Path | None, sms_gateway: Gateway | None, demo_folder: Path | None
) -> Outlets:
    """The outlets of the settings; with a demonstration folder every message goes there and nowhere else. Text messages
    go to the gateway, or into a folder for another program.
    """
    if demo_folder is not None:
        folder = Spool(demo_folder)
        return Outlets(dict.fromkeys(Channel, folder))
    ways: dict[Channel, Outlet] = {}
    if mail is not None:
        ways[Channel.EMAIL] = Mail(mail)
    if sms_gateway is not None:
        ways[Channel.SMS] = SmsGateway(sms_gateway)
    elif sms_folder is not None:
        ways[Channel.SMS] = Spool(sms_folder)
    return Outlets(ways)
