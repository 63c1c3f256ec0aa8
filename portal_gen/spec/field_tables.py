"""Which fields each object of OpenAPI has, in which versions and of which types: the specification's tables, as data.

An entry is `name!:type@versions`. `!` marks a required field that no other check asks for. Versions are `3.1+`, `2`, `2-3.0`;
without any, all. A type is one of

    text, texts, uri, absolute (a URI with a scheme), template (a URI with variables), flag, number, count, any, list, map, and alternatives as text|flag;
    the name of a kind: an object of it, kind[] a list of them, kind{} a mapping with free names, kind{x} one with x- fields.
"""

from __future__ import annotations

from typing import Final

_LIMITS = """
    multipleOf:number minimum:number maximum:number exclusiveMinimum:flag@2-3.0 exclusiveMaximum:flag@2-3.0
    maxLength:count minLength:count maxItems:count minItems:count pattern:text uniqueItems:flag enum:list
"""
_OF_2_0 = """
    type:text@2 format:text@2 items:items@2 collectionFormat:text@2 default:any@2 enum:list@2 pattern:text@2
    multipleOf:number@2 minimum:number@2 maximum:number@2 exclusiveMinimum:flag@2 exclusiveMaximum:flag@2
    maxLength:count@2 minLength:count@2 maxItems:count@2 minItems:count@2 uniqueItems:flag@2
"""
FIELDS: Final[dict[str, str]] = {
    "document": """
        swagger:any@2 openapi:any@3.0+ $self:uri@3.2+ info:info jsonSchemaDialect:absolute@3.1+ host:text@2 basePath:text@2
        schemes:texts@2 consumes:texts@2 produces:texts@2 servers:server[]@3.0+ paths!:pathItem{x}@2-3.0
        paths:pathItem{x}@3.1+ webhooks:pathItem{}@3.1+ components:components@3.0+ definitions:schema{}@2
        parameters:parameter{}@2 responses:response{}@2 securityDefinitions:securityScheme{}@2 security:security[]
        tags:tag[] externalDocs:externalDocs
    """,
    "info": """
        title:text summary:text@3.1+ description:text termsOfService:text@2 termsOfService:uri@3.0+ contact:contact
        license:license version:text
    """,
    "contact": "name:text url:uri email:text",
    "license": "name:text identifier:text@3.1+ url:uri",
    "server": "url:template description:text name:text@3.2+ variables:serverVariable{}",
    "serverVariable": "enum:texts default:text description:text",
    "components": """
        schemas:schema{} responses:response{} parameters:parameter{} examples:example{} requestBodies:requestBody{}
        headers:header{} securitySchemes:securityScheme{} links:link{} callbacks:callback{} pathItems:pathItem{}@3.1+
        mediaTypes:mediaType{}@3.2+
    """,
    "pathItem": """
        $ref:text summary:text@3.0+ description:text@3.0+ servers:server[]@3.0+ parameters:parameter[]
        get:operation put:operation post:operation delete:operation options:operation head:operation patch:operation
        trace:operation@3.0+ query:operation@3.2+ additionalOperations:operation{}@3.2+
    """,
    "operation": """
        tags:texts summary:text description:text externalDocs:externalDocs operationId:text consumes:texts@2 produces:texts@2
        schemes:texts@2 parameters:parameter[] requestBody:requestBody@3.0+ responses:response{x} callbacks:callback{}@3.0+
        deprecated:flag security:security[] servers:server[]@3.0+
    """,
    "externalDocs": "description:text url:uri",
    "parameter": f"""
        name!:text in!:text description:text required:flag deprecated:flag@3.0+ allowEmptyValue:flag style:text@3.0+
        explode:flag@3.0+ allowReserved:flag@3.0+ schema:schema content:mediaType{{}}@3.0+ example:any@3.0+
        examples:example{{}}@3.0+ {_OF_2_0}
    """,
    "header": f"""
        description:text required:flag@3.0+ deprecated:flag@3.0+ allowEmptyValue:flag@3.0-3.1 style:text@3.0+ explode:flag@3.0+
        allowReserved:flag@3.0-3.1 schema:schema@3.0+ content:mediaType{{}}@3.0+ example:any@3.0+ examples:example{{}}@3.0+
        {_OF_2_0}
    """,
    "items": f"type!:text format:text items:items collectionFormat:text default:any {_LIMITS}",
    "requestBody": "description:text content!:mediaType{} required:flag",
    "mediaType": """
        schema:schema itemSchema:schema@3.2+ example:any examples:example{} encoding:encoding{}
        prefixEncoding:encoding[]@3.2+ itemEncoding:encoding@3.2+
    """,
    "encoding": """
        contentType:text headers:header{} style:text explode:flag allowReserved:flag encoding:encoding{}@3.2+
        prefixEncoding:encoding[]@3.2+ itemEncoding:encoding@3.2+
    """,
    "response": """
        summary:text@3.2+ description:text schema:schema@2 headers:header{} examples:map@2 content:mediaType{}@3.0+
        links:link{}@3.0+
    """,
    "example": """
        summary:text description:text value:any externalValue:uri dataValue:any@3.2+ serializedValue:text@3.2+
    """,
    "link": """
        operationRef:text operationId:text parameters:map requestBody:any description:text server:server
    """,
    "tag": "name:text summary:text@3.2+ description:text externalDocs:externalDocs parent:text@3.2+ kind:text@3.2+",
    "securityScheme": """
        type:text description:text name:text in:text flow:text@2 authorizationUrl:uri@2 tokenUrl:uri@2 scopes:text{x}@2
        scheme:text@3.0+ bearerFormat:text@3.0+ flows:flows@3.0+ openIdConnectUrl:uri@3.0+ oauth2MetadataUrl:uri@3.2+
        deprecated:flag@3.2+
    """,
    "flows": "implicit:flow password:flow clientCredentials:flow authorizationCode:flow deviceAuthorization:flow@3.2+",
    "flow": """
        authorizationUrl:uri deviceAuthorizationUrl:uri@3.2+ tokenUrl:uri refreshUrl:uri scopes!:text{}
    """,
    "discriminator": "propertyName!:text mapping:text{} defaultMapping:text@3.2+",
    "xml": """
        nodeType:text@3.2+ name:text namespace:uri@2 namespace:absolute@3.0+ prefix:text attribute:flag wrapped:flag
    """,
    "schema": f"""
        title:text description:text format:text default:any example:any externalDocs:externalDocs xml:xml
        readOnly:flag writeOnly:flag@3.0+ deprecated:flag@3.0+ nullable:flag@3.0 discriminator:text@2
        discriminator:discriminator@3.0+ type:text@3.0 type:text|texts@2 type:text|texts@3.1+ required:texts
        maxProperties:count minProperties:count {_LIMITS} exclusiveMinimum:number@3.1+ exclusiveMaximum:number@3.1+
        properties:schema{{}} additionalProperties:schema|flag items:schema allOf:schema[] oneOf:schema[]@3.0+
        anyOf:schema[]@3.0+ not:schema@3.0+
        $id:text@3.1+ $schema:text@3.1+ $anchor:text@3.1+ $dynamicRef:text@3.1+ $dynamicAnchor:text@3.1+ $comment:text@3.1+
        $vocabulary:map@3.1+ $defs:schema{{}}@3.1+ const:any@3.1+ examples:list@3.1+ prefixItems:schema[]@3.1+
        contains:schema@3.1+ minContains:count@3.1+ maxContains:count@3.1+ patternProperties:schema{{}}@3.1+
        propertyNames:schema@3.1+ dependentSchemas:schema{{}}@3.1+ dependentRequired:map@3.1+ if:schema@3.1+
        then:schema@3.1+ else:schema@3.1+ unevaluatedItems:schema@3.1+ unevaluatedProperties:schema@3.1+
        contentEncoding:text@3.1+ contentMediaType:text@3.1+ contentSchema:schema@3.1+
    """,
}

SINCE_3_0: Final = frozenset(["requestBody", "mediaType", "encoding", "example", "link", "callback"])
"""Kinds that Swagger 2.0 does not have."""

ALTERNATIVES: Final[dict[str, tuple[str, ...]]] = {
    "parameter": ("schema", "content"),
    "header": ("schema", "content"),
}
"""Of these fields an object has one (since OpenAPI 3.0)."""

REFERENCES: Final = frozenset(
    ["schema", "response", "parameter", "example", "requestBody", "header", "securityScheme", "link", "callback", "mediaType"]
)
"""Kinds in whose place a `$ref` may stand; with path items it is a field of their own."""

REMEDIES: Final[dict[tuple[str, str], str]] = {
    ("response", "schema"): "write it under `content` and a media type",
    ("response", "examples"): "write them under `content` and a media type",
    **{("parameter", name.split(":")[0]): "write it in `schema`" for name in _OF_2_0.split()},
    **{("header", name.split(":")[0]): "write it in `schema`" for name in _OF_2_0.split()},
    ("parameter", "collectionFormat"): "write `style` and `explode`",
    ("header", "collectionFormat"): "write `style` and `explode`",
    ("document", "host"): "write `servers`",
    ("document", "basePath"): "write `servers`",
    ("document", "schemes"): "write `servers`",
    ("operation", "schemes"): "write `servers`",
    ("document", "consumes"): "name media types under `content`",
    ("document", "produces"): "name media types under `content`",
    ("operation", "consumes"): "name media types under `content`",
    ("operation", "produces"): "name media types under `content`",
    ("document", "definitions"): "write it under `components` as `schemas`",
    ("document", "parameters"): "write it under `components`",
    ("document", "responses"): "write it under `components`",
    ("document", "securityDefinitions"): "write it under `components` as `securitySchemes`",
    ("securityScheme", "flow"): "write `flows`",
    ("securityScheme", "authorizationUrl"): "write it in `flows`",
    ("securityScheme", "tokenUrl"): "write it in `flows`",
    ("securityScheme", "scopes"): "write it in `flows`",
    ("schema", "nullable"): "add null to the type instead",
}
"""What to do about fields that are no longer there."""

MEANT: Final = {
    ("components", "definitions"): "schemas",
    ("components", "securityDefinitions"): "securitySchemes",
}
"""Fields that never were, where the nearest name is not the one that is meant."""

READ_ANYWAY: Final = frozenset(
    [("schema", "items"), ("schema", "examples"), ("schema", "type"), ("schema", "discriminator"), ("schema", "exclusiveMinimum")]
)
"""Fields that are read even where their type is wrong, so that nothing is lost."""

SAID_IF_EMPTY: Final = frozenset([("info", "title"), ("info", "version"), ("license", "name"), ("server", "url")])
"""Fields that others say are missing, also where they are empty."""

_JSON_TYPES: Final = frozenset(["null", "boolean", "integer", "number", "string", "array", "object"])
TYPES: Final = {20: _JSON_TYPES | {"file"}, 30: _JSON_TYPES, 31: _JSON_TYPES, 32: _JSON_TYPES}
"""The names of types. Until 3.1 null is none of them by the letter; it is read everywhere."""

TITLES: Final[dict[str, str]] = {
    "document": "a description",
    "info": "`info`",
    "contact": "a contact",
    "license": "a license",
    "server": "a server",
    "serverVariable": "a variable of a server",
    "components": "`components`",
    "pathItem": "a path",
    "operation": "an operation",
    "externalDocs": "`externalDocs`",
    "parameter": "a parameter",
    "header": "a header",
    "items": "`items`",
    "requestBody": "a request body",
    "mediaType": "a media type",
    "encoding": "an encoding",
    "response": "a response",
    "example": "an example",
    "link": "a link",
    "tag": "a tag",
    "securityScheme": "a security scheme",
    "flows": "`flows`",
    "flow": "a flow",
    "discriminator": "a discriminator",
    "xml": "`xml`",
    "schema": "a schema",
}
"""How messages call an object of a kind."""
