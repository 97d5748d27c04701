"""Results of the TCK that we do not follow, each with its reason. Expectations themselves are never edited."""

_JAVA = (
    "DMN 1.5 section 10.3.2.13.3, externally-defined functions, java form: calls a Java method by reflection; refused "
    "by design, no foreign code runs in an expression"
)
EXTERNAL = "3/0076-feel-external-java"

DOUBTFUL = {
    f"{EXTERNAL}/{case}/{case}": _JAVA
    for case in (
        ("boxed_001", "literal_001", "literal_002", "literal_005", "literal_006", "literal_007", "literal_010")
        + ("literal_011", "literal_012", "varargs_001")
    )
}
