"""The pages, a blueprint per subject."""

from flask import Blueprint

PAGES: tuple[Blueprint, ...] = ()
