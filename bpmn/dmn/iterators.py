"""The boxed expressions that go through a list: filter, for, some and every."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from bpmn.dmn.boxed import BUILDERS, Boxes
from bpmn.dmn.elements import Element, expression_in, kid, norm
from bpmn.feel.loops import iterate, so_far
from bpmn.feel.paths import item_at, item_frame
from bpmn.feel.scope import Closure, Frame


def _filter(boxes: Boxes, element: Element) -> Closure:
    source = boxes.build(expression_in(kid(element, "in")))
    test = boxes.within("item", *boxes.items.members).build(expression_in(kid(element, "match")))

    def run(frame: Frame) -> object:
        values = source(frame)
        if values is None:
            return None
        found: list[object] = []
        values = values if isinstance(values, list) else [values]
        for item in values:
            frame.run.charge(2)
            result = test(item_frame(frame, item))
            if isinstance(result, Decimal):
                return item_at(values, result)
            if result is True:
                found.append(item)
            elif result is not False and result is not None:
                return frame.run.note("the condition of a filter is no boolean")
        return found

    return run


Rounds = Callable[[Frame, list[object]], Iterator[object] | None]


def _rounds(boxes: Boxes, element: Element, tail: str) -> Rounds:
    variable = norm(element.get("iteratorVariable"))
    source = boxes.build(expression_in(kid(element, "in")))
    body = boxes.within(variable, "partial").build(expression_in(kid(element, tail)))

    def each(frame: Frame, partial: list[object]) -> Iterator[object] | None:
        values = iterate(source(frame))
        if values is None:
            frame.run.note("a loop over something that is no list or range")
            return None
        return _values(values, frame, partial)

    def _values(values: Iterable[object], frame: Frame, partial: list[object]) -> Iterator[object]:
        for value in values:
            frame.run.charge(2)
            yield body(frame.child({variable: value, "partial": so_far(partial, frame.run)}))

    return each


def _for(boxes: Boxes, element: Element) -> Closure:
    rounds = _rounds(boxes, element, "return")

    def run(frame: Frame) -> object:
        results: list[object] = []
        values = rounds(frame, results)
        if values is None:
            return None
        for value in values:
            results.append(value)
        return results

    return run


def _quantified(decisive: bool) -> Callable[[Boxes, Element], Closure]:
    def build(boxes: Boxes, element: Element) -> Closure:
        rounds = _rounds(boxes, element, "satisfies")

        def run(frame: Frame) -> object:
            values = rounds(frame, [])
            if values is None:
                return None
            result: bool | None = not decisive
            for value in values:
                if value is decisive:
                    return decisive
                if not isinstance(value, bool):
                    result = None
            return result

        return run

    return build


BUILDERS |= {"filter": _filter, "for": _for, "some": _quantified(True), "every": _quantified(False)}
