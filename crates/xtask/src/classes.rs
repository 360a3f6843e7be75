//! The classes of a report in Python, made from its JSON schema.

use serde_json::{Map, Value};
use std::fmt::Write;

const HEAD: &str = r#""""The classes of a report. Made from docs/report.schema.json by `cargo xtask generate`; do not edit.

Spans count code points of the turn's text, so that `text[span.start:span.end]` is the quote. Times are whole milliseconds from the
start of the call, turns are 0-based indices into the call's turns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, Union
"#;

/// Names that Python keeps for itself.
const KEYWORDS: &[&str] = &["as", "class", "def", "from", "import", "in", "is", "pass", "try", "with"];

pub fn text() -> String {
    let schema: Value = serde_json::from_str(&leapscore::report::schema()).expect("the schema is JSON");
    let empty = Map::new();
    let definitions = schema["$defs"].as_object().unwrap_or(&empty);
    let mut out = HEAD.to_string();
    for (name, definition) in definitions.iter().filter(|(_, definition)| !is_class(definition)) {
        alias(&mut out, name, definition);
    }
    for (name, definition) in definitions.iter().filter(|(_, definition)| is_class(definition)) {
        class(&mut out, definitions, class_name(name), definition);
    }
    class(&mut out, definitions, "Report", &schema);
    properties(&mut out, definitions, &schema);
    let mut names: Vec<&str> = definitions.keys().map(|name| class_name(name)).collect();
    names.sort_unstable();
    let names: Vec<String> = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    let _ = write!(out, "\n\n__all__ = [\n{}]\n", names.concat());
    out
}

/// A definition with fields becomes a class, any other an alias.
fn is_class(definition: &Value) -> bool {
    !definition["properties"].is_null()
}

fn class_name(name: &str) -> &str {
    if name == "ByteSpan" { "Span" } else { name }
}

fn field_name(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_string() }
}

fn description(value: &Value) -> String {
    let text = value["description"].as_str().unwrap_or_default();
    text.replace("UTF-8 bytes", "code points").replace("The bytes of", "The code points of").replace("`utf8`, bytes", "`codepoint`")
}

fn alias(out: &mut String, name: &str, definition: &Value) {
    let variants = definition["oneOf"].as_array();
    let words: Vec<String> = match variants {
        Some(variants) => variants.iter().filter_map(|one| one["const"].as_str()).map(|word| format!("\"{word}\"")).collect(),
        None => definition["enum"].as_array().into_iter().flatten().map(Value::to_string).collect(),
    };
    let kind = match words.is_empty() {
        true => "Union[str, bool, int, None]".to_string(),
        false => format!("Literal[{}]", words.join(", ")),
    };
    let _ = write!(out, "\n{name}: TypeAlias = {kind}\n\"\"\"{}", description(definition));
    for one in variants.into_iter().flatten() {
        let _ = write!(out, "\n\n`{}`: {}", one["const"].as_str().unwrap_or_default(), description(one));
    }
    out.push_str("\"\"\"\n");
}

/// A field's type, and the expression that makes it from JSON.
fn field(definitions: &Map<String, Value>, value: &Value, from: &str) -> (String, String) {
    if let Some(reference) = value["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        let class = class_name(name).to_string();
        return match definitions.get(name).is_some_and(is_class) {
            true => (class.clone(), format!("{class}._of({from})")),
            false => (class, from.to_string()),
        };
    }
    if let Some(options) = value["anyOf"].as_array() {
        let (kind, of) = field(definitions, &options[0], from);
        let of = if of == from { of } else { format!("None if {from} is None else {of}") };
        return (format!("{kind} | None"), of);
    }
    if let Some(types) = value["type"].as_array() {
        return (format!("{} | None", plain(types[0].as_str().unwrap_or_default())), from.to_string());
    }
    match value["type"].as_str() {
        Some("array") => {
            let (kind, of) = field(definitions, &value["items"], "x");
            let of = if of == "x" { format!("tuple({from})") } else { format!("tuple([{of} for x in {from}])") };
            (format!("tuple[{kind}, ...]"), of)
        }
        Some("object") => ("dict[str, MetaValue]".into(), from.into()),
        Some(other) => (plain(other).into(), from.into()),
        None => ("Any".into(), from.into()),
    }
}

fn plain(name: &str) -> &'static str {
    match name {
        "string" => "str",
        "boolean" => "bool",
        "integer" => "int",
        _ => "Any",
    }
}

fn class(out: &mut String, definitions: &Map<String, Value>, name: &str, definition: &Value) {
    let _ = write!(out, "\n\n@dataclass(frozen=True, slots=True)\nclass {name}:\n    \"\"\"{}\"\"\"\n\n", description(definition));
    let empty = Map::new();
    let fields = definition["properties"].as_object().unwrap_or(&empty);
    let mut made = String::new();
    for (key, value) in fields {
        let (kind, of) = field(definitions, value, &format!("d[\"{key}\"]"));
        let _ = write!(out, "    {}: {kind}\n    \"\"\"{}\"\"\"\n", field_name(key), description(value));
        let _ = writeln!(made, "            {}={of},", field_name(key));
    }
    let _ =
        write!(out, "\n    @staticmethod\n    def _of(d: dict[str, Any]) -> {name}:\n        return {name}(\n{made}        )\n");
}

/// What a report's handle shows of it.
fn properties(out: &mut String, definitions: &Map<String, Value>, schema: &Value) {
    out.push_str("\n\nclass ReportProperties:\n    \"\"\"A report's parts as attributes.\"\"\"\n\n    __slots__ = ()\n\n");
    out.push_str("    def _parts(self) -> Report:\n        raise NotImplementedError\n");
    let empty = Map::new();
    for (key, value) in schema["properties"].as_object().unwrap_or(&empty) {
        let (kind, _) = field(definitions, value, "");
        let _ = write!(
            out,
            "\n    @property\n    def {0}(self) -> {kind}:\n        \"\"\"{1}\"\"\"\n        return self._parts().{0}\n",
            field_name(key),
            description(value)
        );
    }
}
