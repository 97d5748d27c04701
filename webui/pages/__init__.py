"""The pages, a blueprint per subject."""

from webui.pages import (
    admin,
    cases,
    choices,
    drafts,
    login,
    modelling,
    models,
    outline,
    proposals,
    style_guide,
    tasks,
    upgrades,
)

PAGES = (
    login.blueprint,
    tasks.blueprint,
    cases.blueprint,
    models.blueprint,
    choices.blueprint,
    upgrades.blueprint,
    drafts.blueprint,
    modelling.blueprint,
    proposals.blueprint,
    outline.blueprint,
    admin.blueprint,
)
DEMO_PAGES = (style_guide.blueprint,)
