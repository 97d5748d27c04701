"""Questions whose columns are named where they are written, so that no execution has to find them out again."""

from sqlalchemy import TextualSelect, column, text


def asking(query: str, columns: str | int) -> TextualSelect:
    """A query with its columns, in its own order: their names, parted by spaces, or only their number.

    Halves what SQLAlchemy adds to a wide row, since it then keeps what it knows of the answer with the query."""
    names = columns.split() if isinstance(columns, str) else [f"column_{n}" for n in range(columns)]
    return text(query).columns(*map(column, names))
