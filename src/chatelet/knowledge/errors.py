"""Coded errors of collections and their documents."""

from chatelet.kernel.errors import AppError


class CollectionNotFound(AppError):
    """There is no such collection, or the caller may not read it."""

    code = "collection_not_found"
    status = 404


class CollectionClosed(AppError):
    """The collection is closed to a named team, or is about to be: no unit has a part in it."""

    code = "collection_closed"
    status = 409


class CollectionAskedAlone(AppError):
    """The collection `name` is closed to a named team: a question looks in it and in no other one."""

    code = "collection_asked_alone"
    status = 409


class CollectionPartMissing(AppError):
    """The caller may read the collection, and not do this in it; `part` is what is missing."""

    code = "collection_part_missing"
    status = 403


class DocumentNotFound(AppError):
    """There is no such document, or the caller may not read its collection."""

    code = "document_not_found"
    status = 404


class DocumentNameTaken(AppError):
    """Another document of the folder has this name."""

    code = "document_name_taken"
    status = 409


class DocumentFollowed(AppError):
    """A source keeps this document in step with a place: it is changed or deleted there."""

    code = "document_followed"
    status = 409


class FolderFollowed(AppError):
    """A source keeps this folder in step with a place: nothing is put there by hand."""

    code = "folder_followed"
    status = 409


class GrantNotFound(AppError):
    """There is no such line among those with whom a collection is shared."""

    code = "collection_grant_not_found"
    status = 404


class CollectionLevelExceeded(AppError):
    """The file is more sensitive than the collection, whose level is that of all its documents."""

    code = "collection_level_exceeded"
    status = 409


class GranteeUnknown(AppError):
    """Nobody here has this address, or no such unit can be chosen."""

    code = "collection_grantee_unknown"
    status = 404
