"""Stylesheets and ES modules, shipped as they are."""
