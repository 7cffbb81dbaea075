"""`python -m routebook`: the command line."""

from routebook.cli import main

if __name__ == "__main__":
    main()
