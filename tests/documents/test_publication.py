"""What a person says of a text to publish: a review or a label, and words that close no comment of a file."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from chatelet.documents.publication import PublicationIn, markdown_head

_NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize("said", [{}, {"label": "  "}, {"label": "deux\nlignes"}, {"reviewed": True, "by": "Eve"}])
def test_neither_review_nor_label_another_line_or_another_reviewer_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PublicationIn.model_validate(said)


def test_the_reviewer_is_who_asks_and_only_when_they_reviewed() -> None:
    assert PublicationIn(label="Généré.").by("Ada Martin").reviewer == ""
    assert PublicationIn(reviewed=True).by(" Ada\n Martin ").reviewer == "Ada Martin"


def test_no_name_nor_label_leaves_its_comment() -> None:
    head = markdown_head(PublicationIn(reviewed=True, label="*x* --> <script>").by("Ada --> Eve"), _NOW)
    comments, label = head[:-1], head[-1]
    assert all(one.startswith("<!-- ") and one.index("-->") == len(one) - 3 for one in comments)
    assert label == "*\\*x\\* --> &lt;script>*"
    assert markdown_head(PublicationIn(reviewed=True).by("Ada"), _NOW) == [
        "<!-- human_reviewer: Ada -->",
        "<!-- human_reviewed_at: 2026-11-23 -->",
    ]
