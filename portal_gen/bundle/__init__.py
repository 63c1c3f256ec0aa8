"""One description made of all descriptions of a catalog: `bundle` gives its tree, `bundle_text` its text.

Operations stand at their public address where one is known, else at their own path with their service's servers. Names get the
service in front, so that nothing clashes; what cannot stand beside an operation of another service is listed under `x-omitted`.
"""

from portal_gen.bundle.document import Bundle, bundle
from portal_gen.bundle.text import bundle_text, difference, write_bundle

__all__ = ["Bundle", "bundle", "bundle_text", "difference", "write_bundle"]
