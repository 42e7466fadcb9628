"""Every route of administration."""

from flask import Blueprint

from portal.desk.administration import (
    export,
    holding_page,
    list_pages,
    list_upload,
    provision_edit,
    provision_pages,
    slips,
    withdrawal_pages,
    workload_page,
)
from portal.desk.administration.office import AdministrationOffice
from portal.desk.services import DeskServices
from portal.settings import PortalSettings


def add_routes(desk: Blueprint, settings: PortalSettings, services: DeskServices) -> None:
    """Provisions, lists, withdrawals, holdings, workload, and what leaves the queue on paper or in a file."""
    office = AdministrationOffice(
        provisions=services.provisions,
        queue=services.queue,
        workload=services.workload,
        ledger=services.ledger,
        index=services.public_index,
        staff=services.staff,
        archive_name=settings.archive_name,
        now=services.now,
    )
    provision_pages.add_routes(desk, office)
    provision_edit.add_routes(desk, office)
    list_pages.add_routes(desk, office)
    list_upload.add_routes(desk, office)
    withdrawal_pages.add_routes(desk, office)
    holding_page.add_routes(desk, office)
    workload_page.add_routes(desk, office)
    export.add_routes(desk, office)
    slips.add_routes(desk, office)
