"""Reading descriptions: text to one shape, with the place of every value.

`load` is the way in. What comes out has the shape of OpenAPI 3.2, whatever was written; nothing after this package asks for a
version. References stay where they are and are followed through the resolver, so cycles stay references.
"""

from portal_gen.spec.load import Loaded, find_root, load
from portal_gen.spec.resolver import RefFault, Resolver, Target
from portal_gen.spec.source import Parsed, parse

__all__ = ["Loaded", "Parsed", "RefFault", "Resolver", "Target", "find_root", "load", "parse"]
