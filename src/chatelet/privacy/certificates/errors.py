"""Coded errors of certificates."""

from chatelet.kernel.errors import AppError


class CertificateNotFound(AppError):
    """No such certificate, or not made yet."""

    code = "certificate_not_found"
    status = 404


class CertificateKeyMissing(AppError):
    """The private key that signs certificates cannot be read: nothing is destroyed that could not be certified."""

    code = "certificate_key_missing"
    status = 500
