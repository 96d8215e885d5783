"""What tests sign in at and open documents with: slapd, LemonLDAP::NG and LibreOffice, the system's, when root.

The tests start them themselves, on free ports of this machine, with their data in temporary folders; the packages'
own services are neither configured nor started.
"""

import shutil
import subprocess
from pathlib import Path

import console
import environment

_SLAPD = ("slapd", "ldap-utils")
_PORTAL = (
    "lemonldap-ng-fastcgi-server", "liblemonldap-ng-portal-perl", "libcrypt-openssl-bignum-perl",
    "libcrypt-openssl-x509-perl", "libio-string-perl", "libstring-random-perl",
)  # fmt: skip
# What its OpenID Connect needs; the package itself only recommends some of them.
_MODULES = (
    "Lemonldap::NG::Portal", "Crypt::OpenSSL::Bignum", "Crypt::OpenSSL::X509", "IO::String", "String::Random",
)  # fmt: skip
# 104 MB to fetch and 325 MB once installed, without a window, Java nor help.
_OFFICE = (
    "libreoffice-writer-nogui", "libreoffice-calc-nogui", "libreoffice-impress-nogui", "python3-uno",
)  # fmt: skip
_NOT_ROOT = """\
The tests use real servers and a real office, which this machine lacks: {packages}.
This account cannot install them. As root, then start again:
  apt-get install --no-install-recommends {packages}"""
_POLICY = Path("/usr/sbin/policy-rc.d")


def prepare() -> None:
    """Install what is missing; say plainly what, where this account may not."""
    wanted = [
        *(() if has_slapd() else _SLAPD),
        *(() if has_portal() else _PORTAL),
        *(() if has_office() else _OFFICE),
    ]
    if not wanted:
        return
    if not environment.can_install_packages():
        raise console.StepFailed(_NOT_ROOT.format(packages=" ".join(wanted)))
    with console.step("slapd and LemonLDAP::NG, to sign in at; LibreOffice, to open what is made"):
        subprocess.run(["debconf-set-selections"], input=b"slapd slapd/no_configuration boolean true\n", check=False)
        _install_without_starting(wanted)


def has_slapd() -> bool:
    """Tell whether there is an LDAP server to run."""
    is_there = shutil.which("slapd") is not None or Path("/usr/sbin/slapd").exists()
    return is_there and shutil.which("ldapmodify") is not None


def has_portal() -> bool:
    """Tell whether there is a portal to run."""
    if shutil.which("perl") is None or shutil.which("plackup") is None:
        return False
    loaded = [f"-M{name}" for name in _MODULES]
    return subprocess.run(["perl", *loaded, "-e", "1"], capture_output=True, check=False).returncode == 0


def has_office() -> bool:
    """Tell whether there is an office to open documents with, and the means to speak to it."""
    if shutil.which("soffice") is None:
        return False
    return subprocess.run(["/usr/bin/python3", "-c", "import uno"], capture_output=True, check=False).returncode == 0


def _install_without_starting(packages: list[str]) -> None:
    """Install; a policy of our own, for that time, keeps the packages' services from starting."""
    if _POLICY.exists():  # containers have one already
        environment.apt_get(*packages)
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n")
    _POLICY.chmod(0o755)
    try:
        environment.apt_get(*packages)
    finally:
        _POLICY.unlink()
