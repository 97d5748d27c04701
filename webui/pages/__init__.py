"""The pages, a blueprint per subject."""

from webui.pages import (
    admin,
    board,
    cases,
    choices,
    drafts,
    inbox,
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
    inbox.blueprint,
    drafts.blueprint,
    modelling.blueprint,
    board.blueprint,
    proposals.blueprint,
    outline.blueprint,
    admin.blueprint,
)
DEMO_PAGES = (style_guide.blueprint,)
