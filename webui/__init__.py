"""What people see: Jinja pages, islands, themes, translations."""
