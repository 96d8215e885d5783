"""What the routes of directories read and write. The service's password goes in and never comes out."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, field_validator

from chatelet.identity.directory_sign_in.directory import Groups, SubjectAttribute
from chatelet.identity.imports.schemas import ImportReport
from chatelet.identity.principal import Language
from chatelet.identity.schemas import Written
from chatelet.identity.single_sign_on.schemas import GiftOut
from chatelet.kernel.ldap import filters
from chatelet.kernel.ldap.names import parts_of, server_at

_Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
_Issuer = Annotated[str, Field(pattern=r"^ldap:[a-z0-9][a-z0-9._-]{0,63}$")]
_Name = Annotated[str, Field(min_length=1, max_length=80)]
_Certificate = Annotated[str, Field(max_length=64_000)]
_Password = Annotated[str, Field(min_length=1, max_length=1_000)]
_Dn = Annotated[str, Field(min_length=3, max_length=1_000)]
_Filter = Annotated[str, Field(min_length=3, max_length=2_000)]
_Attribute = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")]
_Servers = Annotated[list[Annotated[str, Field(max_length=300)]], Field(min_length=1, max_length=8)]
_Position = Annotated[int, Field(ge=0, le=1_000)]
PERSON_FILTER = "(&(objectClass=inetOrgPerson)(uid={name}))"


class DirectorySignIn(Written):
    """What somebody types. An empty password is nothing to try: LDAP would call it a success."""

    name: Annotated[str, Field(min_length=1, max_length=256)]
    password: _Password

    @field_validator("password")
    @classmethod
    def _text(cls, value: str) -> str:
        if "\0" in value:
            raise ValueError("a text is expected")
        return value


class _DirectoryFields(Written):
    @field_validator("servers", check_fields=False)
    @classmethod
    def _addresses(cls, value: list[str] | None) -> list[str] | None:
        return None if value is None else list(dict.fromkeys(server_at(one).address for one in value))

    @field_validator("base_dn", "bind_dn", "group_base", "unit_base", check_fields=False)
    @classmethod
    def _readable_name(cls, value: str | None) -> str | None:
        if value is not None and not ("@" in value and "=" not in value):  # Active Directory binds `name@domain` too
            parts_of(value)
        return value

    @field_validator("person_filter", check_fields=False)
    @classmethod
    def _names_somebody(cls, value: str | None) -> str | None:
        if value is not None and "{name}" not in value:
            raise ValueError("{name} is expected in the filter")
        return value

    @field_validator("person_filter", "disabled_filter", "import_filter", "unit_filter", check_fields=False)
    @classmethod
    def _readable_filter(cls, value: str | None) -> str | None:
        if value is not None:
            filters.encode(filters.fill(value, name="x"))
        return value

    @field_validator("name_fr", "name_en", "bind_dn", "bind_password", check_fields=False)
    @classmethod
    def _printable(cls, value: str | None) -> str | None:
        if value is not None and not value.isprintable():
            raise ValueError("one line of printable characters is expected")
        return value


class NewLdapDirectory(_DirectoryFields):
    """A directory to declare. `issuer`, which its persons are of, is `ldap:<code>` unless said otherwise."""

    code: _Code
    issuer: _Issuer | None = None
    name_fr: _Name
    name_en: _Name
    servers: _Servers
    ca_certificate: _Certificate | None = None
    bind_dn: _Dn
    bind_password: _Password
    base_dn: _Dn
    person_filter: _Filter = PERSON_FILTER
    subject_attribute: SubjectAttribute = "entryUUID"
    disabled_filter: _Filter | None = None
    groups: Groups = "none"
    group_base: _Dn | None = None
    import_filter: _Filter | None = None
    unit_base: _Dn | None = None
    unit_filter: _Filter | None = None
    unit_code: _Attribute = "ou"
    unit_name: _Attribute = "description"
    unit_parent: _Attribute | None = None
    person_unit: _Attribute | None = None
    enabled: bool = True
    creates_persons: bool = True
    language: Language = "fr"
    position: _Position = 0


class LdapDirectoryChange(_DirectoryFields):
    """What may be changed; absent means unchanged, null forgets what may be absent.

    The issuer and the attribute that identifies are who the persons are: another one is another directory.
    """

    name_fr: _Name | None = None
    name_en: _Name | None = None
    servers: _Servers | None = None
    ca_certificate: _Certificate | None = None
    bind_dn: _Dn | None = None
    bind_password: _Password | None = None
    base_dn: _Dn | None = None
    person_filter: _Filter | None = None
    disabled_filter: _Filter | None = None
    groups: Groups | None = None
    group_base: _Dn | None = None
    import_filter: _Filter | None = None
    unit_base: _Dn | None = None
    unit_filter: _Filter | None = None
    unit_code: _Attribute | None = None
    unit_name: _Attribute | None = None
    unit_parent: _Attribute | None = None
    person_unit: _Attribute | None = None
    enabled: bool | None = None
    creates_persons: bool | None = None
    language: Language | None = None
    position: _Position | None = None


class LdapDirectoryOut(BaseModel):
    """A directory, as shown to administrators."""

    id: UUID
    code: str
    issuer: str
    name_fr: str
    name_en: str
    servers: list[str]
    ca_certificate: str | None
    bind_dn: str
    base_dn: str
    person_filter: str
    subject_attribute: SubjectAttribute
    disabled_filter: str | None
    groups: Groups
    group_base: str | None
    import_filter: str | None
    unit_base: str | None
    unit_filter: str | None
    unit_code: str
    unit_name: str
    unit_parent: str | None
    person_unit: str | None
    enabled: bool
    creates_persons: bool
    language: Language
    position: int


class DirectoryTrial(Written):
    """Whose entry to look for, as they would type their name; absent: the servers only are tried."""

    name: Annotated[str, Field(min_length=1, max_length=256)] | None = None


class ServerState(BaseModel):
    """How a server answered: `ready`, or why not."""

    address: str
    state: Literal["ready", "connection", "certificate", "tls", "silent", "busy", "closed", "service_bind"]


class DirectoryTried(BaseModel):
    """What a trial found: the servers, and somebody's claims with what they would be given, nothing being given."""

    servers: list[ServerState]
    found: bool | None = None
    disabled: bool = False
    claims: dict[str, str | list[str]] = {}
    gifts: list[GiftOut] = []


class DirectoryImport(Written):
    """What to read from the directory; without `apply`, a trial."""

    kind: Literal["units", "persons"]
    apply: bool = False


class DirectoryImportReport(BaseModel):
    """The report of the import, and the entry behind each line that has a problem."""

    report: ImportReport
    entries: dict[int, str]


class GonePerson(BaseModel):
    """Somebody who may sign in here, and whom the directory no longer has, or says disabled."""

    id: UUID
    name: str
    email: str | None
    subject: str
    reason: Literal["no_longer_named", "said_inactive"]


GoneOrder = Literal["name", "-name", "email", "-email", "reason", "-reason"]


class GonePersons(BaseModel):
    """A page of them; `total`: how many are found."""

    items: list[GonePerson]
    total: int
    next_cursor: str | None
