"""The main process of a draft as steps, with what may be picked for them and what is wrong with each."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn import outline
from bpmn.model import Finding, Lane, Process
from engine.domain.caller import Caller
from engine.queries.drafts import Checked, check_draft
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class OutlineView:
    """`outline` and `process` are None when the file cannot be read; `forms`: id → title of the package's forms;
    `findings` by element, the rest of them under ""."""

    checked: Checked
    outline: outline.Outline | None
    process: Process | None
    forms: Mapping[str, str]
    findings: Mapping[str, tuple[Finding, ...]]

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes of the process."""
        return self.process.lanes if self.process else ()


def read_outline(transaction: Transaction, caller: Caller, key: str) -> OutlineView:
    """The draft as steps. Raises NotFound."""
    checked = check_draft(transaction, caller, key)
    package = checked.package
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in checked.findings:
        known = package is not None and finding.element in package.process.nodes
        found[finding.element if known else ""] = (*found.get(finding.element if known else "", ()), finding)
    if package is None:
        return OutlineView(checked, None, None, {}, found)
    forms = {form.id: str(form.source.get("title") or form.id) for form in package.forms.values()}
    return OutlineView(checked, outline.outline(package.process), package.process, forms, found)
