"""Time, memory and weight of a build beside a peer's, in one run: `python -m bench`. Nothing of it ships in the wheel."""
