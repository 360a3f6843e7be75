//! Numbers that never change their meaning.

use core::ErrorCode;
use std::ffi::{CStr, c_char};

/// What a call came to. A number never changes its meaning, and a retired one is never used again; new ones may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum leap_status {
    /// Done.
    LEAP_OK = 0,
    /// A text is not UTF-8.
    LEAP_ERROR_INVALID_UTF8 = 1,
    /// The input is not JSON.
    LEAP_ERROR_INVALID_JSON = 2,
    /// The JSON does not have the shape of a call: a key is missing or has a wrong type or value.
    LEAP_ERROR_INVALID_CALL = 3,
    /// A role that is not agent, customer or system.
    LEAP_ERROR_UNKNOWN_ROLE = 4,
    /// A time is negative or ends before it starts.
    LEAP_ERROR_INVALID_TIME = 5,
    /// A text or an array is too large.
    LEAP_ERROR_TOO_LARGE = 6,
    /// A line of a plain-text transcript names no speaker.
    LEAP_ERROR_INVALID_TEXT = 7,
    /// A rulebook document is not TOML or has an unknown key or a wrong type.
    LEAP_ERROR_RULEBOOK_SYNTAX = 100,
    /// Two entries of a rulebook have the same id.
    LEAP_ERROR_RULEBOOK_DUPLICATE = 101,
    /// A rulebook names a cue, rule, move or lexicon that it does not define.
    LEAP_ERROR_RULEBOOK_UNKNOWN_NAME = 102,
    /// A phrase of a rulebook is empty or breaks the phrase grammar.
    LEAP_ERROR_RULEBOOK_PHRASE = 103,
    /// A lexicon is defined and never used.
    LEAP_ERROR_RULEBOOK_UNUSED = 104,
    /// A number of a rulebook is out of range.
    LEAP_ERROR_RULEBOOK_RANGE = 105,
    /// A pointer that must not be NULL is NULL, or not aligned for its type.
    LEAP_ERROR_NULL_POINTER = 200,
    /// A struct_size is too small, differs inside an array, or covers fields that this library does not know and that are not 0.
    LEAP_ERROR_STRUCT_SIZE = 201,
    /// A flag, channel, pillar or checkpoint that this library does not know.
    LEAP_ERROR_INVALID_FLAG = 202,
    /// An index is out of range.
    LEAP_ERROR_OUT_OF_RANGE = 203,
    /// The session was finished.
    LEAP_ERROR_FINISHED = 204,
    /// Another thread is inside a call on this session.
    LEAP_ERROR_BUSY = 205,
    /// The library failed inside; nothing else is affected. A session that it happened to can only be freed.
    LEAP_ERROR_INTERNAL = 206,
}

use leap_status::*;

impl leap_status {
    const ALL: [leap_status; 21] = [
        LEAP_OK,
        LEAP_ERROR_INVALID_UTF8,
        LEAP_ERROR_INVALID_JSON,
        LEAP_ERROR_INVALID_CALL,
        LEAP_ERROR_UNKNOWN_ROLE,
        LEAP_ERROR_INVALID_TIME,
        LEAP_ERROR_TOO_LARGE,
        LEAP_ERROR_INVALID_TEXT,
        LEAP_ERROR_RULEBOOK_SYNTAX,
        LEAP_ERROR_RULEBOOK_DUPLICATE,
        LEAP_ERROR_RULEBOOK_UNKNOWN_NAME,
        LEAP_ERROR_RULEBOOK_PHRASE,
        LEAP_ERROR_RULEBOOK_UNUSED,
        LEAP_ERROR_RULEBOOK_RANGE,
        LEAP_ERROR_NULL_POINTER,
        LEAP_ERROR_STRUCT_SIZE,
        LEAP_ERROR_INVALID_FLAG,
        LEAP_ERROR_OUT_OF_RANGE,
        LEAP_ERROR_FINISHED,
        LEAP_ERROR_BUSY,
        LEAP_ERROR_INTERNAL,
    ];

    fn name(self) -> &'static CStr {
        match self {
            LEAP_OK => c"LEAP_OK",
            LEAP_ERROR_INVALID_UTF8 => c"LEAP_ERROR_INVALID_UTF8",
            LEAP_ERROR_INVALID_JSON => c"LEAP_ERROR_INVALID_JSON",
            LEAP_ERROR_INVALID_CALL => c"LEAP_ERROR_INVALID_CALL",
            LEAP_ERROR_UNKNOWN_ROLE => c"LEAP_ERROR_UNKNOWN_ROLE",
            LEAP_ERROR_INVALID_TIME => c"LEAP_ERROR_INVALID_TIME",
            LEAP_ERROR_TOO_LARGE => c"LEAP_ERROR_TOO_LARGE",
            LEAP_ERROR_INVALID_TEXT => c"LEAP_ERROR_INVALID_TEXT",
            LEAP_ERROR_RULEBOOK_SYNTAX => c"LEAP_ERROR_RULEBOOK_SYNTAX",
            LEAP_ERROR_RULEBOOK_DUPLICATE => c"LEAP_ERROR_RULEBOOK_DUPLICATE",
            LEAP_ERROR_RULEBOOK_UNKNOWN_NAME => c"LEAP_ERROR_RULEBOOK_UNKNOWN_NAME",
            LEAP_ERROR_RULEBOOK_PHRASE => c"LEAP_ERROR_RULEBOOK_PHRASE",
            LEAP_ERROR_RULEBOOK_UNUSED => c"LEAP_ERROR_RULEBOOK_UNUSED",
            LEAP_ERROR_RULEBOOK_RANGE => c"LEAP_ERROR_RULEBOOK_RANGE",
            LEAP_ERROR_NULL_POINTER => c"LEAP_ERROR_NULL_POINTER",
            LEAP_ERROR_STRUCT_SIZE => c"LEAP_ERROR_STRUCT_SIZE",
            LEAP_ERROR_INVALID_FLAG => c"LEAP_ERROR_INVALID_FLAG",
            LEAP_ERROR_OUT_OF_RANGE => c"LEAP_ERROR_OUT_OF_RANGE",
            LEAP_ERROR_FINISHED => c"LEAP_ERROR_FINISHED",
            LEAP_ERROR_BUSY => c"LEAP_ERROR_BUSY",
            LEAP_ERROR_INTERNAL => c"LEAP_ERROR_INTERNAL",
        }
    }
}

impl From<ErrorCode> for leap_status {
    fn from(code: ErrorCode) -> leap_status {
        leap_status::ALL.into_iter().find(|status| *status as i32 == code as i32).unwrap_or(LEAP_ERROR_INTERNAL)
    }
}

/// The name of a status, such as "LEAP_ERROR_INVALID_UTF8"; "LEAP_ERROR_UNKNOWN" for a number that this library does not know. Static.
#[unsafe(no_mangle)]
pub extern "C" fn leap_status_name(status: i32) -> *const c_char {
    let known = leap_status::ALL.into_iter().find(|known| *known as i32 == status);
    known.map_or(c"LEAP_ERROR_UNKNOWN", leap_status::name).as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_its_number_and_its_name() {
        let written =
            include_str!("status.rs").lines().filter(|line| line.starts_with("    LEAP_") && line.contains(" = ")).count();
        assert_eq!(leap_status::ALL.len(), written);
        for status in leap_status::ALL {
            assert_eq!(status.name().to_str(), Ok(format!("{status:?}").as_str()));
        }
    }

    #[test]
    fn every_code_of_the_core_is_the_status_of_the_same_number() {
        for code in ErrorCode::ALL {
            let status = leap_status::from(code);
            assert_eq!(status as i32, code as i32);
            let name = format!("{code:?}").to_uppercase();
            assert_eq!(status.name().to_str().map(|name| name["LEAP_ERROR_".len()..].replace('_', "")), Ok(name));
        }
    }
}
