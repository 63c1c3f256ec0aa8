"""One description of 100,000 operations: `make huge` builds it."""
