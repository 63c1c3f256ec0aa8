"""Small pages in the markup the templates write, for looking at the stylesheet and the script alone.

The API in them is a sample and describes no real one."""

LANGUAGES = ("cURL", "Python", "JavaScript", "TypeScript", "Go", "Rust", "Ruby", "Java", "C#", "PHP", "Swift", "PowerShell")
STATUSES = ("200", "201", "400", "401", "403", "404", "409", "422", "429", "500", "503")
COPY = '<button class="pg-btn pg-btn--icon" type="button" data-pg-copy aria-label="Copy">⧉</button>'


def radios(name: str, labels: tuple[str, ...], label_class: str = "pg-tab") -> str:
    """One label with its radio per text; the first is chosen."""
    chosen = (" checked", *("" for _ in labels[1:]))
    return "".join(
        f'<label class="{label_class}"><input type="radio" name="{name}"{mark}>{text}</label>'
        for text, mark in zip(labels, chosen, strict=True)
    )


def card(name: str, labels: tuple[str, ...], attributes: str = "", classes: str = "") -> str:
    """A card with tabs: one panel of code per label."""
    panels = "".join(f'<div class="pg-panel"><pre tabindex="0"><code>{text} code of {name}</code></pre></div>' for text in labels)
    tabs = f'<fieldset class="pg-tabs"{attributes}><legend>{name}</legend>{radios(name, labels)}</fieldset>'
    return f'<section class="pg-card pg-pick {classes}" id="{name}"><div class="pg-card__h">{tabs}<span>{COPY}</span></div>{panels}</section>'


def row(anchor: str, meaning: str, flags: str = "", below: str = "", attributes: str = "") -> str:
    """A field: name and type left, meaning right, children below."""
    name = anchor.rpartition(".")[2]
    return (
        f'<li class="pg-row" id="{anchor}"{attributes}><div><div class="pg-name"><a href="#{anchor}">{name}</a></div>'
        f'<div class="pg-type"><span>string</span>{flags}</div></div><div class="pg-desc">{meaning}</div>{below}</li>'
    )


def fields(rows: str) -> str:
    """Children of a field, folded."""
    return (
        '<div class="pg-kids"><details><summary><b>1 field</b><span>inner</span></summary>'
        f'<ul class="pg-rows">{rows}</ul></details></div>'
    )


def shapes(name: str, labels: tuple[str, ...], panels: tuple[str, ...], classes: str = "pg-tabs pg-tabs--seg") -> str:
    """A choice of shapes: radios, then one panel each in the same order."""
    inside = "".join(
        f'<div class="pg-panel" data-label="{label}">{panel}</div>' for label, panel in zip(labels, panels, strict=True)
    )
    tab = "pg-tab" if "pg-tabs" in classes else "pg-shape"
    return (
        f'<div class="pg-seg pg-pick" id="{name}"><fieldset class="{classes}"><legend>Shape</legend>'
        f"{radios(name + '-r', labels, tab)}</fieldset>{inside}</div>"
    )


NAVIGATION = """<div class="md-sidebar md-sidebar--primary"><div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">
<nav class="md-nav md-nav--primary"><div class="pg-nav"><div class="pg-nav__svc"><a href="#"><b>Orders</b><span>1.0</span></a>
<details><summary>Switch service</summary><ul><li><a href="#">Read a bill</a></li></ul></details></div>
<input class="pg-field" type="search" aria-label="Filter operations"><output></output>
<ul class="pg-nav__flat"><li><a href="#"><span>Check health</span><span class="pg-m" data-m="get">GET</span></a></li></ul>
<details id="nav-orders"><summary>Orders<small>2</small></summary><ul>
<li><a href="#"><span>Read an order</span><span class="pg-m" data-m="get">GET</span></a></li>
<li data-pg-words="/v1/orders"><a href="#" data-deprecated><span>Place an order</span><span class="pg-m" data-m="post">POST</span></a></li></ul></details>
<details id="nav-items" open><summary>Items<small>40</small></summary><ul>{items}
<li><a href="#" aria-current="page"><span>Remove an item</span><span class="pg-m" data-m="delete">DEL</span></a></li></ul></details>
</div></nav></div></div></div>"""

MARKDOWN = """<div class="pg-md"><p>Text with <strong>weight</strong> and <code>code</code>.</p><ul><li>one<ol><li>deep</li></ol></li></ul>
<pre><code>a line of code that is much longer than any column of this page is wide, so that it has to scroll inside its own box</code></pre>
<blockquote><p>Quoted.</p></blockquote><h4>Heading</h4><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></div>"""

ENUMS = """<p>Where.</p><div class="pg-enum"><span class="pg-rule">One of</span><code>eu</code><code>us</code></div>
<details class="pg-more"><summary>Show 1 more</summary><div class="pg-enum"><code id="enum.ap">ap</code></div></details>
<dl class="pg-enumlist"><dt><code>eu</code></dt><dd>Europe.</dd></dl>"""

TREE = """<ul class="pg-tree" id="tree"><li><details><summary class="pg-leaf"><span class="pg-path">/v1</span><span>3 routes</span></summary><ul>
<li><details><summary class="pg-leaf"><span class="pg-path">/orders</span><span>2 routes</span></summary><ul>
<li><div class="pg-leaf"><span class="pg-path">/</span><span class="pg-ms"><span class="pg-m" data-m="get">GET</span></span><a href="#">Orders</a>
<span class="pg-ev" data-ev="config">configuration</span><span class="pg-opt">2</span></div></li>
<li><div class="pg-leaf" data-clash><span class="pg-path">/{id}</span><span class="pg-ms"><span class="pg-m" data-m="put">PUT</span></span>
<a href="#">Orders</a><span class="pg-ev" data-ev="document">document</span><span class="pg-opt">1</span></div></li></ul></details></li>
<li><div class="pg-leaf"><span class="pg-path">/bills</span><span class="pg-ms"></span><a href="#">Billing</a>
<span class="pg-ev" data-ev="server">description</span><span class="pg-opt">1</span></div></li></ul></details></li></ul>"""

MATRIX = (
    '<div class="pg-scroll" tabindex="0" role="region" aria-label="Matrix"><table class="pg-table" id="matrix"><thead><tr>'
    + "".join(f'<th scope="col">Capability {n}</th>' for n in range(12))
    + "</tr></thead><tbody>"
    + "".join(f'<tr><th scope="row">Service {n}</th>{"<td>yes</td>" * 11}</tr>' for n in range(3))
    + "</tbody></table></div>"
)


def navigation() -> str:
    """The side navigation of a service, long enough to scroll; the current page stands last."""
    items = "".join(
        f'<li><a href="#"><span>Item call {n}</span><span class="pg-m" data-m="patch">PATCH</span></a></li>' for n in range(40)
    )
    return NAVIGATION.format(items=items)


def body() -> str:
    """The fields of a request: nested, folded, with shapes inside shapes."""
    inner = shapes("inner", ("string", "object"), ("<p>inner one</p>", '<p id="inner.two">inner two</p>'))
    names = ("Card", "Transfer", "Debit", "Gift", "Points", "Cash")
    panels = (*(f"<p>Panel {name}.</p>" for name in names[:-1]), f'<ul class="pg-rows">{row("body.pay.cash", inner)}</ul>')
    pay = f'<div class="pg-kids">{shapes("pay", names, panels, "pg-shapes")}</div>'
    deep = fields(row("body.deep.two", "<p>Two.</p>", below=fields(row("body.deep.two.three", "<p>Three.</p>"))))
    rows = (
        row("body.a_name_that_is_much_too_long_for_it", MARKDOWN, '<span class="pg-flag" data-k="required">required</span>'),
        row("body.old", "<p>Old.</p>", '<span class="pg-flag" data-k="deprecated">deprecated</span>', "", " data-deprecated"),
        row("body.region", ENUMS),
        row("body.deep", "<p>Deep.</p>", below=deep),
        row("body.pay", "<p>Pay.</p>", below=pay),
    )
    return f'<ul class="pg-rows pg-rows--wide">{"".join(rows)}</ul>'


def operation(language_group: str) -> str:
    """What stands inside the theme's article on an operation page. `language_group` names the radios, which differ by page."""
    return f"""<div class="pg"><div class="pg-op"><header class="pg-main pg-top"><nav class="pg-crumbs"><ol><li><a href="#">Reference</a></li>
<li><a href="#">Orders</a></li></ol><a class="pg-mdtwin" href="#">Markdown</a></nav><h1>Place an order</h1>
<div class="pg-badges"><span class="pg-tag">Beta</span><span class="pg-tag" data-k="new">New</span></div>
<div class="pg-lead pg-md"><p>Places one.</p></div><p class="pg-note" data-k="warn"><b>Deprecated.</b> Use <a href="#">another</a>.</p>
<div class="pg-addr"><div class="pg-addr__row"><span class="pg-m pg-m--chip" data-m="post">POST</span>
<span class="pg-path">https://api.example.com<b>/v1/orders</b></span><span>{COPY}</span></div></div>
<a class="pg-jump" href="#body">Jump to parameters</a>
<dl class="pg-facts"><dt>Authentication</dt><dd><ul class="pg-alts"><li><code>Authorization: Bearer</code></li>
<li><span class="pg-label">or</span><code>X-Key</code></li></ul></dd><dt>Server</dt><dd><dl class="pg-facts pg-vars"><dt>region</dt>
<dd>eu or us</dd></dl></dd></dl></header>
<aside class="pg-side"><div class="pg-stick">{card(language_group, LANGUAGES, " data-pg-lang", "pg-send")}{card("answer", STATUSES)}</div></aside>
<div class="pg-main"><section class="pg-sec" id="body"><div class="pg-sec__h"><h2>Body</h2><span class="pg-quiet">required</span>
<button class="pg-btn pg-btn--icon" type="button" data-pg-open data-pg-alt="Close all" aria-expanded="false">Open all</button></div>{body()}</section>
<section class="pg-sec"><div class="pg-sec__h"><h2>Answers</h2></div><details class="pg-ans" id="response-200"><summary><span class="pg-code" data-c="2">
200</span><span>Placed</span><span class="pg-quiet">json</span></summary><div><ul class="pg-rows">{row("response-200.id", "<p>Id.</p>")}</ul></div></details>
<details class="pg-callback"><summary><span class="pg-m" data-m="post">POST</span><code>{{$request.body#/url}}</code></summary><div></div></details></section>
<div class="pg-filters"><input class="pg-field" type="search" data-pg-filter="tree" aria-label="Filter routes"><output></output></div>{TREE}
<div class="pg-filters"><input class="pg-field" type="search" data-pg-filter="matrix" aria-label="Filter services"></div>{MATRIX}
</div></div></div>"""


def page(content: str, *, scheme: str = "default", primary: str = "custom", script: str = "", styles: str = "") -> str:
    """A whole page around `content`, in the theme's frame, with the real stylesheets and the module."""
    return f"""<!doctype html><html lang="en" class="no-js"><head><meta charset="utf-8"><title>Sample</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">{styles}
<link rel="stylesheet" href="palette.css"><link rel="stylesheet" href="portal.css"><script>{script}</script>
<script type="module" src="portal.mjs"></script></head>
<body dir="ltr" data-md-color-scheme="{scheme}" data-md-color-primary="{primary}" data-md-color-accent="{primary}">
<header class="md-header"><nav class="md-header__inner md-grid"><div class="md-header__title">Sample</div></nav></header>
<div class="md-container"><main class="md-main"><div class="md-main__inner md-grid">{navigation()}
<div class="md-content"><article class="md-content__inner md-typeset">{content}</article></div></div></main></div></body></html>"""
