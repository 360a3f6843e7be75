//! The conformance vectors of `tests/conformance`: calls and rulebooks in, exact report bytes or an error with its place out.
//!
//! Every face of the library runs them. `documents` are laid on the pinned `rulebook.toml`. The input is `call` (any way of writing the
//! same JSON will do), `input` (the very text) or `input_hex` (the very bytes, which are no text).

use crate::{files, project};
use leapscore::{Call, Error, LeapReport, Rulebook, Scorer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fs;
use std::path::Path;

/// A file of vectors.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vectors {
    /// What they are about.
    pub about: String,
    /// One by one.
    pub cases: Vec<Case>,
}

/// One vector.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// What it is there for, if the name does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Documents laid on the pinned rulebook.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// A call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<Box<RawValue>>,
    /// A text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// Bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_hex: Option<String>,
    /// The exact bytes that must come out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// Or the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Expected>,
}

/// A document of a rulebook.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The name that errors give it.
    pub name: String,
    /// TOML.
    pub text: String,
}

/// An error with its place; 0 and "" where there is none.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The number of its code.
    pub code: u32,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// The value that is wrong.
    pub path: String,
    /// The whole message.
    pub message: String,
}

impl From<Error> for Expected {
    fn from(error: Error) -> Expected {
        let place = error.place();
        Expected {
            code: error.code() as u32,
            line: place.line.unwrap_or(0),
            column: place.column.unwrap_or(0),
            path: place.path.clone().unwrap_or_default(),
            message: error.to_string(),
        }
    }
}

impl Case {
    fn bytes(&self) -> Vec<u8> {
        match (&self.call, &self.input, &self.input_hex) {
            (Some(call), None, None) => call.get().as_bytes().to_vec(),
            (None, Some(input), None) => input.as_bytes().to_vec(),
            (None, None, Some(hex)) => {
                let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal digits");
                (0..hex.len()).step_by(2).map(byte).collect()
            }
            _ => panic!("{}: one of call, input and input_hex", self.name),
        }
    }

    /// What comes out.
    ///
    /// # Errors
    /// Those that the case is about.
    pub fn run(&self, pinned: &str) -> Result<LeapReport, Error> {
        let mut documents = vec![("rulebook.toml", pinned)];
        documents.extend(self.documents.iter().map(|document| (document.name.as_str(), document.text.as_str())));
        let rulebook = Rulebook::from_documents(&documents)?;
        Ok(Scorer::with_rulebook(rulebook).score(&Call::from_json_bytes(&self.bytes())?))
    }

    /// The same case, with what comes out as what must.
    pub fn made_anew(mut self, pinned: &str) -> Case {
        (self.report, self.error) = match self.run(pinned) {
            Ok(report) => (Some(report.to_json()), None),
            Err(error) => (None, Some(error.into())),
        };
        self
    }
}

/// The pinned rulebook.
pub fn pinned() -> String {
    fs::read_to_string(project("tests/conformance/rulebook.toml")).expect("the pinned rulebook")
}

/// All files of vectors, by name.
pub fn all() -> Vec<(String, Vectors)> {
    let name = |path: &Path| path.file_name().expect("a file").to_string_lossy().into_owned();
    let read = |path: &Path| {
        let text = fs::read_to_string(path).expect("a file of vectors");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files("tests/conformance", "json").iter().map(|path| (name(path), read(path))).collect()
}
