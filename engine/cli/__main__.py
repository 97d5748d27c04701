"""`python -m engine.cli` is `plus1`, for a folder that is not installed."""

from engine.cli import main

if __name__ == "__main__":
    main()
