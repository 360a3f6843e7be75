//! The built-in rulebook: documents under `rulebook/en`, joined. Used by the build script, which compiles them, and by overlays.

use super::compile::compile;
use super::document::Document;
use super::merge;
use super::snapshot::{Snapshot, fingerprint};
use super::source::Sources;
use crate::error::Error;

/// The document that these named texts make together.
pub(crate) fn join<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>, sources: &mut Sources) -> Result<Document, Error> {
    let mut whole = Document::default();
    for (name, text) in texts {
        let document = sources.parse(Some(name), text)?;
        merge::join(&mut whole, document, sources)?;
    }
    Ok(whole)
}

/// The named texts, compiled to the bytes of a snapshot.
#[allow(dead_code, reason = "called by the build script and the tests")]
pub(crate) fn snapshot<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<u8>, Error> {
    let mut sources = Sources::default();
    let document = join(texts, &mut sources)?;
    let model = compile(&document, &sources)?;
    Ok(Snapshot { fingerprint: fingerprint(&document), model }.write())
}
