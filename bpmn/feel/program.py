"""The door of the language: a text becomes a program, once, and a program a value, often."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bpmn.feel import arithmetic, logic, loops, paths, unary
from bpmn.feel.budget import Evaluation
from bpmn.feel.compiler import Compiler
from bpmn.feel.errors import FeelBudgetError, too_deep
from bpmn.feel.functions import CAMUNDA, STANDARD
from bpmn.feel.lexer import Names
from bpmn.feel.nodes import Reading
from bpmn.feel.parser import parse
from bpmn.feel.scope import Closure, Frame, Outermost, Source, Test
from bpmn.feel.types import NO_TYPES, Type
from bpmn.feel.values import MISSING, Function

# The rules register when their modules are imported.
_ROOMS = (arithmetic, logic, loops, paths, unary)
CAMUNDA8, DMN = "camunda8", "dmn"
_FUNCTIONS: Mapping[str, Mapping[str, Function]] = {CAMUNDA8: CAMUNDA, DMN: STANDARD}
_BUILTIN_NAMES = {dialect: Names(functions) for dialect, functions in _FUNCTIONS.items()}
_MEMBER_NAMES = Names(paths.MEMBER_NAMES)


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled expression or unary test.

    `reads`: the variables it may read, without local names and called built-ins. `maybe`: those of them that
    stand only in filters, where they can also be members of the filtered items.
    """

    text: str
    reads: frozenset[str]
    maybe: frozenset[str]
    closure: Closure

    def __call__(self, scope: Source, evaluation: Evaluation) -> object:
        """The value, for a scope that gives a value or MISSING for a name.

        A unary test reads the value tested under the name `?`. Raises FeelBudgetError and FeelAssertionError;
        every other failure is null with a note in the evaluation.
        """
        try:
            return self.closure(Outermost(evaluation, scope))
        except RecursionError:
            raise FeelBudgetError("The expression nests too deeply.", "De expressie gaat te diep.") from None


class Language:
    """FEEL as one model speaks it: its dialect, its multi-word names, the members of its types, its types."""

    def __init__(
        self,
        dialect: str = CAMUNDA8,
        names: Iterable[str] = (),
        members: Iterable[str] = (),
        types: Mapping[str, Type] = NO_TYPES,
    ) -> None:
        self.dialect = dialect
        self.spaced = dialect == DMN
        self.types = types
        self.functions = _FUNCTIONS[dialect]
        self._names = Names(names if self.spaced else (), _BUILTIN_NAMES[dialect])
        self._members = Names(members if self.spaced else (), _MEMBER_NAMES)

    def compiler(self, nested: bool) -> Compiler:
        """A compiler of this language."""
        return Compiler(self.functions, self.types, nested, strict_keys=self.spaced)

    def expression(self, text: str, names: Iterable[str] = (), nested: bool = True) -> tuple[Closure, Reading]:
        """An expression over frames, and what it reads; raises FeelSyntaxError."""
        node = parse(text, self._known(names), self._members, spaced=self.spaced)
        reading = Reading(self.functions)
        try:
            reading.visit(node)
            return self.compiler(nested).build(node), reading
        except RecursionError:
            raise too_deep() from None

    def tests(self, text: str, names: Iterable[str] = ()) -> tuple[Test, Reading]:
        """The unary tests of a cell; raises FeelSyntaxError."""
        node = parse(text, self._known(names), self._members, unary=True, spaced=self.spaced)
        reading = Reading(self.functions)
        try:
            for test in node[2] or ():
                reading.visit(test, frozenset("?"))
            return unary.compile_tests(self.compiler(True), node[1], node[2]), reading
        except RecursionError:
            raise too_deep() from None

    def pools(self, names: Iterable[str] = ()) -> tuple[Names, Names]:
        """The known names, with those given, and the members: what a parser of this language starts with."""
        return self._known(names), self._members

    def _known(self, names: Iterable[str]) -> Names:
        return Names(names, self._names) if self.spaced else self._names


_LANGUAGES = {CAMUNDA8: Language(CAMUNDA8), DMN: Language(DMN)}


@lru_cache(4096)
def _program(text: str, names: frozenset[str], dialect: str, as_tests: bool) -> Program:
    language = _LANGUAGES[dialect]
    if as_tests:
        test, reading = language.tests(text, names)
        closure = _testing(test)
    else:
        closure, reading = language.expression(text, names, nested=False)
    sure = frozenset(reading.sure)
    return Program(text, sure | reading.maybe, frozenset(reading.maybe) - sure, closure)


def _testing(test: Test) -> Closure:
    def run(frame: Frame) -> object:
        value = frame.find("?")
        return test(frame, None if value is MISSING else value)

    return run


def compile(text: str, *, names: Iterable[str] = (), dialect: str = CAMUNDA8, unary: bool = False) -> Program:
    """The program of a FEEL text, without the `=` that marks one in a model. Cached.

    `names`: the variables that the model declares, needed in dialect "dmn" for names with blanks or operators;
    never take them from the data of a case. `unary`: the text is the unary tests of a table's cell.
    Raises FeelSyntaxError, and KeyError for an unknown dialect.
    """
    spaced = frozenset(name for name in names if not name.isidentifier()) if dialect == DMN else frozenset()
    return _program(text, spaced, dialect, unary)


def evaluate(
    text: str,
    context: Mapping[str, object],
    *,
    names: Iterable[str] = (),
    dialect: str = CAMUNDA8,
    unary: bool = False,
    evaluation: Evaluation | None = None,
) -> object:
    """The value of a FEEL text over a context, at 1970-01-01 unless an evaluation says otherwise."""
    program = compile(text, names=names, dialect=dialect, unary=unary)
    return program(source_of(context), evaluation or Evaluation(0))


def source_of(context: Mapping[str, object]) -> Callable[[str], object]:
    """A scope over a mapping."""
    return lambda name: context.get(name, MISSING)
