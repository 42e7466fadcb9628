"""Every route of cases."""

from flask import Blueprint

from portal.desk.cases import case_page, queue_page, steps
from portal.desk.cases.office import CaseOffice
from portal.desk.services import DeskServices
from portal.settings import PortalSettings


def add_routes(desk: Blueprint, settings: PortalSettings, services: DeskServices) -> None:
    """The queue, the page of a case, the steps."""
    office = CaseOffice(
        queue=services.queue,
        handling=services.handling,
        deciding=services.deciding,
        provisions=services.provisions,
        files=services.case_files,
        records=services.records,
        staff=services.staff,
        archive_name=settings.archive_name,
        now=services.now,
    )
    queue_page.add_routes(desk, office, services.saved_views)
    case_page.add_routes(desk, office)
    steps.add_routes(desk, office)
