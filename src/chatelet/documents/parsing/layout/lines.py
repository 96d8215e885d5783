"""Words to lines: runs of words on one level without a wide gap, then whole lines inside one column."""

from collections.abc import Iterable, Sequence

from chatelet.documents.parsing.layout.words import Word

_WIDE_GAP = 0.75  # of the size of the writing: wider is perhaps the gap between two columns
_GLUED_GAP = 0.1  # narrower is no space: a mark of note, a comma after it
_OTHER_SIZE = 0.9
_LOOKED_BACK = 40  # runs of about the same level, from the nearest on
_SAME_LEVEL = 0.5  # of the smaller height, shared
_SCRIPT_LEVEL = 0.3  # for what is written much smaller: exponents, marks of notes


class Run:
    """Words that follow each other on one level. In the end, a line of a paragraph or a cell of a table."""

    __slots__ = ("_bold", "_mono", "_size", "_text", "bottom", "left", "right", "top", "words")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self._size = 0.0
        self._text: str | None = None
        self._bold: bool | None = None
        self._mono: bool | None = None
        self.left = min(word.left for word in words)
        self.right = max(word.right for word in words)
        self.top = min(word.top for word in words)
        self.bottom = max(word.bottom for word in words)

    @property
    def size(self) -> float:
        """The size most of its characters have."""
        if not self._size:
            sizes: dict[float, int] = {}
            for word in self.words:
                sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
            self._size = max(sizes, key=sizes.__getitem__) if len(sizes) > 1 else self.words[0].size
        return self._size

    @property
    def characters(self) -> int:
        """How many characters it has."""
        return sum(len(word.text) for word in self.words)

    @property
    def text(self) -> str:
        """Its words, spaced as written."""
        if self._text is None:
            self._text = "".join(spaced(self.words))
        return self._text

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        if self._bold is None:
            self._bold = all(word.bold for word in self.words)
        return self._bold

    @property
    def mono(self) -> bool:
        """Whether all its letters are of one width."""
        if self._mono is None:
            self._mono = all(word.mono for word in self.words)
        return self._mono

    def extend(self, other: "Run") -> None:
        """Add what continues it."""
        self.words.extend(other.words)
        self.words.sort(key=lambda word: word.left)
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self._size, self._text, self._bold, self._mono = 0.0, None, None, None


def spaced(words: Sequence[Word]) -> Iterable[str]:
    """Yield the words and the spaces between them; what touches stays together."""
    before: Word | None = None
    for word in words:
        if before is not None and not touching(before, word):
            yield " "
        yield word.text
        before = word


def touching(before: Word, word: Word) -> bool:
    """Tell whether no space stands between two neighbours of one line: only marks come without one."""
    size, other, gap = word.size, before.size, word.left - before.right
    smaller = min(other, size)  # asked twice for each word of a document
    if gap >= _GLUED_GAP * smaller or gap <= -0.5 * size:
        return False
    return smaller < _OTHER_SIZE * max(size, other) or not any(character.isalnum() for character in word.text)


def runs(words: Iterable[Word]) -> list[Run]:
    """Group words into runs, from the order of the stream where it goes on along a line, then by place."""
    chains: list[list[Word]] = []
    for word in words:
        if chains and _goes_on(chains[-1][-1], word):
            chains[-1].append(word)
        else:
            chains.append([word])
    return _merged([Run(chain) for chain in chains])


def _goes_on(before: Word, word: Word) -> bool:
    gap, size, other = word.left - before.right, word.size, before.size
    if not -0.6 * size < gap < _WIDE_GAP * (max(other, size)):
        return False
    return (before.top == word.top and size == other) or _level(before, word)


def _level(a: Word | Run, b: Word | Run) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    small, large = sorted((a.bottom - a.top, b.bottom - b.top))
    return shared > (_SAME_LEVEL if small > 0.8 * large else _SCRIPT_LEVEL) * small


def _merged(found: list[Run]) -> list[Run]:
    """Join runs that the stream cut although they continue each other on the page."""
    found.sort(key=lambda run: (run.left, run.top))
    by_band: dict[int, list[Run]] = {}
    joined: list[Run] = []
    for run in found:
        other = _continued(by_band, run)
        if other is None:
            joined.append(run)
            by_band.setdefault(int((run.top + run.bottom) / 2) // 8, []).append(run)
            continue
        other.extend(run)
    return joined


def _continued(by_band: dict[int, list[Run]], run: Run) -> Run | None:
    band = int((run.top + run.bottom) / 2) // 8
    for near in (band, band - 1, band + 1):
        for other in by_band.get(near, [])[:-_LOOKED_BACK:-1]:
            last, first = other.words[-1], run.words[0]
            gap = run.left - other.right
            if -0.6 * first.size < gap < _WIDE_GAP * max(last.size, first.size) and _level(last, first):
                return other
    return None


def rows(found: Sequence[Run]) -> list[list[Run]]:
    """Group runs that stand on one level, top to bottom; each row from left to right."""
    result: list[list[Run]] = []
    for run in sorted(found, key=lambda run: run.top + run.bottom):
        row = next((row for row in result[-1:-3:-1] if any(_level(other, run) for other in row)), None)
        if row is None or any(_clash(other, run) for other in row):
            result.append([run])
        else:
            row.append(run)
    for row in result:
        row.sort(key=lambda run: run.left)
    return result


def _clash(a: Run, b: Run) -> bool:
    """Tell whether two runs stand one over the other: they are then of two lines."""
    shared = min(a.right, b.right) - max(a.left, b.left)
    return shared > 0.5 * min(a.right - a.left, b.right - b.left) and shared > 1


def lines(found: Sequence[Run]) -> list[Run]:
    """Join the runs of each row: the lines of one column."""
    return [Run([word for run in row for word in run.words]) if len(row) > 1 else row[0] for row in rows(found)]
