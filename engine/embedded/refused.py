"""The one error of this folder: the embedded database cannot start, and what to do about it."""


class Refused(Exception):
    """The embedded database cannot be used; `message` says why, `remedy` says what a person can do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}\n{remedy}")
        self.message = message
        self.remedy = remedy
