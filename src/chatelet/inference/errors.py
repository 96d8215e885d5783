"""What can go wrong between a clearance and an answer.

`try_another` tells whether the next candidate may be asked instead, as long as nothing of the answer was given.
"""

from typing import ClassVar

from chatelet.kernel.errors import AppError, NotFound
from chatelet.policy.errors import Refusal


class NoModelCleared(Refusal):
    """No model of this installation may receive content of this sensitivity."""

    code = "no_model_cleared"


class ModelNotCleared(Refusal):
    """The model asked for may not receive content of this sensitivity."""

    code = "model_not_cleared"


class NoModelClearedForCategories(Refusal):
    """Models may receive this level, none these categories."""

    code = "no_model_cleared_for_categories"


class ModelNotClearedForCategories(Refusal):
    """The model asked for may receive this level, not these categories."""

    code = "model_not_cleared_for_categories"


class ModelNotFound(NotFound):
    """No enabled model has this identifier."""

    code = "model_not_found"


class NoModelAvailable(AppError):
    """Every model that may receive this content is out of reach for now."""

    code = "no_model_available"
    status = 503


class ModelError(AppError):
    """Base of what a model server can do to a turn."""

    status = 502
    try_another: ClassVar[bool] = True


class ModelUnreachable(ModelError):
    """The model server does not answer, or answered that it is broken."""

    code = "model_unreachable"


class ModelRefusedCredentials(ModelError):
    """The model server refuses this installation's credentials."""

    code = "model_refused_credentials"


class ModelRejectedRequest(ModelError):
    """The model server refuses the request as it is."""

    code = "model_rejected_request"
    public_status = 400
    try_another = False


class ModelSeesNoImages(ModelError):
    """The model reads text alone; nothing was sent to it."""

    code = "model_sees_no_images"
    status = 422
    public_status = 400
    try_another = False


class ModelContextExceeded(ModelError):
    """The conversation is longer than what the model can read."""

    code = "model_context_exceeded"
    status = 413
    public_code = "context_length_exceeded"
    public_status = 400
    try_another = False


class ModelOverloaded(ModelError):
    """The model server has too much to do."""

    code = "model_overloaded"
    status = 503


class ModelTimeoutFirstToken(ModelError):
    """The model server accepted the request and said nothing in time."""

    code = "model_timeout_first_token"
    status = 504


class ModelTimeoutBetweenTokens(ModelError):
    """The model server stopped in the middle of its answer."""

    code = "model_timeout_between_tokens"
    status = 504


class ModelBrokenAnswer(ModelError):
    """What the model server sent is malformed, cut short or not an answer."""

    code = "model_broken_answer"


class ModelFileMissing(ModelError):
    """The embedded model's file is not on this machine. Run `chatelet models fetch`."""

    code = "model_file_missing"
    status = 503


class ModelFileRefused(AppError):
    """A model file does not have the recorded SHA-256; it was deleted."""

    code = "model_file_refused"
    status = 500


class ModelSourceUnavailable(AppError):
    """No source could give the model file."""

    code = "model_source_unavailable"
    status = 503


class BackendNotFound(NotFound):
    """No backend has this name."""

    code = "backend_not_found"


class BackendInUse(AppError):
    """Models still use this backend; delete or move them first."""

    code = "backend_in_use"
    status = 409


class NameTaken(AppError):
    """Another backend or model has this identifier."""

    code = "name_taken"
    status = 409
