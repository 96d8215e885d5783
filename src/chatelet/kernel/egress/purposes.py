"""Why the service may contact another machine: a closed list, which the page of the network's exits is made of.

A client that contacts anything names one of these; `tests/architecture/test_egress.py` looks at every call.
"""

from enum import StrEnum


class Purpose(StrEnum):
    """One reason to leave. The words shown to people live in the page, in French and English."""

    MODELS = "models"
    LOCAL_MODELS = "local_models"
    SIGN_IN = "sign_in"
    DIRECTORIES = "directories"
    MAIL = "mail"
    FILES = "files"
    ANTIVIRUS = "antivirus"
    DATABASE = "database"
    MODEL_FILES = "model_files"
    SEARCH_ENGINE = "search_engine"
    WEB_SEARCH = "web_search"
    PLACES = "places"
    SCHOLARLY = "scholarly"
    PAGES = "pages"
    TRACES = "traces"
    JOURNAL = "journal"
    OTHER = "other"
