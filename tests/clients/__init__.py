"""Clients that OpenAPI Generator makes of `openapi/hanzo.yaml`: `make clients` makes and tries them."""
