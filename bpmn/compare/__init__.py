"""What two versions of a package differ in, as sentences."""
