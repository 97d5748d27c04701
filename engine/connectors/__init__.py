"""Outside work of cases, one system per file; never called inside a transaction."""
