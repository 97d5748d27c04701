"""What the standard says in each class of difference, and what feelin does."""

WHY = {
    "a loop of feelin without end": "A loop over what has no steps is null; feelin goes on until its memory is full.",
    "past our budget of steps": "Authors are not trusted: what takes too many steps is an error for us.",
    "an error of feelin where the standard gives a value": "Nothing in an expression raises: what cannot be is null.",
    "numbers with an exponent": "The grammar of numbers has an exponent; feelin reads the digits before it.",
    "range of a text": "`range` makes a range of a text; feelin does not have it.",
    "numbers that no double holds": "Numbers have 34 decimal digits and no infinity; feelin's are doubles.",
    "days left over from whole months": "The duration holds whole months only.",
    "years before 0": "A year has a minus and four digits or more; feelin makes a text that it cannot read itself.",
    "a duration times or by a number": "Durations are multiplied and divided by numbers; feelin gives null.",
    "minus a duration": "A duration has a minus; feelin gives null.",
    "sum, min and max of texts, times and durations": (
        "They take what can be added or has an order; feelin takes numbers only."
    ),
    "modulo of more than nine digits": "`modulo` is exact; feelin rounds to nine digits.",
    "a date plus hours stays a date": (
        "A date plus a duration is the date of its midnight plus the duration (the TCK holds this)."
    ),
    "parts of a date or time that are not whole, or in a list": (
        "Parts are whole numbers; a list of one number is that number."
    ),
    "a date and time where a time is asked": (
        "The second argument is a time; feelin takes the time out of a date and time."
    ),
    "sort without a function": "The TCK sorts values that have an order; feelin wants a function.",
    "the order of modes": "Modes come in ascending order; feelin keeps the order of the list.",
    "the median of numbers whose texts have another order": (
        "The middle of the numbers in order; feelin orders them as texts."
    ),
    "a position outside a text": "A position must lie in the text, else null; feelin gives an empty or other text.",
    "a position outside a list": "A position must lie in the list, else null; feelin widens the list.",
    "odd and even of a fraction": "Only whole numbers are odd or even, so null; feelin says false.",
    "the number of an empty text": "An empty text is no number; feelin says 0.",
    "the text of a range, a context or 34 digits": (
        "`string` writes ranges, keys and all digits; feelin has `<range>`, quotes and doubles."
    ),
    "range built-ins on points and open ranges": (
        "They are declared for points too, and compare only ends that exist; feelin gives null or false."
    ),
    "ranges with a null end or ends the wrong way round": "Such a range is null, as the TCK has it; feelin makes it.",
    "an open range to null": "A range to null is null; feelin makes one.",
    "between two ends the wrong way round": "`x between a and b` is `x >= a and x <= b`; feelin turns the ends around.",
    "a time with a zone against one without": (
        "Subtraction is undefined, so null; for `<` table 54 lends the zone of the other, but we give null, since they "
        "are unequal too."
    ),
    "instants in different zones": "The difference is that of the instants; feelin subtracts the clocks.",
    "values without an order": "Comparing them is null; feelin says true or false.",
    "a condition that is no boolean": "Only true chooses `then`; feelin takes what JavaScript holds for true.",
    "some and every over null": "Three-valued: neither decided nor all booleans is null; feelin says false.",
    "in a value of another type": "A value of another kind is not comparable, so null or false; feelin says otherwise.",
    "equality of values of different kinds": (
        "Equal kinds only, null is equal to null alone; feelin mixes null and false."
    ),
    "types that cannot be added or subtracted": "The result is null; feelin leaves the other operand or a part of it.",
    "null where a list is needed": "Null becomes no list and a list keeps its nulls; feelin gives null or drops them.",
    "null in a list that is asked its type": "Null is of every item type in the TCK; feelin says false.",
    "a filter by what is no boolean and no number": "Only true keeps an item, so nothing is left; feelin gives null.",
    "a member of lists in lists": (
        "The member is taken of each item, also of lists inside; feelin gives null for those."
    ),
    "numbers below what a double holds": "Exponents go to -6143; feelin gives 0.",
    "a list of one item where the item is needed": "A list of one item becomes that item; feelin gives null.",
    "a path of keys in context put": "The keys may be a path that does not exist yet; feelin gives null.",
}
