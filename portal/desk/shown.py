"""What every page of the desk knows."""

from datetime import datetime

from flask import Flask, g

from portal.accounts.staff.member import StaffMember
from portal.clock import ARCHIVE_ZONE
from portal.desk.home import role_names, ways_of
from portal.i18n import language
from portal.settings import PortalSettings


def install(app: Flask, settings: PortalSettings) -> None:
    """Give templates the names of the archive, who is signed in, and the moments of lists."""
    app.jinja_env.filters["moment"] = moment

    @app.context_processor
    def _known() -> dict[str, object]:
        who: StaffMember | None = g.get("member")
        return {
            "archive_name": settings.archive_name if language() == "vi" else settings.archive_name_en,
            "contact_email": settings.contact_email,
            "demo": settings.demo,
            "public_url": settings.base_url,
            "idle_minutes": settings.desk_idle_minutes,
            "who": who,
            "who_roles": role_names(who) if who else "",
            "who_may": ways_of(who) if who else [],
        }


def moment(value: datetime) -> str:
    """21/11/2026 14:05:09, in the archive's own time."""
    local = value.astimezone(ARCHIVE_ZONE)
    return f"{local.day}/{local.month}/{local.year} {local:%H:%M:%S}"
