"""Draws a flow square around what is in the way: the cheapest path over a grid of free lines."""

import heapq
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

from bpmn.edit.drawing.box import Box, Point, segment, slices
from bpmn.edit.drawing.canvas import Canvas, Shape
from bpmn.edit.drawing.room import ancestors, obstacles

_STUB: Final = 12
_CLEAR: Final = 4
_BEND: Final = 40
_CROSSING: Final = 25
_ALONG: Final = 4
_LABEL: Final = 300
_FAR: Final = 300
_MOST_LINES: Final = 400
_SIDES: Final = {"right": (1, 0), "bottom": (0, 1), "top": (0, -1), "left": (-1, 0)}
_LEAVING: Final = {"right": 0, "bottom": 30, "top": 30, "left": 90}
_ENTERING: Final = {"left": 0, "top": 30, "bottom": 30, "right": 90}
_BLOCKED: Final = float("inf")


@dataclass(frozen=True, slots=True)
class _Port:
    point: Point
    out: Point
    way: tuple[int, int]
    cost: float


@dataclass(slots=True)
class _Grid:
    """`level[j][i]`: what the piece from `xs[i]` to `xs[i + 1]` at `ys[j]` costs extra; `upright[i][j]` likewise."""

    xs: list[float]
    ys: list[float]
    level: list[list[float]]
    upright: list[list[float]]


def route(canvas: Canvas, id_: str, source: Shape, target: Shape) -> list[Point]:
    """The points of that flow, from border to border, square."""
    leaving, entering = _ports(canvas, id_, source, target, True), _ports(canvas, id_, target, source, False)
    straight = _straight(canvas, source, target, leaving, entering)
    if straight:
        return straight
    for reach in (_FAR, 4 * _FAR):
        grid = _grid(canvas, id_, source, target, [*leaving, *entering], reach)
        found = _search(grid, leaving, entering) if grid is not None else None
        if found:
            return _simple(found)
    (x, y), (u, v) = leaving[0].point, entering[0].point
    return _simple([(x, y), ((x + u) / 2, y), ((x + u) / 2, v), (u, v)])


def _ports(canvas: Canvas, id_: str, shape: Shape, other: Shape, leaving: bool) -> list[_Port]:
    """The middles of the sides from which a flow can go on, the likeliest first."""
    solid = [s.box for s in obstacles(canvas, shape.scope) if s.id not in (shape.id, other.id)]
    if shape.host and shape.host != other.id and (host := canvas.shapes.get(shape.host)) is not None:
        solid.append(host.box)
    found = []
    for side, (dx, dy) in _SIDES.items():
        (x, y), box = shape.box.middle, shape.box
        point = (x + dx * box.width / 2, y + dy * box.height / 2)
        out = (point[0] + dx * _STUB, point[1] + dy * _STUB)
        cost: float = (_LEAVING if leaving else _ENTERING)[side]
        if shape.kind.endswith("Gateway"):
            cost /= 2
        if any(b.overlaps(segment(point, out)) for b in solid):
            cost += 10_000
        found.append(_Port(point, out, (dx, dy), cost + _taken(canvas, id_, point, leaving)))
    found.sort(key=lambda p: p.cost)
    return [p for p in found if p.cost < 10_000] or found[:1]


def _taken(canvas: Canvas, id_: str, point: Point, leaving: bool) -> float:
    """Two flows at one place are hard to tell apart, most of all when one comes and one goes."""
    cost = 0.0
    for edge in canvas.edges.values():
        for end, goes in ((edge.points[0], True), (edge.points[-1], False)):
            if edge.id != id_ and abs(end[0] - point[0]) + abs(end[1] - point[1]) < 2:
                cost += 120 if goes != leaving else 60 if leaving else 20
    return cost


def _straight(canvas: Canvas, source: Shape, target: Shape, leaving: list[_Port], entering: list[_Port]) -> list[Point]:
    solid = [s.box for s in obstacles(canvas, source.scope) if s.id not in (source.id, target.id)]
    solid += [e.label for e in canvas.edges.values() if e.label is not None]
    for one in leaving:
        for other in entering:
            (x, y), (u, v) = one.point, other.point
            ahead = (u - x) * one.way[0] + (v - y) * one.way[1]
            if one.way != (-other.way[0], -other.way[1]) or ahead <= 0 or one.cost + other.cost > _BEND + 60:
                continue
            if (x == u or y == v) and not any(b.overlaps(segment(one.point, other.point)) for b in solid):
                return [one.point, other.point]
    return []


def _grid(canvas: Canvas, id_: str, source: Shape, target: Shape, ports: list[_Port], reach: float) -> _Grid | None:
    area = source.box.around(target.box).grown(reach)
    for frame in _frames(canvas, source.scope, target):
        area = area.within(frame.grown(-6))
    solid = [s.box.grown(_CLEAR) for s in obstacles(canvas, source.scope) if s.box.overlaps(area)]
    xs = {p.out[0] for p in ports} | {p.point[0] for p in ports}
    ys = {p.out[1] for p in ports} | {p.point[1] for p in ports}
    for box in solid:
        wide = box.grown(_STUB - _CLEAR)
        xs |= {wide.x, wide.right}
        ys |= {wide.y, wide.bottom}
    across = sorted(x for x in xs if area.x <= x <= area.right)
    down = sorted(y for y in ys if area.y <= y <= area.bottom)
    if len(across) > _MOST_LINES or len(down) > _MOST_LINES:
        return None
    grid = _Grid(across, down, [[0.0] * len(across) for _ in down], [[0.0] * len(down) for _ in across])
    for box in solid:
        _mark(grid, box, _BLOCKED)
    for label in canvas.labels(id_):
        _mark(grid, label.grown(2), _LABEL)
    for edge in canvas.edges.values():
        if edge.id != id_:
            for piece in slices(edge.points):
                _mark_edge(grid, piece)
    return grid


def _frames(canvas: Canvas, scope: str, target: Shape) -> list[Box]:
    """What a flow stays inside: its sub-process, and the pool."""
    around = ancestors(canvas, scope)
    pools = [s.box for s in canvas.shapes.values() if s.kind == "participant" and s.box.holds(target.box)]
    return [canvas.shapes[i].box for i in around if i in canvas.shapes] + pools


def _between(lines: list[float], low: float, high: float) -> range:
    """The lines strictly between."""
    return range(bisect_right(lines, low), bisect_left(lines, high))


def _pieces(lines: list[float], low: float, high: float) -> range:
    """The pieces between two lines that reach into an interval."""
    return range(max(bisect_right(lines, low) - 1, 0), min(bisect_left(lines, high), len(lines) - 1))


def _mark(grid: _Grid, box: Box, cost: float) -> None:
    for j in _between(grid.ys, box.y, box.bottom):
        for i in _pieces(grid.xs, box.x, box.right):
            grid.level[j][i] += cost
    for i in _between(grid.xs, box.x, box.right):
        for j in _pieces(grid.ys, box.y, box.bottom):
            grid.upright[i][j] += cost


def _mark_edge(grid: _Grid, piece: Box) -> None:
    """Crossing a flow costs a little, running along it much."""
    near = piece.grown(7)
    if piece.width >= piece.height:
        for j in _between(grid.ys, near.y, near.bottom):
            for i in _pieces(grid.xs, piece.x, piece.right):
                grid.level[j][i] += _ALONG * (grid.xs[i + 1] - grid.xs[i])
        for i in _between(grid.xs, piece.x, piece.right):
            for j in _pieces(grid.ys, piece.y, piece.bottom):
                grid.upright[i][j] += _CROSSING
        return
    for i in _between(grid.xs, near.x, near.right):
        for j in _pieces(grid.ys, piece.y, piece.bottom):
            grid.upright[i][j] += _ALONG * (grid.ys[j + 1] - grid.ys[j])
    for j in _between(grid.ys, piece.y, piece.bottom):
        for i in _pieces(grid.xs, piece.x, piece.right):
            grid.level[j][i] += _CROSSING


_Node = tuple[int, int, int, int]


def _search(grid: _Grid, leaving: list[_Port], entering: list[_Port]) -> list[Point] | None:
    """The cheapest path, by A*; a node is a crossing of lines with the way one came."""
    column, row = ({v: n for n, v in enumerate(lines)} for lines in (grid.xs, grid.ys))
    inside = [p for p in (*leaving, *entering) if p.out[0] in column and p.out[1] in row]
    goals = {(column[p.out[0]], row[p.out[1]]): p for p in entering if p in inside}
    best: dict[_Node, float] = {}
    came: dict[_Node, _Node | _Port] = {}
    queue: list[tuple[float, float, _Node]] = []

    def offer(node: _Node, cost: float, before: _Node | _Port) -> None:
        if cost < best.get(node, _BLOCKED):
            best[node], came[node] = cost, before
            x, y = grid.xs[node[0]], grid.ys[node[1]]
            rest = min(abs(p.out[0] - x) + abs(p.out[1] - y) for p in goals.values())
            heapq.heappush(queue, (cost + rest, cost, node))

    for port in leaving if goals else []:
        if port in inside:
            offer((column[port.out[0]], row[port.out[1]], *port.way), port.cost, port)
    while queue:
        _, cost, node = heapq.heappop(queue)
        if cost > best[node]:
            continue
        if node[2:] == (0, 0):
            return _path(grid, came, node, goals[node[:2]])
        goal = goals.get(node[:2])
        if goal is not None and node[2:] != goal.way:
            bend = 0 if (-node[2], -node[3]) == goal.way else _BEND
            offer((*node[:2], 0, 0), cost + bend + goal.cost, node)
        for after, more in _steps(grid, node):
            offer(after, cost + more, node)
    return None


def _steps(grid: _Grid, node: _Node) -> list[tuple[_Node, float]]:
    i, j, dx, dy = node
    found = []
    for way in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        if way == (-dx, -dy):
            continue
        k, m = i + way[0], j + way[1]
        if not (0 <= k < len(grid.xs) and 0 <= m < len(grid.ys)):
            continue
        extra = grid.level[j][min(i, k)] if way[1] == 0 else grid.upright[i][min(j, m)]
        if extra < _BLOCKED:
            long = abs(grid.xs[k] - grid.xs[i]) + abs(grid.ys[m] - grid.ys[j])
            found.append(((k, m, *way), long + extra + (0 if way == (dx, dy) else _BEND)))
    return found


def _path(grid: _Grid, came: dict[_Node, _Node | _Port], node: _Node, goal: _Port) -> list[Point]:
    points = [goal.point]
    step: _Node | _Port = node
    while not isinstance(step, _Port):
        points.append((grid.xs[step[0]], grid.ys[step[1]]))
        step = came[step]
    points.append(step.point)
    return points[::-1]


def _simple(points: list[Point]) -> list[Point]:
    """The same path without points that stand twice or on a straight line."""
    found: list[Point] = []
    for point in points:
        if found and found[-1] == point:
            continue
        if len(found) > 1 and any(found[-2][a] == found[-1][a] == point[a] for a in (0, 1)):
            found.pop()
        found.append(point)
    return found
