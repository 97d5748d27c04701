"""What systems see: HTTP in, one use case, HTTP out."""
