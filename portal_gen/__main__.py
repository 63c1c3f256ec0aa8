"""`python -m portal_gen` is `portal-gen`."""

from portal_gen.cli import main

if __name__ == "__main__":
    main()
