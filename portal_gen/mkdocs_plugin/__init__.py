"""The portal inside an MkDocs site. The only package that imports mkdocs."""

from portal_gen.mkdocs_plugin.plugin import PortalPlugin, Stopped

__all__ = ["PortalPlugin", "Stopped"]
