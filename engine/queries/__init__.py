"""The read side: what pages and the API show, for one tenant and one caller."""
