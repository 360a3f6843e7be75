//! The leapscore corpus: short pieces of synthetic contact-center dialogue in which one turn is judged against every cue and
//! don't of LEAP (Listen, Empathize, Acknowledge, Personalize), machine-written under briefs by independent writers.
//!
//! ```
//! use leapscore_corpus::{Corpus, Split, Value};
//!
//! let corpus = Corpus::builtin();
//! let refusals = corpus.rows(Split::Fit).filter(|row| row.value("acknowledge.policy_wall") == Some(Value::Present));
//! for row in refusals.take(3) {
//!     println!("{}: {}", row.id, row.judged().text);
//! }
//! ```
//!
//! `README.md` says what the rows look like, `GUIDE.md` what the labels mean, `DATASHEET.md` how they came about.

mod corpus;
mod label;
pub mod lint;
mod row;
pub mod stats;

pub use corpus::{Corpus, Writer};
pub use label::{LABELS, Label, label, labels_of};
pub use row::{Problem, Role, Row, Second, Split, Style, Turn, Value};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
