"""Coded errors of the lists of sites."""

from chatelet.kernel.errors import AppError, NotFound


class WebSiteNotFound(NotFound):
    """No such line among those that the caller manages."""

    code = "web_site_not_found"


class AddressNotUnderstood(AppError):
    """This is neither the address of a page nor the name of a site."""

    code = "web_address_not_understood"
    status = 422


class WebSiteListed(AppError):
    """This site is already in the list of this unit."""

    code = "web_site_listed"
    status = 409
