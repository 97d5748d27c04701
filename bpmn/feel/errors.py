"""What FEEL may raise: everything else an expression does wrong is null with a note."""


class FeelError(Exception):
    """Base of all errors of FEEL; `nl` and `en` say what is wrong, for the author of the expression."""

    def __init__(self, en: str, nl: str = "") -> None:
        super().__init__(en)
        self.en = en
        self.nl = nl or en


class FeelSyntaxError(FeelError):
    """The text is not FEEL. `offset` counts characters from the start of the text, from 0; `expected` is what should
    stand there, such as `')'`, empty when that is not one thing."""

    def __init__(self, message: str, offset: int, nl: str = "", expected: str = "") -> None:
        super().__init__(message, nl)
        self.offset = offset
        self.expected = expected


class FeelBudgetError(FeelError):
    """The expression took more steps, depth, size or time than its evaluation allows."""


class FeelTimeError(FeelBudgetError):
    """The wall clock ran out: worth trying again, unlike a step count, which is the same every time."""


class FeelAssertionError(FeelError):
    """The built-in `assert` failed: the one way in which an author lets an expression fail."""


def too_deep(offset: int = 0) -> FeelSyntaxError:
    """The error for an expression that nests further than the parser goes."""
    return FeelSyntaxError("The expression is nested too deeply.", offset, "De expressie is te diep genest.")
