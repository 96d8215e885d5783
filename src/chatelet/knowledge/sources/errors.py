"""Coded errors of places and of sources; those of a run are stored on the source or on its entry."""

from chatelet.kernel.errors import AppError


class PlaceNotFound(AppError):
    """There is no such place, or the caller may not use it there."""

    code = "place_not_found"
    status = 404


class PlaceNotAllowed(AppError):
    """The settings of this server do not list this folder or this address, or the credential is not of its kind."""

    code = "place_not_allowed"
    status = 409


class PlaceCredentialNeeded(AppError):
    """A credential never follows an address that changes: it is given again."""

    code = "place_credential_needed"
    status = 409


class SourceNotFound(AppError):
    """There is no such source, or the caller may not see it."""

    code = "source_not_found"
    status = 404


class SourceFolderTaken(AppError):
    """The folder is another source's, is in one or holds one, or documents were put in it by hand."""

    code = "source_folder_taken"
    status = 409


class SourceNeedsUnit(AppError):
    """Only the collections of a unit follow places."""

    code = "source_needs_unit"
    status = 409


class SourceRightsRequired(AppError):
    """Whoever follows this place follows the rights that it tells."""

    code = "source_rights_required"
    status = 409


class SourcePaused(AppError):
    """The source is paused: it is resumed first."""

    code = "source_paused"
    status = 409


class SourcePlaceWithdrawn(AppError):
    """The place of this source is no longer for the unit that owns the collection."""

    code = "source_place_withdrawn"
    status = 409


class SourceTooSlow(AppError):
    """The place did not tell all it holds within the longest time of a run."""

    code = "source_too_slow"
    status = 503


class SourceInterrupted(AppError):
    """Something unforeseen ended the run; it is tried again."""

    code = "source_interrupted"
    status = 500


class EntryNameTaken(AppError):
    """Another entry of the place has the same name here."""

    code = "entry_name_taken"
    status = 409
