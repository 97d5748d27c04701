"""Demo tenants, people and choices: invented, and only there to try the product with."""
