"""Models of today become ours."""
