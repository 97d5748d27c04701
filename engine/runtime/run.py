"""One step of a case: the work queue, the token tree, the variables. Knows no BPMN element."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bpmn import feel
from bpmn.feel.errors import FeelTimeError
from engine.domain import effects
from engine.runtime.definition import Definition, Mapped, Ready, Value
from engine.runtime.failures import Incident
from engine.runtime.registry import AT_REST, STEPS
from engine.runtime.state import State, Token, links

BUDGET: Final = 500
ROUNDS: Final = 20
Lookup = Callable[[str], object]


class Run:
    """The case while one event is worked off. `changed`: a variable was written, conditional events must look."""

    def __init__(self, definition: Definition, state: State, now: int) -> None:
        self.definition, self.nodes = definition, definition.nodes
        self.state, self.tokens, self.now = state, state.tokens, now
        self.queue: deque[tuple[str, int, tuple[Any, ...]]] = deque((n, t, tuple(a)) for n, t, a in state.queue)
        self.effects: list[effects.Effect] = []
        self.changed, self.end = state.changed, state.end
        self._kids: dict[int, dict[int, None]] | None = None
        self._evaluation: feel.Evaluation | None = None

    # --- queue

    def later(self, name: str, token: Token, *arguments: Any) -> None:
        """Put the step of that name at the end of the queue."""
        self.queue.append((name, token.id, arguments))

    def drain(self) -> None:
        """Work until nothing moves, or until the budget is used up; then what is left is kept in the state."""
        steps = 0
        while True:
            while self.queue:
                if steps == BUDGET:
                    return self._pause()
                name, id, arguments = self.queue.popleft()
                token = self.tokens.get(id)
                if token is not None:
                    steps += 1
                    self._try(name, token, arguments)
            self._evaluation = None
            if not any(look(self) for look in AT_REST):
                return self._rest()

    def _try(self, name: str, token: Token, arguments: tuple[Any, ...]) -> None:
        mark, queued, self._evaluation = len(self.effects), len(self.queue), None
        try:
            STEPS[name](self, token, *arguments)
        except Incident as incident:
            self._undo(queued)
            self.fail(token, mark, incident.code, str(incident), name, arguments)
        except FeelTimeError:
            # The wall clock decides nothing about a case: the host rolls back and tries again.
            raise
        except feel.FeelError as error:
            self._undo(queued)
            self.fail(token, mark, "feel", str(error), name, arguments)

    def _undo(self, queued: int) -> None:
        while len(self.queue) > queued:
            self.queue.pop()

    def fail(
        self, token: Token, mark: int, code: str, message: str, name: str, arguments: tuple[Any, ...] = ()
    ) -> None:
        """Leave an incident on the token: what the step wanted is undone, and it can be retried."""
        del self.effects[mark:]
        token.retry, token.flag = [name, list(arguments), token.flag], "incident"
        self.effects.append(effects.OpenIncident(token.id, token.node, code, message))

    def _pause(self) -> None:
        state = self.state
        if state.rounds >= ROUNDS:
            # Twenty budgets without anything to wait for: the model runs in circles.
            for name, id, arguments in self.queue:
                token = self.tokens.get(id)
                if token is not None and token.flag != "incident":
                    self.fail(token, len(self.effects), "endless-loop", "the model runs in circles", name, arguments)
            return self._rest()
        state.queue = [[name, id, list(arguments)] for name, id, arguments in self.queue]
        state.rounds, state.changed, state.end = state.rounds + 1, self.changed, self.end
        return self.effects.append(effects.GoOn())

    def _rest(self) -> None:
        """Nothing is left over."""
        state = self.state
        state.queue, state.rounds, state.changed, state.end = [], 0, False, None

    # --- tree

    def up(self, token: Token) -> Token | None:
        """The token whose content this one is; None for the process itself."""
        return self.tokens.get(token.up)

    def above(self, token: Token) -> Token:
        """The same, for a token that is not the process."""
        return self.tokens[token.up]

    def spawn(self, node: str, up: Token | None) -> Token:
        """A new token; ids increase and are never used again."""
        self.state.seq += 1
        token = Token(self.state.seq, node, up.id if up else 0)
        self.tokens[token.id] = token
        if up is not None:
            up.live += 1
            if self._kids is not None:
                self._kids.setdefault(up.id, {})[token.id] = None
        return token

    def go(self, node: str, scope: Token) -> Token:
        """A fresh token on a node, to be entered."""
        token = self.spawn(node, scope)
        self.later("enter", token)
        return token

    def remove(self, token: Token) -> Token | None:
        """Take the token away; the answer is the scope it was in."""
        del self.tokens[token.id]
        up = self.tokens.get(token.up)
        if up is not None:
            up.live -= 1
            if self._kids is not None:
                self._kids[up.id].pop(token.id, None)
        if token.flag or token.waits:
            # Behind an incident there may be a task, job or called case, which ends as well.
            behind = token.retry[2] if token.flag == "incident" and token.retry else None
            self.effects.append(effects.Close(token.id, token.node, behind or token.flag or "wait"))
        return up

    def children(self, token: Token) -> list[Token]:
        """The tokens directly inside this one."""
        if self._kids is None:
            self._kids = {}
            for id, up in links(self.tokens):
                self._kids.setdefault(up, {})[id] = None
        return [self.tokens[id] for id in self._kids.get(token.id, ())]

    def cancel(self, token: Token) -> None:
        """Remove a token and everything below it, the inside first."""
        todo = [token]
        for each in todo:
            todo.extend(self.children(each))
        for each in reversed(todo):
            self.note("cancelled", each)
            self.remove(each)

    def clear(self, scope: Token) -> None:
        """Remove the content of a scope, not the scope."""
        for child in self.children(scope):
            self.cancel(child)
        scope.joins, scope.live = None, 0

    def is_instance(self, token: Token) -> bool:
        """Whether this is one instance of a multi-instance or loop (its body has the same node)."""
        up = self.tokens.get(token.up)
        return up is not None and up.node == token.node

    def scope_of(self, token: Token) -> Token:
        """The scope whose content this is, looking past a multi-instance body."""
        up = self.above(token)
        return self.above(up) if up.node == token.node else up

    def settle(self, scope: Token | None) -> None:
        """A token inside has come to its end: the scope may be done."""
        if scope is not None and (scope.live == 0 or self.nodes[scope.node].kind == "adHocSubProcess"):
            self.later("scope_done", scope)

    # --- values

    def note(self, kind: str, token: Token, data: Mapping[str, object] | None = None) -> None:
        """A line of history."""
        self.effects.append(effects.Note(token.id, token.node, kind, data or {}))

    def lookup(self, token: Token | None, local: Mapping[str, object] | None = None) -> Lookup:
        """Names as the token sees them: `local` first, then its scopes outward, then the parameters."""
        tokens, parameters = self.tokens, self.definition.parameters

        def look(name: str) -> object:
            if local is not None and name in local:
                return local[name]
            at = token
            while at is not None:
                if at.vars is not None and name in at.vars:
                    return at.vars[name]
                at = tokens.get(at.up)
            return parameters.get(name, feel.MISSING)

        return look

    def seen(self, token: Token) -> dict[str, object]:
        """Every variable that `lookup` finds from here; parameters are not variables."""
        found: dict[str, object] = {}
        at: Token | None = token
        while at is not None:
            found = {**(at.vars or {}), **found}
            at = self.tokens.get(at.up)
        return found

    def evaluation(self, token: Token, steps: int = 50_000) -> feel.Evaluation:
        """Clock, zone, seed and budget; one for all conditions of a queue step."""
        if self._evaluation is None or steps != 50_000:
            seed = f"{self.definition.seed}/{token.node}/{token.id}"
            found = feel.Evaluation(now=self.now, zone=self.definition.zone, seed=seed, steps=steps)
            if steps != 50_000:
                return found
            self._evaluation = found
        return self._evaluation

    def value(self, value: Value, token: Token, local: Mapping[str, object] | None = None) -> object:
        """The expression's value as FEEL gives it, or the literal text."""
        if value.program is None:
            return value.text
        return value.program(self.lookup(token, local), self.evaluation(token))

    def json(self, value: Value, token: Token, local: Mapping[str, object] | None = None) -> object:
        """The same in the form in which variables are kept."""
        return feel.to_json(self.value(value, token, local))

    def mapped(
        self, lines: Iterable[Mapped], token: Token, local: Mapping[str, object], into: Lookup
    ) -> dict[str, object]:
        """The values that a mapping gives; `into` tells what a path such as `a.b` is put into."""
        found: dict[str, object] = {}
        for line in lines:
            name, *rest = line.path
            value = self.json(line.source, token, {**local, **found})
            found[name] = _put(found.get(name, into(name)), rest, value) if rest else value
        return found

    def set(self, token: Token, values: Mapping[str, object] | None) -> None:
        """Each name goes to the nearest scope that has it, else to the process."""
        if not values:
            return
        self.changed = True
        for name, value in values.items():
            at = token
            while at.up and not (at.vars is not None and name in at.vars):
                at = self.tokens[at.up]
            if at.vars is None:
                at.vars = {}
            at.vars[name] = value

    def ready(self, token: Token) -> Ready:
        """The node where the token is."""
        return self.nodes[token.node]


def _put(whole: object, path: list[str], value: object) -> dict[str, object]:
    """A copy of the context `whole` with `value` at `path`; anything that is no context is replaced by one."""
    copy = dict(whole) if isinstance(whole, dict) else {}
    name, *rest = path
    copy[name] = _put(copy.get(name), rest, value) if rest else value
    return copy
