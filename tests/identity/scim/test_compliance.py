"""The whole check of a public SCIM tester, by its public client, over real HTTP."""

import asyncio

from tests.identity.scim.conftest import Directory

# A person always may or may not sign in: `active` is said, never removed.
_ON_PURPOSE = "PATCH modify() did not remove attribute 'active'"


async def test_a_public_tester_finds_nothing_to_say(directory: Directory) -> None:
    # Late: the client's models take seconds to be made, in each process that collects the tests.
    from httpx2 import Client as HttpClient
    from scim2_client.engines.httpx2 import SyncSCIMClient
    from scim2_tester import Status, check_server

    def check() -> list[tuple[Status, str, str]]:
        headers = {"Authorization": f"Bearer {directory.token}"}
        with HttpClient(base_url=f"{directory.client.address}/scim/v2", headers=headers) as http:
            results = check_server(SyncSCIMClient(http))
        return [(one.status, one.title or "", one.reason or "") for one in results]

    results = await asyncio.to_thread(check)
    bad = {Status.ERROR, Status.CRITICAL, Status.DEVIATION}
    assert [one for one in results if one[0] in bad and one[2] != _ON_PURPOSE] == []
    assert len([one for one in results if one[0] is Status.SUCCESS]) > 50
