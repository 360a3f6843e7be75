//! One opaque error with a stable code: the message is for people, the code for programs.

use std::fmt;

/// What went wrong, as a number that never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u32)]
pub enum ErrorCode {
    /// The input is not UTF-8.
    InvalidUtf8 = 1,
    /// The input is not JSON.
    InvalidJson = 2,
    /// The JSON does not have the shape of a call: a key is missing or has a wrong type or value.
    InvalidCall = 3,
    /// A role that is not `agent`, `customer` or `system`.
    UnknownRole = 4,
    /// A time is negative or ends before it starts.
    InvalidTime = 5,
    /// A text is larger than 4 GiB, or a call has more than 2^32 turns.
    TooLarge = 6,
    /// A line of a plain-text transcript names no speaker.
    InvalidText = 7,
    /// A rulebook document is not TOML or has an unknown key or a wrong type.
    RulebookSyntax = 100,
    /// Two entries of a rulebook have the same id.
    RulebookDuplicate = 101,
    /// A rulebook names a cue, rule, move or lexicon that it does not define.
    RulebookUnknownName = 102,
    /// A phrase of a rulebook is empty or breaks the phrase grammar.
    RulebookPhrase = 103,
    /// A lexicon is defined and never used.
    RulebookUnused = 104,
    /// A number of a rulebook is out of range.
    RulebookRange = 105,
}

impl ErrorCode {
    /// All codes, in the order of their numbers.
    pub const ALL: [ErrorCode; 13] = [
        ErrorCode::InvalidUtf8,
        ErrorCode::InvalidJson,
        ErrorCode::InvalidCall,
        ErrorCode::UnknownRole,
        ErrorCode::InvalidTime,
        ErrorCode::TooLarge,
        ErrorCode::InvalidText,
        ErrorCode::RulebookSyntax,
        ErrorCode::RulebookDuplicate,
        ErrorCode::RulebookUnknownName,
        ErrorCode::RulebookPhrase,
        ErrorCode::RulebookUnused,
        ErrorCode::RulebookRange,
    ];

    /// The code in the form that messages show, such as `LS103`.
    pub fn name(self) -> String {
        format!("LS{:03}", self as u32)
    }
}

/// Where an error is: as much of it as is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Name of the file or document, if the input has one.
    pub file: Option<String>,
    /// 1-based line.
    pub line: Option<usize>,
    /// 1-based column, in characters.
    pub column: Option<usize>,
    /// Path of the value, such as `turns[3].start_ms`.
    pub path: Option<String>,
}

/// An error of this library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: ErrorCode,
    message: String,
    place: Box<Place>,
}

impl Error {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), place: Box::default() }
    }

    pub(crate) fn at(mut self, line: usize, column: usize) -> Error {
        self.place.line = Some(line);
        self.place.column = Some(column);
        self
    }

    pub(crate) fn path(mut self, path: impl Into<String>) -> Error {
        self.place.path = Some(path.into());
        self
    }

    /// An error in a line (1-based) of a plain-text transcript, for readers of such text.
    pub fn in_text(line: usize, message: impl Into<String>) -> Error {
        Error::new(ErrorCode::InvalidText, message).at(line, 1)
    }

    /// The same error, said to be in `file`.
    pub fn in_file(mut self, file: impl Into<String>) -> Error {
        self.place.file = Some(file.into());
        self
    }

    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where it is wrong.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.place;
        if let Some(file) = &place.file {
            write!(f, "{file}:")?;
        }
        match (place.line, place.column) {
            (Some(line), Some(column)) => write!(f, "{line}:{column}:")?,
            (Some(line), None) => write!(f, "{line}:")?,
            _ => {}
        }
        if place.file.is_some() || place.line.is_some() {
            write!(f, " ")?;
        }
        write!(f, "{}: ", self.code.name())?;
        if let Some(path) = place.path.as_deref().filter(|path| *path != ".") {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
