//! The rulebook: every phrase, rule, weight and threshold, as data.

mod anchor;
mod builtin;
mod compile;
mod document;
mod judge;
mod merge;
mod model;
mod phrase;
mod snapshot;
mod source;

pub use document::NudgeKind;
pub(crate) use document::{CueRole, Detect, Kind, Scope, Timing, Trigger};
pub(crate) use judge::{Judges, LANES, Row, Signal, WORDS, run_key};
pub(crate) use model::*;

use crate::error::{Error, ErrorCode};
use document::{Document, Example};
use snapshot::Snapshot;
use source::Sources;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The built-in rulebook, compiled by the build script.
const BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.bin"));
/// Its documents: what overlays are laid on and `cues` quotes.
const BUILTIN_TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.texts"));
const BUILTIN_ID: &str = "leap-en";

/// A compiled rulebook: phrases, rules, weights and thresholds.
///
/// Cheap to clone; immutable, `Send + Sync`; may be shared between any number of scorers and threads.
#[derive(Clone)]
pub struct Rulebook(Arc<Inner>);

struct Inner {
    model: Model,
    /// Read when first asked for, if this is the built-in rulebook.
    document: OnceLock<Document>,
    fingerprint: OnceLock<String>,
}

impl fmt::Debug for Rulebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rulebook({} {})", self.id(), self.version())
    }
}

impl Rulebook {
    /// The built-in English rulebook, `leap-en`. Compiled when the library is; loaded once a process, at first use.
    pub fn builtin() -> Rulebook {
        static LOADED: OnceLock<Rulebook> = OnceLock::new();
        let load = || {
            let snapshot: Snapshot = snapshot::unpack(BUILTIN).expect("the build script wrote it");
            let fingerprint = OnceLock::from(snapshot.fingerprint);
            Rulebook(Arc::new(Inner { model: snapshot.model, document: OnceLock::new(), fingerprint }))
        };
        LOADED.get_or_init(load).clone()
    }

    /// Compiles a rulebook from TOML: a whole one, or an overlay that says `extends = "leap-en"`.
    ///
    /// # Errors
    /// Codes from [`ErrorCode::RulebookSyntax`] on, with line and column in `toml`.
    ///
    /// ```
    /// let rulebook = leapscore::Rulebook::from_toml(r#"
    ///     extends = "leap-en"
    ///     [[cue]]
    ///     id = "acknowledge.reframe"
    ///     always = ["here's how we land this together"]
    /// "#)?;
    /// assert_ne!(rulebook.fingerprint(), leapscore::Rulebook::builtin().fingerprint());
    /// # Ok::<(), leapscore::Error>(())
    /// ```
    pub fn from_toml(toml: &str) -> Result<Rulebook, Error> {
        Rulebook::from_documents(&[("", toml)])
    }

    /// Compiles a rulebook from several documents, each with the name that errors are to give it. They are one rulebook and then
    /// overlays, which say `extends` and its id, laid in order; overlays alone are laid on the built-in rulebook.
    ///
    /// # Errors
    /// As [`Rulebook::from_toml`]; the place names the document.
    pub fn from_documents(documents: &[(&str, &str)]) -> Result<Rulebook, Error> {
        let mut sources = Sources::default();
        let mut whole: Option<Document> = None;
        for (name, text) in documents {
            let document = sources.parse((!name.is_empty()).then_some(name), text)?;
            match &document.extends {
                Some(base) => {
                    if whole.is_none() && base.as_ref() == BUILTIN_ID {
                        whole = Some(builtin_document(&mut sources)?);
                    }
                    let known = whole.as_ref().and_then(|whole| whole.rulebook.as_ref()).map_or(BUILTIN_ID, |header| &header.id);
                    if base.as_ref() != known {
                        let message = format!("extends {:?}; the rulebook that can be extended is {known:?}", base.as_ref());
                        return Err(sources.error_at(ErrorCode::RulebookUnknownName, base, message));
                    }
                    merge::lay(whole.get_or_insert_default(), document, &sources)?;
                }
                None => merge::join(whole.get_or_insert_default(), document, &sources)?,
            }
        }
        Rulebook::build(whole.unwrap_or_default(), &sources)
    }

    fn build(document: Document, sources: &Sources) -> Result<Rulebook, Error> {
        let model = compile::compile(&document, sources)?;
        Ok(Rulebook(Arc::new(Inner { model, document: document.into(), fingerprint: OnceLock::new() })))
    }

    fn document(&self) -> &Document {
        let read = || builtin_document(&mut Sources::default()).expect("the build script has read it");
        self.0.document.get_or_init(read)
    }

    pub(crate) fn model(&self) -> &Model {
        &self.0.model
    }

    /// The rulebook's id, such as `leap-en`.
    pub fn id(&self) -> &str {
        &self.model().id
    }

    /// The rulebook's own version.
    pub fn version(&self) -> &str {
        &self.model().version
    }

    /// SHA-256 of the joined rulebook in canonical form, in hexadecimal. Comments, examples and file layout do not matter.
    pub fn fingerprint(&self) -> &str {
        self.0.fingerprint.get_or_init(|| snapshot::fingerprint(self.document()))
    }

    /// What the rulebook says of a rule.
    pub fn rule(&self, id: &str) -> Option<RuleInfo<'_>> {
        self.rules().find(|rule| rule.id == id)
    }

    /// All rules, in the rulebook's order.
    pub fn rules(&self) -> impl Iterator<Item = RuleInfo<'_>> {
        self.model().rules.iter().map(|rule| RuleInfo {
            id: &rule.id,
            kind: match rule.kind {
                Kind::Do => "do",
                Kind::Dont => "dont",
                Kind::Advice => "advice",
            },
            summary: &rule.summary,
            why: &rule.why,
            instead: &rule.instead,
            source: &rule.source,
            worth: rule.worth,
            charge: rule.charge,
            cap: rule.cap,
            cues: rule.cues.iter().map(|cue| self.model().cues[*cue as usize].id.as_str()).collect(),
        })
    }

    /// All cues, in the rulebook's order.
    pub fn cues(&self) -> impl Iterator<Item = CueInfo<'_>> {
        self.model().cues.iter().zip(&self.document().cue).map(|(cue, entry)| CueInfo {
            id: &cue.id,
            role: match cue.role {
                CueRole::Agent => crate::Role::Agent,
                CueRole::Customer => crate::Role::Customer,
            },
            summary: &cue.summary,
            phrases: entry.phrases.iter().chain(&entry.always).map(|text| text.as_ref().as_str()).collect(),
            judge: self.document().judge.iter().find(|judge| judge.cue.as_ref() == &cue.id).map(|judge| JudgeInfo {
                threshold: judge.threshold,
                weights: judge.table.as_ref().lines().filter_map(weight_line).collect(),
            }),
        })
    }

    /// The examples that the rulebook carries, which are its tests.
    pub fn examples(&self) -> Vec<RuleExample> {
        let mut examples = Vec::new();
        for cue in &self.document().cue {
            for (list, fires) in [(&cue.examples, true), (&cue.counterexamples, false)] {
                for example in list {
                    let lines = match example {
                        Example::Turn(line) => vec![line.clone()],
                        Example::Dialogue(lines) => lines.clone(),
                    };
                    let customer = cue.role == Some(CueRole::Customer);
                    examples.push(RuleExample { id: cue.id.as_ref().clone(), rule: false, customer, lines, fires });
                }
            }
        }
        for rule in &self.document().rule {
            for (list, fires) in [(&rule.examples, true), (&rule.counterexamples, false)] {
                for lines in list {
                    let (id, lines) = (rule.id.as_ref().clone(), lines.clone());
                    examples.push(RuleExample { id, rule: true, customer: false, lines, fires });
                }
            }
        }
        examples
    }

    /// Sizes of what was compiled, for those who measure.
    pub fn stats(&self) -> RulebookStats {
        let model = self.model();
        RulebookStats {
            words: model.vocabulary.len(),
            sequences: model.phrases.len(),
            cues: model.cues.len(),
            rules: model.rules.len(),
        }
    }
}

/// What a rulebook says of one rule.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RuleInfo<'a> {
    /// The rule's id.
    pub id: &'a str,
    /// `do`, `dont` or `advice`.
    pub kind: &'static str,
    /// What the rule is, in one sentence.
    pub summary: &'a str,
    /// Why it matters.
    pub why: &'a str,
    /// What to do or say instead.
    pub instead: &'a str,
    /// Where the rule or its number comes from.
    pub source: &'a str,
    /// Points a do is worth among the dos of its opportunity.
    pub worth: i32,
    /// Points a don't costs (positive).
    pub charge: i32,
    /// The most its pillar can reach after it.
    pub cap: Option<i32>,
    /// The cues it reads.
    pub cues: Vec<&'a str>,
}

/// What a rulebook says of one cue.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CueInfo<'a> {
    /// The cue's id.
    pub id: &'a str,
    /// Whose words it reads.
    pub role: crate::Role,
    /// What it is, in one sentence.
    pub summary: &'a str,
    /// Its phrases, as written.
    pub phrases: Vec<&'a str>,
    /// The fitted weights that decide whether it is there, if it is judged.
    pub judge: Option<JudgeInfo<'a>>,
}

/// The weights of a judged cue. It is there where the weights of a window's features add up to the threshold.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct JudgeInfo<'a> {
    /// The least sum; weights and sum are in 1/32 of a unit of log-odds.
    pub threshold: i32,
    /// Weight and feature, the heaviest first: a run of one to three words, or a signal that starts with `@`.
    pub weights: Vec<(i32, &'a str)>,
}

fn weight_line(line: &str) -> Option<(i32, &str)> {
    let (weight, feature) = line.trim().split_once(char::is_whitespace)?;
    Some((weight.parse().ok()?, feature.trim()))
}

/// An example or counterexample of a cue or a rule.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RuleExample {
    /// The cue or rule.
    pub id: String,
    /// It is a rule's.
    pub rule: bool,
    /// A single line is the customer's.
    pub customer: bool,
    /// One turn, or several that start with `C:` or `A:`.
    pub lines: Vec<String>,
    /// Whether it fires in the last turn.
    pub fires: bool,
}

/// Sizes of a compiled rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RulebookStats {
    /// Words known.
    pub words: usize,
    /// Word sequences that the phrases and lexicon entries stand for.
    pub sequences: usize,
    /// Cues.
    pub cues: usize,
    /// Rules.
    pub rules: usize,
}

impl Timing {
    pub(crate) fn cuts(&self) -> crate::timing::Cuts {
        crate::timing::Cuts { bridge: self.bridge_ms, split: self.split_ms }
    }
}

/// The texts of the built-in rulebook, each with its name.
fn builtin_texts() -> Vec<(String, String)> {
    let texts: Vec<(String, String)> = snapshot::unpack(BUILTIN_TEXTS).expect("the build script wrote it");
    let builtin = Rulebook::builtin();
    texts.into_iter().map(|(name, text)| (name, snapshot::with_table(&text, builtin.model()))).collect()
}

fn builtin_document(sources: &mut Sources) -> Result<Document, Error> {
    builtin::join(&builtin_texts(), sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_what_the_texts_compile_to() {
        let stored = builtin::store(&builtin_texts()).unwrap_or_else(|error| panic!("{error}"));
        assert!(stored == [BUILTIN, BUILTIN_TEXTS]);
    }

    #[test]
    fn the_texts_are_those_of_the_files() {
        for (name, text) in builtin_texts() {
            let file = format!("{}/rulebook/en/{name}", env!("CARGO_MANIFEST_DIR"));
            assert!(std::fs::read_to_string(&file).is_ok_and(|written| written == text), "{file}");
        }
    }

    #[test]
    fn a_damaged_snapshot_is_refused() {
        assert!(snapshot::unpack::<Snapshot>(&BUILTIN[..BUILTIN.len() / 2]).is_none());
    }
}
