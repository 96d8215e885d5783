"""Coded errors of the desk."""

from chatelet.kernel.errors import AppError


class WorkNotFound(AppError):
    """There is no such work, or it is not the caller's."""

    code = "work_not_found"
    status = 404


class WorkNotReady(AppError):
    """The work is not in a state that allows this: it is not done yet, or it has ended."""

    code = "work_not_ready"
    status = 409


class TooManyWorks(AppError):
    """The person has as many works under way as they may; the next waits until one ends."""

    code = "too_many_works"
    status = 409


class NothingToWrite(AppError):
    """The text or the file holds no words."""

    code = "nothing_to_write"
    status = 422


class GlossaryUnreadable(AppError):
    """The file is no glossary that can be read: CSV with two columns, or TBX; `line` says where it goes wrong."""

    code = "glossary_unreadable"
    status = 422


class GlossaryTooLong(AppError):
    """The glossary would hold more lines than one may."""

    code = "glossary_too_long"
    status = 413


class SentenceNotFound(AppError):
    """There is no such sentence in the work, or it cannot be replaced alone."""

    code = "sentence_not_found"
    status = 404


class GlossaryNotFound(AppError):
    """There is no such glossary, or it is not the caller's to use."""

    code = "glossary_not_found"
    status = 404


class TextTooLong(AppError):
    """The text is longer than what is written in the page: give it as a file."""

    code = "writing_text_too_long"
    status = 413


class TemplateNotFound(AppError):
    """There is no such template, or it is not the caller's to use."""

    code = "template_not_found"
    status = 404


class TemplateReadOnly(AppError):
    """The template is the installation's: it is copied, then changed."""

    code = "template_read_only"
    status = 409


class TemplateChanged(AppError):
    """Somebody changed the template meanwhile: what was written is not put over it."""

    code = "template_changed"
    status = 409


class TemplateBroken(AppError):
    """The template cannot be used as it is; `reason`, `about` and `line` say where."""

    code = "template_broken"
    status = 422


class TemplateFieldUnknown(AppError):
    """A value was given for a field that the template does not have."""

    code = "template_field_unknown"
    status = 422


class TemplateFieldMissing(AppError):
    """A field that must be filled is empty."""

    code = "template_field_missing"
    status = 422


class TemplateFieldWrong(AppError):
    """What was given for a field is not of its kind: no date, no amount, none of the choices, or too long."""

    code = "template_field_wrong"
    status = 422


class StyleFileRefused(AppError):
    """The style file is not taken: not DOCX nor ODT, too large, damaged, with macros or calls to the outside."""

    code = "style_file_refused"
    status = 422


class InclusiveRuleUnset(AppError):
    """No unit of the caller's decided anything of inclusive writing: there is no rule to write by."""

    code = "inclusive_rule_unset"
    status = 409


class InclusiveFrenchOnly(AppError):
    """Rules of inclusive writing are about French, and the text is of another language."""

    code = "inclusive_french_only"
    status = 422


class SummaryFailed(AppError):
    """The model gave nothing, of any part of the documents, that their words hold."""

    code = "summary_failed"
    status = 502
