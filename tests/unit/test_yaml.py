"""The restricted YAML of the catalogue: what it reads, and what it refuses with file and line."""

from __future__ import annotations

import pytest

from zonerules.layers.catalogue.errors import CatalogueError
from zonerules.layers.catalogue.reading import parse_yaml, read_yaml


def refuse(text: str) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        parse_yaml(text, "rules.yaml")
    assert caught.value.file == "rules.yaml"
    assert "\n" not in str(caught.value)
    return caught.value


def test_texts_numbers_and_booleans():
    text = "a: [北路, 21, -3, 0, 2.5, 0.0015, true, false, '21', \"yes\"]\n"
    assert parse_yaml(text, "x").data == {
        "a": ["北路", 21, -3, 0, 2.5, 0.0015, True, False, "21", "yes"]
    }


@pytest.mark.parametrize(
    "word", ["2017-10-17", "2017-10", "21/22", "五(四)2", "20(2)", "v1.0", "-"]
)
def test_stays_text(word):
    text = f"a: {word}\n" if word != "-" else 'a: "-"\n'
    assert parse_yaml(text, "x").data == {"a": word}


def test_multi_line_text_is_read():
    assert parse_yaml("a: |\n  one\n  yes\n", "x").data == {"a": "one\nyes\n"}


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "NO", "On", "OFF"])
def test_loose_booleans_tell_to_quote(word):
    error = refuse(f"a: 1\nb: {word}\n")
    assert error.line == 2
    assert str(error) == (
        f'rules.yaml:2: plain {word} is ambiguous; expected true or false, or "{word}" in quotes'
    )


def test_loose_boolean_as_key():
    assert refuse("a:\n  on: 1\n").line == 2


@pytest.mark.parametrize("word", ["True", "FALSE"])
def test_capital_booleans(word):
    assert refuse(f"a: {word}\n").line == 1


@pytest.mark.parametrize("word", ["null", "Null", "NULL", "~"])
def test_null(word):
    error = refuse(f"a: 1\nb:\n  - {word}\n")
    assert (error.line, error.problem) == (3, f'"{word}" is null')


def test_missing_value():
    error = refuse("a: 1\nb:\n")
    assert (error.line, error.problem) == (2, 'key "b" has no value')


def test_comma_in_an_unquoted_text_names_the_stray_key():
    error = refuse("a:\n  title: {zh: 某区, en: People's Government, Zhengzhou}\n")
    assert (error.line, error.problem) == (2, 'key "Zhengzhou" has no value')
    assert "quotes" in (error.expected or "")


@pytest.mark.parametrize(
    "word",
    [
        "010",
        "0x1F",
        "0o7",
        "0b1",
        "1_000",
        "1e5",
        "1.5e-3",
        ".5",
        "5.",
        ".inf",
        "-.INF",
        ".nan",
        "12:30",
    ],
)
def test_ambiguous_numbers(word):
    error = refuse(f"a: 1\nb: {word}\n")
    assert (error.line, error.problem) == (2, f"{word} is ambiguous")


def test_number_too_large():
    assert refuse("a: 1" + "0" * 400 + ".0\n").line == 1


def test_repeated_key_tells_both_lines():
    error = refuse("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert str(error) == (
        'rules.yaml:4: key "b" is repeated; expected one (the first is on line 2)'
    )


def test_repeated_key_in_flow_style():
    assert refuse("a: 1\nb: {c: 1,\n  c: 2}\n").line == 3


def test_anchor_without_alias():
    error = refuse("a: &x 1\n")
    assert (error.line, error.problem) == (1, "anchor &x is used")


def test_anchor_on_a_key():
    assert refuse("a: 1\n&x b: 2\n").line == 2


def test_alias():
    assert refuse("a:\n  - 1\nb: *x\n").line == 3


def test_merge_key():
    error = refuse("a:\n  <<: {b: 1}\n")
    assert (error.line, error.problem) == (2, "merge key << is used")


@pytest.mark.parametrize("value", ["!!str 21", "!x {b: 1}", "!!python/object:os.system [ls]"])
def test_tags(value):
    error = refuse(f"a: {value}\n")
    assert error.line == 1
    assert error.problem.startswith("tag ")


def test_second_document():
    assert refuse("a: 1\n---\nb: 2\n").line == 2


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_empty(text):
    assert refuse(text).problem == "is empty"


def test_syntax_error_has_its_line():
    error = refuse("a: 1\nb: [1, 2\nc: 3\n")
    assert error.problem.startswith("is not YAML")
    assert error.line in (2, 3, 4)


def test_list_as_key():
    assert refuse("? [a]\n: 1\n").problem == "a key is not text"


def test_nested_too_deeply():
    assert refuse("a: " + "[" * 300 + "]" * 300).problem == "is nested too deeply"


def test_lines_of_values():
    file = parse_yaml("rules:\n  - id: A\n    where: [x,\n      y]\n  - id: B\n", "x")
    assert file.line("rules", 0, "id") == 2
    assert file.line("rules", 0, "where", 1) == 4
    assert file.line("rules", 1) == 5
    assert file.line("rules", 1, "when", "fact") == 5  # nothing there: what is around it


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe"])
def test_byte_order_mark(tmp_path, mark):
    path = tmp_path / "rules.yaml"
    path.write_bytes(mark + b"a: 1\n")
    with pytest.raises(CatalogueError, match=r"^rules.yaml:1: starts with a byte-order mark"):
        read_yaml(path, "rules.yaml")


def test_gb18030(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_bytes("a: 1\n# 管城\n".encode("gb18030"))
    with pytest.raises(CatalogueError) as caught:
        read_yaml(path, "rules.yaml")
    assert caught.value.line == 2
    assert "is not UTF-8" in str(caught.value)
    assert "looks like GB18030" in str(caught.value)


def test_text_that_is_not_nfc(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_bytes("a: 1\nb: cafe\u0301\n".encode())
    with pytest.raises(CatalogueError) as caught:
        read_yaml(path, "rules.yaml")
    assert (caught.value.line, caught.value.expected) == (2, "text in Unicode form NFC")


def test_missing_file(tmp_path):
    with pytest.raises(CatalogueError, match=r"^rules.yaml: cannot be read"):
        read_yaml(tmp_path / "none.yaml", "rules.yaml")
