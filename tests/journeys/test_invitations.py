"""An administrator invites someone, who arrives by the link as it was given."""

from urllib.parse import parse_qs, urlsplit

import aiohttp

from tests.journeys.conftest import NewVisitor
from tests.journeys.service import PASSWORD, Service
from tests.journeys.visitor import Visitor


async def test_the_link_of_an_invitation_leads_to_the_service(
    service: Service, new_visitor: NewVisitor, http: aiohttp.ClientSession
) -> None:
    """The service took a free port (`CHATELET_PORT=0`): the link names that one."""
    administrator = await new_visitor(administrator=True)
    invited = {"email": "hypatie@exemple.fr", "name": "Hypatie", "is_administrator": False}
    answer = await administrator.call("POST", "/api/admin/invitations", invited)
    link = urlsplit(answer.body["link"])
    assert f"{link.scheme}://{link.netloc}" == service.address
    (token,) = parse_qs(urlsplit(link.fragment).query)["token"]
    accepted = {"token": token, "name": "Hypatie", "password": PASSWORD}
    visitor = Visitor(http, service.address)
    made = (await visitor.call("POST", "/api/invitations/accept", accepted)).body
    assert made["person"]["email"] == "hypatie@exemple.fr"
    assert (made["default_level"], made["highest_level"]) == ("internal", "restricted")
