"""`python -m postwright` is the `postwright` command."""

from postwright.cli.main import main

if __name__ == "__main__":
    main()
