"""portal_gen turns a folder of OpenAPI descriptions and one catalog file into a developer portal."""

__version__ = "0.1.0"
