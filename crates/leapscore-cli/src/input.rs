//! Files in, calls out; what is wrong with one loses no other.

use crate::transcript;
use leapscore::{Call, Channel};
use std::io::Read;
use std::path::Path;
use std::{fs, io};

/// One call of an input, or why there is none; with the name that people know it by.
pub struct Input {
    /// File, with the line in a JSONL file.
    pub name: String,
    /// The call.
    pub call: Result<Call, String>,
}

/// Reads a file or, for "-", standard input. The form is known by its shape: JSON, JSON lines, or plain text.
pub fn read(file: &Path, chat: bool) -> Vec<Input> {
    let name = if file == Path::new("-") { "standard input".to_string() } else { file.display().to_string() };
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    let bad = |message: String| vec![Input { name: name.clone(), call: Err(message) }];
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return bad(format!("{name}: {error}")),
    };
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            return bad(format!("{name}:{line}: LS001: not UTF-8 (byte {})", error.valid_up_to()));
        }
    };
    let mut inputs = parse(&name, text);
    if chat {
        inputs.iter_mut().for_each(|input| input.call = std::mem::replace(&mut input.call, Err(String::new())).map(as_chat));
    }
    inputs
}

fn parse(name: &str, text: &str) -> Vec<Input> {
    if !text.trim_start().starts_with('{') {
        let call = transcript::parse(text).map_err(|error| error.in_file(name).to_string());
        return vec![Input { name: name.to_string(), call }];
    }
    if !is_lines(text) {
        let call = Call::from_json(text).map_err(|error| error.in_file(name).to_string());
        return vec![Input { name: name.to_string(), call }];
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let line = |(index, line): (usize, &str)| {
        let name = format!("{name}:{}", index + 1);
        // The column is the parser's, the line is ours.
        let call = Call::from_json(line).map_err(|error| {
            let column = error.place().column.unwrap_or(1);
            let path = error.place().path.clone().filter(|path| path != ".").map_or(String::new(), |path| format!("{path}: "));
            format!("{name}:{column}: {}: {path}{}", error.code().name(), error.message())
        });
        Input { name, call }
    };
    lines.map(line).collect()
}

/// JSON lines: two lines or more hold something, and each of them starts an object that it also ends.
fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("");
    first.ends_with('}') && lines.next().is_some_and(|second| second.starts_with('{'))
}

fn as_chat(call: Call) -> Call {
    let mut info = call.info().clone();
    info.channel = Channel::Chat;
    Call::new(info, call.turns().to_vec()).expect("the turns were valid before")
}
