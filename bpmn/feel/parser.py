"""FEEL text to nodes: operators by precedence, what stands behind an operand, and unary tests."""

from bpmn.feel.errors import FeelSyntaxError, too_deep
from bpmn.feel.lexer import Names, joined
from bpmn.feel.nodes import height
from bpmn.feel.phrases import Phrases
from bpmn.feel.syntax import COMPARISONS, Node
from bpmn.feel.types import Type

_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER = range(1, 7)
_RANKS = {"or": _OR, "and": _AND, "between": _COMPARE, "in": _COMPARE, "+": _ADD, "-": _ADD}
_RANKS |= {"*": _MULTIPLY, "/": _MULTIPLY, "**": _POWER} | dict.fromkeys(COMPARISONS, _COMPARE)
_IN_NAMES = frozenset("-'+*/.")
_MAX_HEIGHT = 150


class Parser(Phrases):
    """A recursive descent with one frame per rise in precedence; chains of one rank make one flat node."""

    def expression(self) -> Node:
        """One expression, from here on."""
        self.deeper()
        saved, self.range_end = self.range_end, False
        node = self._operators(_OR)
        self.range_end = saved
        self.depth -= 1
        return node

    def operand(self) -> Node:
        """Arithmetic alone: the end of a range, or what is compared with."""
        return self._operators(_ADD)

    def _rank(self) -> int:
        token = self.here()
        return _RANKS.get(token.text, 0) if token.kind in ("op", "name") else 0

    def _operators(self, floor: int) -> Node:
        left = self._unary()
        ceiling = _POWER
        while floor <= (rank := self._rank()) <= ceiling:
            # What follows binds no tighter: after `x in (1, 2)` no `+` may come.
            ceiling = rank
            if rank == _COMPARE:
                left = self._comparison(left)
            elif rank >= _ADD:
                rest: list[tuple[str, Node]] = []
                while self._rank() == rank:
                    operator = self.take().text
                    rest.append((operator, self._operators(rank + 1)))
                left = ("arith", left, rest)
            else:
                word = self.here().text
                items = [left]
                while self.accept(word):
                    items.append(self._operators(rank + 1))
                left = (word, items)
        return left

    def _comparison(self, left: Node) -> Node:
        operator = self.take().text
        if operator == "between":
            low = self.operand()
            self.expect("and")
            return ("between", left, low, self.operand())
        if operator == "in":
            return ("in", left, self._in_tests())
        return ("compare", operator, left, self.operand())

    def _in_tests(self) -> list[Node]:
        if self.accept("("):
            tests = self._tests()
            # `in (1..5)` is one open range, `in (1, 5)` a list of tests.
            if len(tests) == 1 and tests[0][0] != "cmp" and self.sees(".."):
                return [self.range_tail(tests[0], False)]
            self.expect(")")
            return tests
        return [self._test() if self.sees_comparison() else self.operand()]

    def _unary(self) -> Node:
        if self.sees("-") and self.here().kind == "op":
            self.deeper()
            self.at += 1
            node: Node = ("neg", self._unary())
            self.depth -= 1
            return node
        node = self._postfix()
        while self.sees("instance") and self.sees("of", 1):
            self.at += 2
            node = ("instance", node, self.type())
        return node

    def _postfix(self) -> Node:
        node = self.primary()
        while True:
            if self.accept("."):
                node = ("path", node, self.name(self.members))
            elif self.sees("["):
                found = self._filter(node)
                if found is None:
                    return node
                node = found
            elif self.sees("("):
                node = self._call(node)
            else:
                return node

    def _filter(self, node: Node) -> Node | None:
        """A filter; None when the bracket closes a range instead, as in `]a..b[`."""
        start, depth, closing = self.at, self.depth, self.range_end
        self.at += 1
        try:
            condition = self.in_filter()
            self.expect("]")
        except FeelSyntaxError:
            if not closing:
                raise
            self.at, self.depth, self.range_end = start, depth, closing
            return None
        return ("filter", node, condition)

    def _call(self, function: Node) -> Node:
        self.expect("(")
        args: list[Node] = []
        names: list[str] = []
        while not self.accept(")"):
            if args:
                self.expect(",")
            stop = self.at
            while self.tokens[stop].kind in ("name", "number") or self.tokens[stop].text in _IN_NAMES:
                stop += 1
            if stop > self.at and self.tokens[stop].text == ":" and self.tokens[stop].kind == "op":
                names.append(joined(self.tokens, self.at, stop))
                self.at = stop + 1
            args.append(self.expression())
        if names and len(names) != len(args):
            raise FeelSyntaxError(
                "Name all arguments or none.", self.here().offset, "Geef alle argumenten een naam, of geen enkele."
            )
        return ("call", function, args, tuple(names) or None)

    def unary_tests(self) -> Node:
        """The tests of a cell of a decision table, in which `?` is the value tested."""
        if self.sees("-") and self.tokens[self.at + 1].kind == "end":
            self.at += 1
            return ("tests", False, None)
        if self.sees("not") and self.sees("(", 1):
            start, depth, names = self.at, self.depth, self.names
            self.at += 2
            try:
                tests = self._tests()
                self.expect(")")
                if self.here().kind == "end":
                    return ("tests", True, tests)
            except FeelSyntaxError:
                pass
            self.at, self.depth, self.names = start, depth, names
        return ("tests", False, self._tests())

    def _tests(self) -> list[Node]:
        tests = [self._test()]
        while self.accept(","):
            tests.append(self._test())
        return tests

    def _test(self) -> Node:
        if self.sees_comparison():
            operator = self.take().text
            return ("cmp", operator, self.operand())
        return self.expression()


def parse_type(text: str, members: Names) -> Type:
    """The type of a `typeRef`; raises FeelSyntaxError."""
    parser = Parser(text, Names(), members, True)
    found = parser.type()
    if parser.here().kind != "end":
        raise parser.unexpected()
    return found


def parse(text: str, names: Names, members: Names, *, unary: bool = False, spaced: bool = True) -> Node:
    """The node of a whole text; raises FeelSyntaxError."""
    return whole(Parser(text, names, members, spaced), unary)


def whole(parser: Parser, unary: bool) -> Node:
    """What a parser at its beginning makes of its whole text; raises FeelSyntaxError."""
    try:
        node = parser.unary_tests() if unary else parser.expression()
    except RecursionError:
        raise too_deep() from None
    if parser.here().kind != "end":
        raise parser.unexpected(expected="an operator or the end")
    # A token makes two levels at most, so that a short text needs no walk.
    if 2 * len(parser.tokens) > _MAX_HEIGHT and height(node) > _MAX_HEIGHT:
        raise too_deep()
    return node
