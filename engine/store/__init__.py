"""The only room with SQL: tables, transactions, rows to values and back."""
