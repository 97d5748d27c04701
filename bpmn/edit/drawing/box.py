"""Rectangles and points of a drawing; x to the right and y down, in pixels."""

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """y of the lower side."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Box") -> bool:
        """Whether the two have more than a border in common."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside, borders included."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom

    def on_border(self, point: Point) -> bool:
        """Whether the point lies on one of the sides, to half a pixel."""
        x, y = point
        inside = self.x - 0.5 <= x <= self.right + 0.5 and self.y - 0.5 <= y <= self.bottom + 0.5
        return inside and not (self.x + 0.5 < x < self.right - 0.5 and self.y + 0.5 < y < self.bottom - 0.5)

    def grown(self, by: float) -> "Box":
        """The box with `by` more on every side; less when negative."""
        return Box(self.x - by, self.y - by, max(self.width + 2 * by, 0), max(self.height + 2 * by, 0))

    def moved(self, dx: float, dy: float) -> "Box":
        """The box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def within(self, other: "Box") -> "Box":
        """What the two have in common; without size when nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(x, y, max(min(self.right, other.right) - x, 0), max(min(self.bottom, other.bottom) - y, 0))

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)


def centred(middle: Point, width: float, height: float) -> Box:
    """The box of that size around a point."""
    return Box(middle[0] - width / 2, middle[1] - height / 2, width, height)


def segment(a: Point, b: Point) -> Box:
    """A piece of an edge as a box that is as thin as a line."""
    return Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]) or 0.01, abs(a[1] - b[1]) or 0.01)


def square(points: list[Point]) -> bool:
    """Whether every piece is level or upright."""
    return all(a[0] == b[0] or a[1] == b[1] for a, b in zip(points, points[1:], strict=False))


def slices(points: list[Point]) -> list[Box]:
    """The pieces of an edge."""
    return [segment(a, b) for a, b in zip(points, points[1:], strict=False)]
