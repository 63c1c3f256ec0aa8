"""Reading descriptions: text to one shape, with the place of every value.

`load` is the way in. What comes out has the shape of OpenAPI 3.2, whatever was written; nothing after this package asks for a
version. References stay where they are and are followed through the resolver, so cycles stay references.
"""
