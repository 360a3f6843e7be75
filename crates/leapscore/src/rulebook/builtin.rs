//! The built-in rulebook: documents under `rulebook/en`, joined. Used by the build script, which compiles them, and by overlays.

use super::compile::compile;
use super::document::Document;
use super::merge;
use super::snapshot::{Snapshot, fingerprint, pack, without_table};
use super::source::Sources;
use crate::error::Error;

/// The document that these named texts make together.
pub(crate) fn join(texts: &[(String, String)], sources: &mut Sources) -> Result<Document, Error> {
    let mut whole = Document::default();
    for (name, text) in texts {
        let document = sources.parse(Some(name), text)?;
        merge::join(&mut whole, document, sources)?;
    }
    Ok(whole)
}

/// The named texts as the library stores them: compiled, and the texts themselves.
#[allow(dead_code, reason = "called by the build script and the tests")]
pub(crate) fn store(texts: &[(String, String)]) -> Result<[Vec<u8>; 2], Error> {
    let mut sources = Sources::default();
    let document = join(texts, &mut sources)?;
    let snapshot = Snapshot { fingerprint: fingerprint(&document), model: compile(&document, &sources)? };
    let short = |(name, text): &(String, String)| (name.clone(), without_table(text, &snapshot.model));
    let texts: Vec<(String, String)> = texts.iter().map(short).collect();
    Ok([pack(&snapshot), pack(&texts)])
}
