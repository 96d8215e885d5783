"""A sheet as it is written: rows one after the other, merged cells once, what is hidden apart."""

from dataclasses import dataclass, field

from chatelet.documents.parsing.draft import Draft, GridCell


@dataclass(slots=True)
class Sheet:
    """Cells of one sheet, and which rows and columns are out of sight."""

    name: str
    is_hidden: bool = False
    cells: list[GridCell] = field(default_factory=list[GridCell])
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    formulas: int = 0

    def write(self, draft: Draft) -> None:
        """Add the sheet's table; hidden rows and columns in a table of their own, flagged."""
        if self.is_hidden:
            draft.find("hidden_sheet", page=draft.page_number, name=self.name[:100])
        shown = [cell for cell in self.cells if not self._is_out_of_sight(cell)]
        aside = [cell for cell in self.cells if self._is_out_of_sight(cell)]
        draft.table(shown, hidden=self.is_hidden)
        if aside:
            draft.find("hidden_rows_or_columns", page=draft.page_number, count=len(aside))
            draft.table(aside, hidden=True)
        if self.formulas:
            draft.find("formulas_shown_by_value", page=draft.page_number, count=self.formulas)

    def _is_out_of_sight(self, cell: GridCell) -> bool:
        return cell.row in self.hidden_rows or cell.column in self.hidden_columns
