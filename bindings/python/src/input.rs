//! Turns from whatever Python has: dicts, dataclasses and other objects with attributes, tuples.

use crate::error::{kind, within, wrong};
use leapscore::{CallInfo, Channel, Meta, Role, Turn, Word};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString};

/// Fields of a turn or a word in one of its forms.
enum Fields<'a, 'py> {
    Dict(&'a Bound<'py, PyDict>),
    /// In the order given, by place.
    Sequence(Vec<Bound<'py, PyAny>>, &'static [&'static str]),
    Object(&'a Bound<'py, PyAny>),
}

impl<'py> Fields<'_, 'py> {
    fn of<'a>(value: &'a Bound<'py, PyAny>, names: &'static [&'static str], path: &str) -> PyResult<Fields<'a, 'py>> {
        if let Ok(dict) = value.cast::<PyDict>() {
            return Ok(Fields::Dict(dict));
        }
        let object = value.hasattr(intern!(value.py(), "text"))?;
        if !object && value.is_instance_of::<pyo3::types::PyTuple>() | value.is_instance_of::<pyo3::types::PyList>() {
            let fields: Vec<_> = value.try_iter()?.collect::<PyResult<_>>()?;
            if fields.len() > names.len() {
                return Err(wrong(value.py(), path, format!("has {} fields; they are {}", fields.len(), names.join(", "))));
            }
            return Ok(Fields::Sequence(fields, names));
        }
        if object {
            return Ok(Fields::Object(value));
        }
        let message =
            format!("is a {}; it can be a dict, an object with attributes, or a tuple ({})", kind(value), names.join(", "));
        Err(wrong(value.py(), path, message))
    }

    fn get(&self, py: Python<'py>, name: &'static str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let found = match self {
            Fields::Dict(dict) => dict.get_item(PyString::intern(py, name))?,
            Fields::Sequence(fields, names) => names.iter().position(|one| *one == name).and_then(|at| fields.get(at).cloned()),
            Fields::Object(object) => object.getattr_opt(PyString::intern(py, name))?,
        };
        Ok(found.filter(|value| !missing(value)))
    }
}

/// None, or the NaN that a data frame has for it.
fn missing(value: &Bound<'_, PyAny>) -> bool {
    value.is_none() || value.cast::<PyFloat>().is_ok_and(|number| number.value().is_nan())
}

fn text(value: &Bound<'_, PyAny>, path: &str, name: &str) -> PyResult<String> {
    match value.cast::<PyString>() {
        // A lone surrogate is no character.
        Ok(text) => text.to_str().map(str::to_string).map_err(|_| {
            let code = leapscore::ErrorCode::InvalidUtf8;
            let path = format!("{path}.{name}");
            let message = format!("{}: {path}: holds half a surrogate pair", code.name());
            crate::error::fail(value.py(), code as u32, &message, Some(&path), None, None)
        }),
        Err(_) => Err(wrong(value.py(), &format!("{path}.{name}"), format!("is a {}, not a str", kind(value)))),
    }
}

/// Whole milliseconds. A float is taken if it is whole: a column with gaps holds floats.
fn millis(value: &Bound<'_, PyAny>, path: &str, name: &str) -> PyResult<u64> {
    let py = value.py();
    let bad = |message: String| Err(wrong(py, &format!("{path}.{name}"), message));
    if value.is_instance_of::<PyBool>() {
        return bad("is a bool, not an int".into());
    }
    let number: i64 = if let Ok(number) = value.cast::<PyFloat>() {
        let number = number.value();
        match number.fract() == 0.0 && number.abs() < 9e15 {
            true => number as i64,
            false => return bad(format!("is {number}, not whole milliseconds")),
        }
    } else if value.is_instance_of::<PyInt>() || value.hasattr(intern!(py, "__index__"))? {
        match value.extract() {
            Ok(number) => number,
            Err(_) => return bad(format!("is {value}, out of range")),
        }
    } else {
        return bad(format!("is a {}, not an int", kind(value)));
    };
    u64::try_from(number).map_err(|_| {
        let path = format!("{path}.{name}");
        let code = leapscore::ErrorCode::InvalidTime;
        let message = format!("{}: {path}: is negative: {number}", code.name());
        crate::error::fail(py, code as u32, &message, Some(&path), None, None)
    })
}

const TURN: &[&str] = &["role", "text", "start_ms", "end_ms"];
const WORD: &[&str] = &["text", "start_ms", "end_ms"];

/// One turn; `path` names it in errors.
pub fn turn(value: &Bound<'_, PyAny>, path: &dyn Fn() -> String) -> PyResult<Turn> {
    let py = value.py();
    // Quick for the usual dict; the path is written only for an error.
    let fields = match value.cast::<PyDict>() {
        Ok(dict) => Fields::Dict(dict),
        Err(_) => Fields::of(value, TURN, &path())?,
    };
    let role = match fields.get(py, "role")? {
        Some(role) => role,
        None => match fields.get(py, "speaker")? {
            Some(role) => role,
            None => return Err(wrong(py, &path(), "missing field `role`")),
        },
    };
    let role = match role.cast::<PyString>() {
        Ok(name) => Role::parse(&name.to_string_lossy()).map_err(|error| within(py, &path(), &error))?,
        Err(_) => return Err(wrong(py, &format!("{}.role", path()), format!("is a {}, not a str", kind(&role)))),
    };
    let Some(said) = fields.get(py, "text")? else { return Err(wrong(py, &path(), "missing field `text`")) };
    let mut turn = Turn::new(role, text_at(&said, path)?);
    let time = |name: &'static str| match fields.get(py, name)? {
        Some(value) => millis(&value, &path(), name).map(Some),
        None => Ok(None),
    };
    let (start, end) = (time("start_ms")?, time("end_ms")?);
    if start.is_some() || end.is_some() {
        turn = turn.at(start, end).map_err(|error| within(py, &path(), &error))?;
    }
    if let Some(given) = fields.get(py, "words")? {
        let mut words = Vec::new();
        for (index, word) in given.try_iter().map_err(|_| wrong(py, &format!("{}.words", path()), "is no list"))?.enumerate() {
            words.push(self::word(&word?, &format!("{}.words[{index}]", path()))?);
        }
        turn = turn.with_words(words);
    }
    if let Some(agent) = fields.get(py, "agent_id")? {
        turn = turn.with_agent_id(text(&agent, &path(), "agent_id")?);
    }
    Ok(turn)
}

fn text_at(value: &Bound<'_, PyAny>, path: &dyn Fn() -> String) -> PyResult<String> {
    match value.cast::<PyString>().map(|text| text.to_str().map(str::to_string)) {
        Ok(Ok(text)) => Ok(text),
        _ => text(value, &path(), "text"),
    }
}

fn word(value: &Bound<'_, PyAny>, path: &str) -> PyResult<Word> {
    let py = value.py();
    let fields = Fields::of(value, WORD, path)?;
    let get = |name: &'static str| fields.get(py, name)?.ok_or_else(|| wrong(py, path, format!("missing field `{name}`")));
    let said = text(&get("text")?, path, "text")?;
    let (start, end) = (millis(&get("start_ms")?, path, "start_ms")?, millis(&get("end_ms")?, path, "end_ms")?);
    Word::new(said, start, end).map_err(|error| within(py, path, &error))
}

/// The turns of a call.
pub fn turns(value: &Bound<'_, PyAny>) -> PyResult<Vec<Turn>> {
    let turns = value.try_iter().map_err(|_| wrong(value.py(), "turns", format!("is a {}, not a list of turns", kind(value))))?;
    turns.enumerate().map(|(index, one)| turn(&one?, &|| format!("turns[{index}]"))).collect()
}

/// What is known about a call, from keyword arguments.
#[derive(FromPyObject)]
pub struct Info {
    id: Option<String>,
    channel: Option<String>,
    agent_id: Option<String>,
    started_at: Option<String>,
    language: Option<String>,
    meta_json: Option<String>,
    scripts: Vec<String>,
    latency_allowance_ms: u64,
}

impl Info {
    pub fn read(self, py: Python<'_>) -> PyResult<CallInfo> {
        let channel = match self.channel.as_deref().unwrap_or("voice") {
            "voice" => Channel::Voice,
            "chat" => Channel::Chat,
            other => return Err(wrong(py, "channel", format!("unknown variant `{other}`, expected `voice` or `chat`"))),
        };
        let mut info = CallInfo::new(channel);
        info.id = self.id;
        info.agent_id = self.agent_id;
        info.started_at = self.started_at;
        info.language = self.language;
        info.scripts = self.scripts;
        if let Some(meta) = self.meta_json {
            info.meta = serde_json::from_str::<Meta>(&meta).map_err(|error| wrong(py, "meta", error))?;
        }
        info.with_latency_allowance_ms(self.latency_allowance_ms).map_err(|error| crate::error::raise(py, &error))
    }
}
