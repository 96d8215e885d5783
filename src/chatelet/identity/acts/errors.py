"""Coded errors of acts on many persons."""

from chatelet.kernel.errors import AppError


class PersonActNotFound(AppError):
    """No such act, or it is somebody else's."""

    code = "person_act_not_found"
    status = 404


class PersonActChanged(AppError):
    """Other persons than those seen would be acted on now: `count` of them. Look again, then confirm."""

    code = "person_act_changed"
    status = 409


class PersonActEmpty(AppError):
    """Nobody is left to act on."""

    code = "person_act_empty"
    status = 409


class PersonActState(AppError):
    """The act is not in a state in which this may be asked: it is `state`."""

    code = "person_act_state"
    status = 409
