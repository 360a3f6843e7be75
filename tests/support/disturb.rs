//! The same call as another transcriber would have written it.

use leapscore::{Call, Role, Turn};
use unicode_normalization::UnicodeNormalization;

/// A named way to change a call's text and nothing of what was said.
pub type Disturbance = (&'static str, fn(&Call) -> Call);

/// All of them.
pub const DISTURBANCES: &[Disturbance] = &[
    ("no case and no punctuation", bare),
    ("curly quotes", |call| texts(call, |text| text.replace('\'', "\u{2019}"))),
    ("decomposed Unicode", |call| texts(call, |text| text.nfd().collect())),
    ("doubled spaces", |call| texts(call, |text| text.replace(' ', "  "))),
    ("fillers", |call| texts(call, fillers)),
    ("turns split in two", split),
];

fn rebuilt(turn: &Turn, text: String, start: Option<u64>, end: Option<u64>) -> Turn {
    Turn::new(turn.role(), text).at(start, end).expect("times in order")
}

fn texts(call: &Call, change: fn(&str) -> String) -> Call {
    let turns = call.turns().iter().map(|turn| rebuilt(turn, change(turn.text()), turn.start_ms(), turn.end_ms())).collect();
    Call::new(call.info().clone(), turns).expect("as many turns")
}

/// No case and no punctuation.
pub fn bare(call: &Call) -> Call {
    texts(call, bare_text)
}

/// Lower case; letters, digits and blanks only, apostrophes too are gone.
fn bare_text(text: &str) -> String {
    let kept: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || *c == '-').collect();
    kept.replace('-', " ")
}

/// "um" behind every fifth word.
fn fillers(text: &str) -> String {
    let words = text.split(' ').enumerate();
    words.map(|(index, word)| if index % 5 == 4 { format!("{word} um") } else { word.to_string() }).collect::<Vec<_>>().join(" ")
}

/// Every turn of eight words or more becomes two segments.
fn split(call: &Call) -> Call {
    let mut turns = Vec::new();
    for turn in call.turns() {
        let words: Vec<&str> = turn.text().split(' ').collect();
        if words.len() < 8 || turn.role() == Role::System {
            turns.push(turn.clone());
            continue;
        }
        let half = words.len() / 2;
        let middle = turn.start_ms().zip(turn.end_ms()).map(|(start, end)| start + (end - start) / 2);
        turns.push(rebuilt(turn, words[..half].join(" "), turn.start_ms(), middle));
        turns.push(rebuilt(turn, words[half..].join(" "), middle, turn.end_ms()));
    }
    Call::new(call.info().clone(), turns).expect("a few turns more")
}
