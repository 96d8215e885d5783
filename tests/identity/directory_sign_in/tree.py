"""What the directories of these tests hold: an observatory with two laboratories, and a small Active Directory."""

import base64
from uuid import UUID

from tests.fakes.ldap_server import ACTIVE, BASE, SERVICE, SERVICE_PASSWORD

PASSWORD = "Les marées obéissent à la Lune"
ADA_GUID = UUID("6f9619ff-8b86-d011-b42d-00cf4fc964ff")
IN_CHAIN = f"cn=agents,{ACTIVE}"
ADA = f"uid=ada,ou=LAB1,ou=structures,{BASE}"


def encoded(text: str) -> str:
    """Write a value of LDIF that may hold anything."""
    return base64.b64encode(text.encode()).decode()


def entry(dn: str, *classes: str, **attributes: str | list[str]) -> str:
    """Write an entry (LDIF); what is not ASCII in base 64."""
    lines = [f"dn:: {encoded(dn)}", *(f"objectClass: {one}" for one in classes)]
    for name, values in attributes.items():
        listed = [values] if isinstance(values, str) else values
        lines += [f"{name}:: {encoded(value)}" for value in listed]
    return "\n".join(lines) + "\n\n"


def unit(code: str, name: str, under: str = f"ou=structures,{BASE}") -> str:
    return entry(f"ou={code},{under}", "organizationalUnit", ou=code, description=name)


def person(uid: str, name: str, unit: str, **more: str | list[str]) -> str:
    given, _, family = name.partition(" ")
    told = {"mail": f"{uid}@exemple.fr", "userPassword": PASSWORD, **more}
    dn = f"uid={uid},{unit}"
    return entry(dn, "inetOrgPerson", uid=uid, cn=name, givenName=given, sn=family or given, **told)


_LAB1, _LAB2 = (f"ou={code},ou=structures,{BASE}" for code in ("LAB1", "LAB2"))
OBSERVATORY = "".join(
    (
        entry(BASE, "dcObject", "organization", dc="exemple", o="Observatoire"),
        entry(SERVICE, "organizationalRole", "simpleSecurityObject", cn="lecture", userPassword=SERVICE_PASSWORD),
        entry(f"ou=structures,{BASE}", "organizationalUnit", ou="structures"),
        entry(f"ou=groupes,{BASE}", "organizationalUnit", ou="groupes"),
        unit("LAB1", "Laboratoire des marées"),
        unit("EQ1", "Équipe Lune", _LAB1),
        unit("LAB2", "Laboratoire des comètes"),
        person("ada", "Ada Lovelace", _LAB1, departmentNumber="LAB1", preferredLanguage="en-GB"),
        person("emilie", "Émilie du Châtelet", f"ou=EQ1,{_LAB1}", departmentNumber="EQ1"),
        person("(star)*", "Nom Étrange", _LAB2),
        person("partie", "Personne Partie", _LAB2, employeeType="parti"),
        person("jumeau", "Premier Jumeau", _LAB1, mail=["jumeaux@exemple.fr"]),
        person("jumeau", "Second Jumeau", _LAB2, mail=["jumeaux@exemple.fr"]),
        entry(f"cn=comité,ou=groupes,{BASE}", "groupOfNames", cn="comité", member=[ADA]),
    )
)


def _user(name: str, full: str, control: int, **more: str) -> str:
    return entry(
        f"cn={full},ou=agents,{ACTIVE}", "inetOrgPerson", "adUser", cn=full, sn=full, sAMAccountName=name,
        userPrincipalName=f"{name}@ad.exemple.fr", userAccountControl=str(control), userPassword=PASSWORD, **more,
    )  # fmt: skip


ACTIVE_DIRECTORY = "".join(
    (
        entry(ACTIVE, "dcObject", "organization", dc="ad", o="Ministère"),
        entry(f"ou=agents,{ACTIVE}", "organizationalUnit", ou="agents"),
        _user("ada", "Ada Lovelace", 512).rstrip()
        + f"\nobjectGUID:: {base64.b64encode(ADA_GUID.bytes_le).decode()}\n\n",
        _user("bruno", "Bruno Parti", 514).rstrip()
        + f"\nobjectGUID:: {base64.b64encode(UUID(int=2).bytes_le).decode()}\n\n",
        _user("sans", "Sans Identifiant", 512),
    )
)
