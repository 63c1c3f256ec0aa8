"""Where references lead, and that they lead nowhere else."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from portal_gen.spec import Loaded, RefFault, find_root, load
from portal_gen.spec.resolver import Resolver
from tests.spec.support import loaded, write

HEAD = "openapi: 3.1.0\ninfo: {title: T}\npaths: {}\n"


def schemas(folder: Path, text: str, **others: str) -> tuple[Loaded, dict[str, Any]]:
    result = loaded(folder, HEAD + f"components: {{schemas: {{{text}}}}}\n", **others)
    return result, result.root["components"]["schemas"]


def message(result: Loaded, holder: Any) -> str:
    with pytest.raises(RefFault) as fault:
        result.resolver.resolve(holder)
    assert fault.value.diagnostics == (fault.value.diagnostic,)
    place = fault.value.diagnostic.location
    return f"{Path(place.file).name}:{place.line}:{place.column}: {fault.value.diagnostic.message}"


FOUND: list[tuple[str, str, Any]] = [
    ("#/components/schemas/A", "/components/schemas/A", {"type": "string"}),
    ("#/components/schemas/a~1b", "/components/schemas/a~1b", {"type": "integer"}),
    ("#/components/schemas/c~0d", "/components/schemas/c~0d", {"type": "number"}),
    ("#/components/schemas/e%20f", "/components/schemas/e f", {"type": "array"}),
    ("#/components/schemas/%C3%BC", "/components/schemas/ü", {"type": "object"}),
    ("#/components/schemas/ü", "/components/schemas/ü", {"type": "object"}),
    ("#/components/schemas/a%7E1b", "/components/schemas/a~1b", {"type": "integer"}),
    ("#/components/schemas/List/oneOf/1", "/components/schemas/List/oneOf/1", {"type": "null"}),
    ("#/info", "/info", {"title": "T"}),
    ("more.yaml", "", {"X": {"type": "boolean"}, "~": 1}),
    ("more.yaml#", "", {"X": {"type": "boolean"}, "~": 1}),
    ("./more.yaml#/X", "/X", {"type": "boolean"}),
    ("more.yaml#/~0", "/~0", 1),
    ("sub/../sub/deep.json#/0", "/0", "x"),
    ("with%20space.yaml", "", {"s": 1}),
    ("api.yaml#/components/schemas/A", "/components/schemas/A", {"type": "string"}),
    ("#/components/schemas/Through/properties/p", "/X", {"type": "boolean"}),
]
NAMES = (
    "A: {type: string}, a/b: {type: integer}, c~d: {type: number}, e f: {type: array}, ü: {type: object}, "
    "List: {oneOf: [{type: string}, {type: 'null'}]}, Through: {$ref: 'through.yaml'}, "
)
OTHERS = {
    "more": "{X: {type: boolean}, '~': 1}",
    "with space": "{s: 1}",
    "through": "{properties: {$ref: 'through2.yaml'}}",
    "through2": "{p: {$ref: 'more.yaml#/X'}}",
}


@pytest.mark.parametrize(("ref", "pointer", "value"), FOUND)
def test_found(tmp_path: Path, ref: str, pointer: str, value: Any) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "deep.json").write_text('["x"]')
    result, found = schemas(tmp_path, f"{NAMES} Ref: {{$ref: '{ref}'}}", **OTHERS)
    target = result.resolver.resolve(found["Ref"])
    if ref.endswith("properties/p"):
        assert (target.value, target.pointer) == ({"$ref": "more.yaml#/X"}, "/p")
        return
    assert (target.pointer, target.value) == (pointer, value)
    assert target.path.parent in (tmp_path, tmp_path / "sub")
    assert target.file == target.path.as_posix()


def test_one_thing_is_one_target(tmp_path: Path) -> None:
    refs = ["#/components/schemas/A", "api.yaml#/components/schemas/A", "./api.yaml#/components/schemas/%41"]
    result, found = schemas(tmp_path, "A: {type: string}, " + ", ".join(f"R{i}: {{$ref: '{r}'}}" for i, r in enumerate(refs)))
    targets = [result.resolver.resolve(found[f"R{index}"]) for index in range(3)]
    assert len({(target.path, target.pointer) for target in targets}) == 1
    assert all(target.value is found["A"] for target in targets)


def test_one_step_only(tmp_path: Path) -> None:
    result, found = schemas(
        tmp_path, "A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/C', title: t}, C: {type: string}"
    )
    assert result.resolver.resolve(found["A"]).value is found["B"]
    assert found["B"]["title"] == "t"


BROKEN: list[tuple[str, str]] = [
    ("#/components/schemas/Ordr", "#/components/schemas has no Ordr; did you mean Order?"),
    ("#/components/schemas/order", "#/components/schemas has no order; did you mean Order?"),
    ("#/components/schemas/Zzzzz", "#/components/schemas has no Zzzzz; correct the reference or add what it names"),
    ("#/components/schemas/Order/oneOf/1", "#/components/schemas/Order/oneOf has no 1; "),
    ("#/components/schemas/Order/oneOf/00", "has no 00; "),
    ("#/components/schemas/Order/oneOf/-", "has no -; "),
    ("#/components/schemas/Order/type/x", "#/components/schemas/Order/type has no x; "),
    ("#/component/schemas/Order", "api.yaml# has no component; did you mean components?"),
    ("#components/schemas/Order", "#components/schemas/Order is not a JSON Pointer and no $anchor; begin it with #/"),
    ("mroe.yaml#/X", "/mroe.yaml; did you mean more.yaml?"),
    ("nothing-like-it.json", "/nothing-like-it.json; correct the path"),
    ("more.yaml#/Y", "more.yaml# has no Y; "),
    ("../secret.yaml", "../secret.yaml lies outside of "),
    ("sub/../../secret.yaml", "lies outside of "),
    ("%2e%2e/secret.yaml", "lies outside of "),
    ("..%2Fsecret.yaml", "lies outside of "),
    ("link.yaml", "link.yaml lies outside of "),
    ("/etc/passwd", "/etc/passwd is an absolute path; write it relative to this file"),
    ("%2Fetc/passwd", "lies outside of "),
    ("file:///etc/passwd", "file:///etc/passwd is not a file in the folder; copy it into the folder"),
    ("http://example.org/x.yaml#/X", "http://example.org/x.yaml#/X is not a file in the folder; copy it into the folder"),
    ("HTTPS://example.org/x.yaml", "is not a file in the folder; "),
    ("//example.org/x.yaml", "is not a file in the folder; "),
    ("C:\\x.yaml", "is not a file in the folder; "),
    ("a%00b.yaml", "is not the name of a file; "),
    ("x" * 5000 + ".yaml", "there is no file "),
    ("sub", "there is no file "),
    (".", "there is no file "),
    ("broken.yaml#/a", "broken.yaml can not be read; correct it ("),
]


@pytest.mark.parametrize(("ref", "expected"), BROKEN)
def test_broken(tmp_path: Path, ref: str, expected: str) -> None:
    folder = tmp_path / "api"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("a: 1")
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    escaped = ref.replace("\\", "\\\\")
    result, found = schemas(
        folder,
        f'Order: {{type: object, oneOf: [{{}}]}}, Ref: {{title: t, $ref: "{escaped}"}}',
        more="{X: 1}",
        broken="a: [1",
    )
    text = message(result, found["Ref"])
    assert expected in text
    assert text.startswith("api.yaml:4:76: ")
    assert text == message(result, found["Ref"])
    assert "secret.yaml" not in [path.name for path in result.files]


def test_a_file_that_can_not_be_read_is_reported_once_with_its_own_faults(tmp_path: Path) -> None:
    result, _ = schemas(tmp_path, "A: {$ref: 'b.yaml#/a'}, B: {$ref: 'b.yaml#/b'}, C: {$ref: c.yaml}", b="a: [1", c="{x: 1, x: 2}")
    assert [(Path(item.location.file).name, item.rule) for item in result.diagnostics] == [
        ("b.yaml", "syntax"),
        ("c.yaml", "duplicate-key"),
    ]
    assert [path.name for path in result.files] == ["api.yaml", "b.yaml", "c.yaml"]


CIRCLES = [
    "A: {$ref: '#/components/schemas/A'}",
    "A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}",
    "A: {$ref: '#/components/schemas/B'}, B: {$ref: 'other.yaml#/C'}",
]


@pytest.mark.parametrize("text", CIRCLES)
def test_references_in_a_circle(tmp_path: Path, text: str) -> None:
    result, found = schemas(tmp_path, text, other="C: {$ref: 'api.yaml#/components/schemas/A'}")
    assert "the references go in a circle: " in message(result, found["A"])


@pytest.mark.parametrize("last", ["{$ref: '#/components/schemas/A0'}", "{type: string}", "{$ref: '#/components/schemas/Lost'}"])
def test_a_long_chain_is_followed_once(tmp_path: Path, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps, count = [0], 400
    follow = Resolver._follow

    def counted(*arguments: Any) -> Any:
        steps[0] += 1
        return follow(*arguments)

    monkeypatch.setattr(Resolver, "_follow", counted)
    chain = ", ".join(f"A{n}: {{$ref: '#/components/schemas/A{n + 1}'}}" for n in range(count))
    result, found = schemas(tmp_path, f"{chain}, A{count}: {last}")
    for n in range(count):
        if "A0" in last:
            assert message(result, found[f"A{n}"]).count(" → ") == 7
        else:
            result.resolver.resolve(found[f"A{n}"])
    assert steps[0] < 4 * count


def test_a_pointer_through_references_without_an_end(tmp_path: Path) -> None:
    result, found = schemas(
        tmp_path,
        "A: {$ref: '#/components/schemas/B/x'}, B: {$ref: '#/components/schemas/A/y'}, C: {$ref: '#/components/schemas/C/x'}",
    )
    assert "without an end; " in message(result, found["A"])
    assert "without an end; " in message(result, found["C"])


def test_recursive_schemas_are_no_circle(tmp_path: Path) -> None:
    result, found = schemas(tmp_path, "A: {properties: {a: {$ref: '#/components/schemas/A'}}}")
    assert result.resolver.resolve(found["A"]["properties"]["a"]).value is found["A"]


@pytest.mark.parametrize("ref", ["1", "[a]", "null", "{a: 1}"])
def test_a_reference_that_is_no_text(tmp_path: Path, ref: str) -> None:
    result, found = schemas(tmp_path, f"A: {{$ref: {ref}}}")
    assert "$ref is not a text; " in message(result, found["A"])


def test_a_link_inside_the_folder_may_be_followed(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.yaml")
    result, found = schemas(tmp_path, "A: {$ref: link.yaml}, B: {$ref: real.yaml}", real="{type: string}")
    targets = [result.resolver.resolve(found[name]) for name in "AB"]
    assert targets[0] == targets[1]


def test_a_device_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    result, found = schemas(tmp_path, "A: {$ref: pipe.yaml}")
    assert "there is no file " in message(result, found["A"])


def test_root(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        catalog="{}",
        shared__errors="E: {type: string}",
        a__api=HEAD + "components: {schemas: {A: {$ref: '../shared/errors.yaml#/E'}}}",
    )
    path = tmp_path / "a" / "api.yaml"
    assert find_root(path) == tmp_path
    result = load(path)
    assert result.resolver.resolve(result.root["components"]["schemas"]["A"]).value == {"type": "string"}
    narrow = load(path, tmp_path / "a")
    assert "; copy it into the folder, or give --root" in message(narrow, narrow.root["components"]["schemas"]["A"])
    (tmp_path / "catalog.yaml").unlink()
    assert find_root(path) == tmp_path / "a"


def test_names_are_shown_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result, found = schemas(tmp_path / "d", "A: {$ref: more.yaml}", more="{type: string}")
    assert result.file == "d/api.yaml"
    assert result.resolver.resolve(found["A"]).file == "d/more.yaml"
    assert load(Path("d/api.yaml")).file == "d/api.yaml"


ANCHORED = """
    A: {$anchor: here, type: string},
    B: {$ref: '#here'},
    C:
      {$id: 'https://example.org/c', $defs: {X: {$anchor: x, type: integer}},
       properties: {p: {$ref: '#/$defs/X'}, q: {$ref: '#x'}, r: {$ref: 'd'},
                    s: {$ref: '#/components/schemas/A'}, t: {$ref: 'e#/no'}}},
    D: {$id: 'https://example.org/d', $defs: {X: {type: boolean}}, properties: {p: {$ref: '#/$defs/X'}}},
    E: {$ref: 'https://example.org/c#/$defs/X'},
    F: {$ref: '#nowhere'},
    G: {example: {$anchor: data}, properties: {default: {$anchor: named}}},
    H: {$ref: '#data'},
    I: {$ref: '#named'}
"""


def test_ids_and_anchors_in_the_same_file(tmp_path: Path) -> None:
    result, found = schemas(tmp_path, ANCHORED.replace("\n", "\n  "))

    def value(holder: Any) -> Any:
        return result.resolver.resolve(holder).value

    inside = found["C"]["properties"]
    assert value(found["B"]) is found["A"]
    assert result.resolver.resolve(found["B"]).pointer == "/components/schemas/A"
    assert value(inside["p"]) is value(inside["q"]) is value(found["E"]) is found["C"]["$defs"]["X"]
    assert result.resolver.resolve(inside["p"]).pointer == "/components/schemas/C/$defs/X"
    assert value(inside["r"]) is found["D"]
    assert value(inside["s"]) is found["A"]
    assert value(found["D"]["properties"]["p"]) is found["D"]["$defs"]["X"]
    assert value(found["I"]) is found["G"]["properties"]["default"]
    for broken, severity in ((found["F"], "error"), (found["H"], "error"), (inside["t"], "warning")):
        with pytest.raises(RefFault) as fault:
            result.resolver.resolve(broken)
        assert fault.value.diagnostic.severity == severity


def test_an_id_has_places_of_its_own(tmp_path: Path) -> None:
    text = """
        Own: {$id: 'https://example.org/own', $dynamicAnchor: node, $defs: {X: {type: integer}},
          properties: {whole: {$ref: '#'}, x: {$ref: '#/$defs/X'}, next: {$dynamicRef: '#node'}}},
        Other: {properties: {whole: {$ref: '#'}, x: {$ref: '#/$defs/X'}}}"""
    result = loaded(tmp_path, f"{HEAD}$defs: {{X: {{type: string}}}}\ncomponents:\n  schemas: {{{text}}}\n")
    own, other = (result.root["components"]["schemas"][name] for name in ("Own", "Other"))
    resolve = result.resolver.resolve
    assert resolve(own["properties"]["whole"]).value is own
    assert resolve(own["properties"]["x"]).value is own["$defs"]["X"]
    assert resolve(own["properties"]["next"], "$dynamicRef").value is own
    assert resolve(other["properties"]["whole"]).value is result.root
    assert resolve(other["properties"]["x"]).value is result.root["$defs"]["X"]


@pytest.mark.parametrize("id_", ["", "$id: 'https://example.org/shapes', "])
def test_an_anchor_in_another_file(tmp_path: Path, id_: str) -> None:
    shapes = f"{{{id_}$defs: {{P: {{$anchor: Point, type: object}}}}}}"
    result, found = schemas(tmp_path, "A: {$ref: 'shapes.yaml#Point'}, B: {$ref: 'shapes.yaml#Line'}", shapes=shapes)
    assert result.resolver.resolve(found["A"]).pointer == "/$defs/P"
    assert "shapes.yaml#Line is not a JSON Pointer and no $anchor" in message(result, found["B"])


def test_a_document_may_name_itself(tmp_path: Path) -> None:
    text = HEAD.replace("3.1.0", "3.2.0") + "$self: https://example.org/api\ncomponents: {schemas: {A: {}, B: {$ref: '%s'}}}"
    result = loaded(tmp_path, text % "https://example.org/api#/components/schemas/A")
    schemas = result.root["components"]["schemas"]
    assert result.resolver.resolve(schemas["B"]).value is schemas["A"]


def test_a_message_is_one_line_whatever_it_quotes(tmp_path: Path) -> None:
    result, found = schemas(tmp_path, r'A: {$ref: "x\n/etc/passwd:1:1: forged\u001b[0m"}')
    assert "x\\n/etc/passwd:1:1: forged\\x1b[0m" in message(result, found["A"])


def test_many_broken_references_take_little_time(tmp_path: Path) -> None:
    names = ", ".join(f"Name{index}: {{$ref: '#/components/schemas/Nmae{index}'}}" for index in range(2000))
    start = time.process_time()
    schemas(tmp_path, names)
    assert time.process_time() - start < 5
