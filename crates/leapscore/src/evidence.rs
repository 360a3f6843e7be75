//! Evidence: which bytes of which input turn a judgement stands on.

use crate::unit::ByteSpan;

/// One part of the evidence: a span of one input turn, with its words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Evidence {
    /// 0-based index into the caller's `turns`.
    pub turn: u32,
    /// The bytes of that turn's text.
    pub span: ByteSpan,
    /// The words there; for an absence the first 80 bytes of the turn, cut at a character.
    pub quote: String,
}

/// Part of the evidence before its words are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    pub turn: u32,
    pub start: u32,
    pub end: u32,
    /// The whole turn was searched and nothing found: the quote is only its beginning.
    pub absence: bool,
}

/// The texts of the turns that are judged.
pub(crate) trait Texts {
    fn text(&self, turn: u32) -> &str;
}

impl Texts for &[crate::call::Turn] {
    fn text(&self, turn: u32) -> &str {
        self[turn as usize].text()
    }
}

/// Longest quote of a turn that was searched in vain, in bytes.
const ABSENCE_QUOTE_BYTES: usize = 80;

impl Part {
    pub fn quote(self, text: &str) -> Evidence {
        let (start, end) = (self.start as usize, self.end as usize);
        let words = text.get(start..end).unwrap_or("");
        let words = if self.absence { &words[..floor_char_boundary(words, ABSENCE_QUOTE_BYTES)] } else { words };
        Evidence { turn: self.turn, span: ByteSpan { start: self.start, end: self.end }, quote: words.to_string() }
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Sorts parts by turn and place and joins those that touch or overlap.
pub(crate) fn join(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_unstable();
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match joined.last_mut() {
            Some(last) if last.turn == part.turn && part.start <= last.end => {
                last.end = last.end.max(part.end);
                last.absence &= part.absence;
            }
            _ => joined.push(part),
        }
    }
    joined
}
