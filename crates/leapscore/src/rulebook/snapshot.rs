//! A compiled rulebook as bytes. The build script compiles the built-in rulebook and writes them, so that a process that starts
//! has only to read them. They are good for the very version that wrote them, and for nothing else.

use super::document::Document;
use super::model::{CueId, Model};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

#[derive(Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub fingerprint: String,
    pub model: Model,
}

/// A value as compressed bytes.
#[allow(dead_code, reason = "called by the build script and the tests")]
pub(crate) fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    let bytes = postcard::to_allocvec(value).expect("plain data can be written");
    let smallest = 10;
    miniz_oxide::deflate::compress_to_vec(&bytes, smallest)
}

pub(crate) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let bytes = miniz_oxide::inflate::decompress_to_vec(bytes).ok()?;
    postcard::from_bytes(&bytes).ok()
}

/// What stands in a stored document for the table of a judge.
const TABLE: char = '\0';

/// A document without the judge's table, if it has one and the model gives it back to the letter.
#[allow(dead_code, reason = "called by the build script and the tests")]
pub(crate) fn without_table(text: &str, model: &Model) -> String {
    let body = || {
        let (head, rest) = text.split_once("'''\n")?;
        let (_, tail) = rest.split_once("'''")?;
        Some(format!("{head}'''\n{TABLE}'''{tail}"))
    };
    body().filter(|short| with_table(short, model) == text).unwrap_or_else(|| text.to_string())
}

/// The document whole again.
pub(super) fn with_table(text: &str, model: &Model) -> String {
    let table = || {
        let (_, rest) = text.split_once("cue = \"")?;
        let (name, _) = rest.split_once('"')?;
        let cue = model.cues.iter().position(|cue| cue.id == name)? as CueId;
        let judges = &model.judges[model.cues[cue as usize].role as usize];
        let lane = judges.lanes.iter().position(|(other, _)| *other == cue)?;
        let word = |id| model.vocabulary.word(id).to_string();
        Some(judges.table(lane, word, |id| model.cues[id as usize].id.clone()))
    };
    match text.contains(TABLE) {
        true => text.replace(TABLE, &table().unwrap_or_default()),
        false => text.to_string(),
    }
}

/// SHA-256 of the joined rulebook in canonical form, in hexadecimal.
pub(super) fn fingerprint(document: &Document) -> String {
    let mut document = document.clone();
    document.extends = None;
    document.lexicon.sort_by(|a, b| a.id.as_ref().cmp(b.id.as_ref()));
    document.cue.sort_by(|a, b| a.id.as_ref().cmp(b.id.as_ref()));
    document.judge.sort_by(|a, b| a.cue.as_ref().cmp(b.cue.as_ref()));
    document.moves.sort_by(|a, b| a.id.as_ref().cmp(b.id.as_ref()));
    document.rule.sort_by(|a, b| a.id.as_ref().cmp(b.id.as_ref()));
    let canonical = toml::to_string(&document).unwrap_or_default();
    Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect()
}
