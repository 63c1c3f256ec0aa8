"""Examples: from a schema to a value that satisfies it, for pages, snippets and the mock.

Deterministic and without a validator's help: what is shown is the author's example if there is one that fits, else a value
made from names, formats and constraints.
"""

from portal_gen.examples.generate import Examples
from portal_gen.examples.media import GeneratedOrAuthored, example, media_example
from portal_gen.examples.run import Mode

__all__ = ["Examples", "GeneratedOrAuthored", "Mode", "example", "media_example"]
