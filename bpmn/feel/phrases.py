"""The primary expressions of the grammar: literals, brackets, `if`, `for`, quantifiers, functions."""

from decimal import Decimal, DecimalException

from bpmn.feel.errors import FeelSyntaxError
from bpmn.feel.lexer import KEYWORDS, Names, unescape
from bpmn.feel.syntax import Cursor, Node
from bpmn.feel.texts import parse_at, relaxed
from bpmn.feel.types import Type
from bpmn.feel.values import number

_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class Phrases(Cursor):
    """What an operand can be; the operators between them are in the parser."""

    range_end = False
    filtering = False

    def operand(self) -> Node:
        """An expression without comparison or logic; the parser says what that is."""
        raise NotImplementedError

    def primary(self) -> Node:
        """One operand without what may stand behind it."""
        token = self.here()
        if token.kind == "number":
            return ("lit", self._number())
        if token.kind == "string":
            return ("lit", unescape(self.take()))
        if token.kind == "op":
            return self._symbol(token.text)
        if token.kind == "tick":
            return ("name", self.take().text[1:-1])
        if token.kind == "name":
            return self._word(token.text)
        raise self.unexpected(expected="a value")

    def _number(self) -> Decimal:
        token = self.take()
        try:
            return number(token.text)
        except DecimalException:
            raise FeelSyntaxError("This number is too large.", token.offset, "Dit getal is te groot.") from None

    def _symbol(self, text: str) -> Node:
        if text == "(":
            return self._paren()
        if text == "[":
            return self._list_or_range()
        if text == "{":
            return self._context()
        if text == "]":
            self.at += 1
            return self.range_tail(self._endpoint(), False)
        if text == "@":
            self.at += 1
            if self.here().kind != "string":
                raise self.unexpected("a text", "een tekst")
            literal = unescape(self.take())
            return ("lit", parse_at(literal if self.spaced else relaxed(literal)))
        raise self.unexpected(expected="a value")

    def _word(self, text: str) -> Node:
        if self.names.match(self.tokens, self.at) is None:
            if text in _LITERALS:
                self.at += 1
                return ("lit", _LITERALS[text])
            if text == "if":
                return self._if()
            if text == "for":
                return self._loop("for", "return")
            if text in ("some", "every"):
                return self._loop(text, "satisfies")
            if text == "function" and self.sees("(", 1):
                return self._function()
            if text in KEYWORDS:
                raise self.unexpected(expected="a value")
        pools = (self.names, self.members) if self.filtering else (self.names,)
        return ("name", self.name(*pools))

    def _endpoint(self) -> Node:
        saved, self.range_end = self.range_end, True
        self.deeper()
        node = self.operand()
        self.depth -= 1
        self.range_end = saved
        return node

    def range_tail(self, low: Node, low_closed: bool) -> Node:
        """The rest of a range, from `..` on."""
        self.expect("..")
        high = self._endpoint()
        if self.accept("]"):
            return ("range", low, high, low_closed, True)
        if self.accept(")") or self.accept("["):
            return ("range", low, high, low_closed, False)
        raise self.unexpected("the end of a range", "het einde van een bereik")

    def _open_test(self) -> Node:
        operator = self.take().text
        return ("oprange", operator, self.operand())

    def _paren(self) -> Node:
        self.at += 1
        if self.sees_comparison():
            node = self._open_test()
            self.expect(")")
            return node
        node = self.expression()
        if self.sees(".."):
            return self.range_tail(node, False)
        self.expect(")")
        return node

    def _list_or_range(self) -> Node:
        self.at += 1
        items: list[Node] = []
        while not self.accept("]"):
            if items:
                self.expect(",")
            if self.sees_comparison():
                items.append(self._open_test())
                continue
            items.append(self.expression())
            if len(items) == 1 and self.sees(".."):
                return self.range_tail(items[0], True)
        return ("list", items)

    def _context(self) -> Node:
        self.at += 1
        entries: list[tuple[str, Node]] = []
        self.push()
        while not self.accept("}"):
            if entries:
                self.expect(",")
            key = unescape(self.take()) if self.here().kind == "string" else self.declared(":")
            self.expect(":")
            entries.append((key, self.expression()))
            if self.spaced:
                self.names.add(key)
                self.members.add(key)
        self.pop()
        return ("context", entries)

    def _if(self) -> Node:
        self.at += 1
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return ("if", condition, then, self.expression())

    def _loop(self, kind: str, before_body: str) -> Node:
        self.at += 1
        iterators: list[tuple[str, Node, Node | None]] = []
        while True:
            name = self.declared("in", ":")
            if self.accept(":"):
                self.type()
            self.expect("in")
            source = self.expression()
            end = self.expression() if self.accept("..") else None
            iterators.append((name, source, end))
            self.push(name)
            if not self.accept(","):
                break
        self.expect(before_body)
        body = self.expression()
        for _ in iterators:
            self.pop()
        return (kind, iterators, body)

    def _function(self) -> Node:
        self.at += 2
        params: list[tuple[str, Type | None]] = []
        while not self.accept(")"):
            if params:
                self.expect(",")
            name = self.declared(":", ",", ")")
            params.append((name, self.type() if self.accept(":") else None))
        external = self.accept("external")
        self.push(*(name for name, _ in params))
        body = self.expression()
        self.pop()
        return ("function", params, None if external else body)

    def in_filter(self) -> Node:
        """The condition between the brackets of a filter, where the members of items are names too."""
        names, filtering = self.names, self.filtering
        self.names, self.filtering = Names((), names), True
        try:
            return self.expression()
        finally:
            self.names, self.filtering = names, filtering
