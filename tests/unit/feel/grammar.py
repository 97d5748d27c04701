"""Random FEEL: expressions from a typed grammar, now and then of a wrong type, and mutations of their texts."""

import re
from random import Random

CONTEXT: dict[str, object] = {
    "a": 7,
    "b": 2.5,
    "s": "abc",
    "t": "Foo bar",
    "p": True,
    "q": False,
    "n": None,
    "l": [3, 1, 2],
    "w": ["b", "a", "c"],
    "c": {"x": 1, "y": "one", "z": [1, 2]},
    "rows": [{"k": 1, "v": "one"}, {"k": 2, "v": "two"}, {"k": 3, "v": "one"}],
}
LEAVES = r"""
num:
  0 | 1 | 2 | 3 | 10 | -1 | 0.5 | 1.25 | a | b | c.x | l[1] | 100 | 7 | -3 | .5 | 1e2
text:
  "a" | "abc" | "" | "foo bar" | s | t | c.y | "2024-02-29" | "é€" | "\u0041" | "1,000.5" | w[1]
bool:
  true | false | p | q
list:
  [] | l | w | [1,2,3] | [1, null, 2] | c.z | rows
nums:
  [1,2,3] | l | c.z | [2.5, 0.5] | [10] | [4, 4, 1]
texts:
  w | ["a","b"] | ["x"] | ["b", "a", "b"]
ctx:
  {} | c | {a: 1} | {a: 1, b: "x"} | {"key 1": 2} | rows[1]
date:
  date("2024-02-29") | date("2023-12-31") | @"2000-01-01" | date(2024, 3, 31) | date("1999-10-05")
time:
  time("10:30:00") | @"23:59:59" | time("00:00:00") | time(12, 15, 30) | time("10:30:00Z")
moment:
  date and time("2024-02-29T10:30:00") | @"2023-12-31T23:59:59" | date and time("2024-01-01T00:00:00Z")
  date and time("2024-06-15T12:00:00+02:00")
days:
  duration("P1D") | @"PT2H" | duration("-PT30M") | duration("P1DT12H30M15S") | @"PT0S"
months:
  duration("P1Y") | @"P2M" | duration("-P1Y6M") | duration("P14M")
range:
  [1..5] | (1..5) | [1..5[ | ]0..3] | [2..10] | [date("2024-01-01")..date("2024-12-31")] | ["a".."c"]
nul:
  null | n | c.missing
"""
RULES = r"""
num:
  <num> + <num> | <num> - <num> | <num> * <num> | <num> / <num> | <num> ** 2 | -<num> | (<num>) | abs(<num>)
  floor(<num>) | ceiling(<num>) | count(<list>) | sum(<nums>) | min(<nums>) | max(<nums>) | mean(<nums>)
  median(<nums>) | product(<nums>) | string length(<text>) | modulo(<num>, <num>) | decimal(<num>, 1)
  round up(<num>, 1) | round half up(<num>, 0) | round down(<num>, 1) | round half down(<num>, 0) | sqrt(<num>)
  if <bool> then <num> else <num> | <ctx>.x | <nums>[<num>] | <nums>[1] | <nums>[-1] | <date>.year | <date>.month
  <moment>.hour | <days>.hours | <months>.years | number(<text>) | number("1.5") | number("1 000,5", " ", ",")
  <days> / <days> | stddev(<nums>) | floor(<num>, 1) | ceiling(<num>, 1) | day of year(<date>)
  week of year(<date>) | <range>.start | {u: <num>, v: u + 1}.v | exp(<num>) | log(<num>)
  (function(x) x + 1)(<num>) | <date>.weekday | <time>.minute | abs(n: <num>) | min(<num>, <num>)
  sum(<num>, <num>)
text:
  <text> + <text> | upper case(<text>) | lower case(<text>) | substring(<text>, <num>) | substring(<text>, 1, 2)
  substring(<text>, -2) | substring before(<text>, <text>) | substring after(<text>, <text>) | string(<num>)
  string(<any>) | replace(<text>, "a", "z") | replace(<text>, "[a-c]", "-") | if <bool> then <text> else <text>
  string join(<texts>, ", ") | string join(<texts>) | day of week(<date>) | month of year(<date>) | <texts>[1]
  replace("abc", "(b)", "[$1]") | string(<date>) | string(<days>)
bool:
  <num> > <num> | <num> <= <num> | <num> = <num> | <num> != <num> | <text> = <text> | <text> < <text>
  <bool> and <bool> | <bool> or <bool> | not(<bool>) | <num> between <num> and <num> | <num> in <range>
  <num> in (1, 2, <num>) | <num> in (< 3, > 5) | contains(<text>, <text>) | starts with(<text>, "a")
  ends with(<text>, <text>) | matches(<text>, "^a") | matches(<text>, "[a-z]+", "i")
  list contains(<list>, <any>) | some x in <nums> satisfies x > 1 | every x in <nums> satisfies x > <num>
  <any> instance of number | <any> instance of string | <any> = null | <any> instance of list<number>
  <date> < <date> | <date> = <date> | <moment> > <moment> | <time> < <time> | <days> < <days>
  <months> >= <months> | all([<bool>, <bool>]) | any([<bool>, <bool>]) | even(<num>) | odd(<num>) | <any> = <any>
  before(<num>, <range>) | includes(<range>, <num>) | overlaps(<range>, <range>) | during(<num>, <range>)
  starts(<range>, <range>) | coincides(<num>, <num>) | is(<any>, <any>) | <bool> and <nul> | <nul> or <bool>
  <list> = <list> | <ctx> = <ctx> | <num> < <text> | meets(<range>, <range>) | finishes(<num>, <range>)
  <date> in <range> | <num> in <nums>
list:
  <nums> | <texts> | [<any>, <any>] | append(<list>, <any>) | concatenate(<list>, <list>) | reverse(<list>)
  distinct values(<list>) | union(<list>, <list>) | flatten([<list>, <any>]) | remove(<list>, 1)
  sublist(<list>, 1, 2) | insert before(<list>, 1, <any>) | sort(<nums>, function(x, y) x < y)
  index of(<list>, <any>) | rows[k > 1] | rows.v | rows[v = "one"].k | list replace(<list>, 1, <any>)
  for x in <list> return x | get entries(<ctx>)
nums:
  for x in <nums> return x * 2 | for x in 1..3 return x + <num> | <nums>[item > 1] | [<num>, <num>] | sort(<nums>)
  reverse(<nums>) | mode(<nums>) | for x in 3..1 return x | for x in [1,2], y in [10,20] return x * y
  for x in 1..4 return if x < 3 then 1 else partial[-1] + partial[-2] | distinct values(<nums>) | rows.k
texts:
  split(<text>, "b") | for x in <texts> return x + "!" | <texts>[item != "a"] | [<text>, <text>]
  reverse(<texts>)
ctx:
  {k: <any>} | {k: <num>, m: k} | context put(<ctx>, <text>, <any>) | context merge([<ctx>, <ctx>])
  context([{key: "a", value: <any>}]) | if <bool> then <ctx> else <ctx> | rows[2]
date:
  <date> + <days> | <date> - <months> | <date> + <months> | date(<moment>) | if <bool> then <date> else <date>
  date(<num>, 1, 1) | date(<text>)
time:
  <time> + <days> | time(<moment>) | time(<num>, 0, 0)
moment:
  <moment> + <days> | <moment> - <months> | date and time(<date>, <time>) | <moment> + <months>
days:
  <date> - <date> | <days> + <days> | <days> * <num> | <days> / 2 | -<days> | <time> - <time>
  <moment> - <moment> | abs(<days>)
months:
  <months> + <months> | <months> * 2 | years and months duration(<date>, <date>) | -<months> | <months> / 2
  abs(<months>)
range:
  [<num>..<num>] | ]<num>..<num>] | [<date>..<date>] | (< <num>) | (>= <num>) | range("[1..3]")
nul:
  <num> + <text> | <ctx>.nothing | <list>[100]
any:
  <num> | <text> | <bool> | <list> | <ctx> | <date> | <time> | <moment> | <days> | <months> | <nul> | <range>
"""
_PIECES = [*"()[]{},.:+-*/=<>@\"'`", "**", "..", "->", "//", "/*", "*/", "null", "true", "if ", " then ", " else "]
_PIECES += ["in ", "return ", "some ", "every ", "satisfies ", "function(", "between ", "and ", "or ", "for ", "?"]
_PIECES += ["item", "partial", "not(", "0", "9" * 40, "1e9", "é", "\u2003", "\ud800", "\x00", "\\u", "list<", "e"]
_PIECES += ["instance of "]
_WRONG = 0.04


def _choices(text: str) -> dict[str, list[str]]:
    """What stands behind each kind, divided at the bars."""
    found: dict[str, list[str]] = {}
    kind = ""
    for line in text.strip().splitlines():
        if line.startswith("  "):
            found[kind] += line[2:].split(" | ")
        else:
            kind = line.rstrip(":")
            found[kind] = []
    return found


_LEAVES, _RULES = _choices(LEAVES), _choices(RULES)
KINDS = sorted(_RULES)
_HOLE = re.compile(f"<({'|'.join(KINDS)})>")


def expression(random: Random, kind: str = "any", depth: int = 4) -> str:
    """An expression of a kind, at most `depth` rules deep."""
    if random.random() < _WRONG:
        kind = random.choice(KINDS)
    if kind != "any" and (depth <= 0 or random.random() < 0.3):
        return random.choice(_LEAVES[kind])
    rule = random.choice(_RULES[kind])
    return _HOLE.sub(lambda hole: _inner(random, hole[1], depth - 1, rule), rule)


def _inner(random: Random, kind: str, depth: int, rule: str) -> str:
    text = expression(random, kind, max(0, depth))
    # An operand that is more than a name or a number gets brackets, so that the rule stays what it says.
    return text if rule.startswith("<") and rule == f"<{kind}>" or re.fullmatch(r"[\w.]+", text) else f"({text})"


def mutated(random: Random, text: str) -> str:
    """A text with one to four things left out, put in, doubled or turned around."""
    for _ in range(random.randint(1, 4)):
        at, to = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
        way = random.randrange(5)
        if way == 0:
            text = text[:at] + text[min(to, at + 3) :]
        elif way == 1:
            text = text[:at] + random.choice(_PIECES) + text[at:]
        elif way == 2:
            text = text[:to] + text[at:to] + text[to:]
        elif way == 3:
            text = text[:at] + text[at:to][::-1] + text[to:]
        else:
            text = text[at:to] or text
    return text
