//! A compiled rulebook as bytes. The build script compiles the built-in rulebook and writes them, so that a process that starts
//! has only to read them. They are good for the very version that wrote them, and for nothing else.

use super::document::Document;
use super::model::Model;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

#[derive(Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub fingerprint: String,
    pub model: Model,
}

impl Snapshot {
    #[allow(dead_code, reason = "called by the build script and the tests")]
    pub fn write(&self) -> Vec<u8> {
        pack(self)
    }

    pub fn read(bytes: &[u8]) -> Option<Snapshot> {
        unpack(bytes)
    }
}

/// A value as compressed bytes.
#[allow(dead_code, reason = "called by the build script and the tests")]
pub(crate) fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    let bytes = postcard::to_allocvec(value).expect("plain data can be written");
    let smallest = 10;
    miniz_oxide::deflate::compress_to_vec(&bytes, smallest)
}

pub(super) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let bytes = miniz_oxide::inflate::decompress_to_vec(bytes).ok()?;
    postcard::from_bytes(&bytes).ok()
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
