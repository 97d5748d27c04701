"""Twenty thousand random and broken expressions: values or typed errors, and analysis agrees with evaluation."""

from tests.unit.feel import fuzz

COUNT, SEED = 20_000, 20_260_101


def test_only_typed_errors_and_analysis_agrees() -> None:
    figures = fuzz.run(COUNT, SEED)
    assert not figures.faults, figures.faults[:5]
    assert sum(figures.ends.values()) == COUNT
    # The grammar must make values, not only errors, or this would test nothing.
    assert figures.ends["whole: value"] > COUNT / 5
    assert figures.ends["mutated: FeelSyntaxError"] > COUNT / 5
