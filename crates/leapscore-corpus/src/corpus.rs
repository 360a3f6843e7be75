//! The whole corpus: writers, rows by split, second labels, calls.

use crate::row::{Problem, Row, Second, Split};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::path::Path;

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// Who wrote rows, and under which brief.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Writer {
    /// The id that rows carry.
    pub id: String,
    /// Everything that they wrote is in this split.
    pub split: Split,
    /// The English of the brief.
    pub region: String,
    /// What they were asked for: `donts`, `agent`, `customer`, or `calls`.
    pub part: String,
    /// Who speaks in their rows, in the brief's words.
    pub brief: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Writers {
    writer: Vec<Writer>,
}

/// Rows, writers, second labels, and the whole calls as JSONL text.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// Who wrote the rows.
    pub writers: Vec<Writer>,
    /// The rows that were labelled a second time.
    pub second: Vec<Second>,
    /// The whole calls, one native call a line.
    pub calls: String,
    /// Their labels, one a line: tier, pillars 0 to 4, checkpoints, findings, spikes.
    pub call_labels: String,
    rows: Vec<(Split, Row)>,
}

impl Corpus {
    /// The corpus that this crate carries.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub fn builtin() -> Corpus {
        let mut files = Vec::new();
        collect(&DATA, &mut files);
        Corpus::from_files(files).unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// The corpus of a folder laid out like this crate's `data/`.
    ///
    /// # Errors
    /// The first file or row that cannot be read.
    pub fn from_folder(folder: &Path) -> Result<Corpus, Problem> {
        let mut files = Vec::new();
        walk(folder, folder, &mut files)?;
        Corpus::from_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect())
    }

    /// The corpus of files given as (path below `data/`, text); files that belong to no part of it are passed over.
    ///
    /// # Errors
    /// The first file or row that cannot be read.
    pub fn from_files(mut files: Vec<(&str, &str)>) -> Result<Corpus, Problem> {
        files.sort_unstable();
        let mut corpus = Corpus::default();
        for (name, text) in files {
            if let Some(split) = Split::ALL.into_iter().find(|split| name.starts_with(&format!("{}/", split.name()))) {
                corpus.rows.extend(Row::parse_all(name, text)?.into_iter().map(|row| (split, row)));
            } else if name.starts_with("second/") {
                for (index, line) in text.lines().enumerate() {
                    let problem =
                        |error: serde_json::Error| Problem { place: format!("{name}:{}", index + 1), message: error.to_string() };
                    corpus.second.push(serde_json::from_str(line).map_err(problem)?);
                }
            } else if name == "writers.toml" {
                let problem = |error: toml::de::Error| Problem { place: name.into(), message: error.to_string() };
                corpus.writers = toml::from_str::<Writers>(text).map_err(problem)?.writer;
            } else if name == "calls/calls.jsonl" {
                corpus.calls = text.into();
            } else if name == "calls/labels.jsonl" {
                corpus.call_labels = text.into();
            }
        }
        Ok(corpus)
    }

    /// The rows of a split, by writer.
    pub fn rows(&self, split: Split) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |(of, _)| *of == split).map(|(_, row)| row)
    }

    /// All rows with their split.
    pub fn all(&self) -> impl Iterator<Item = (Split, &Row)> {
        self.rows.iter().map(|(split, row)| (*split, row))
    }
}

fn collect<'a>(folder: &'a Dir<'a>, files: &mut Vec<(&'a str, &'a str)>) {
    for file in folder.files() {
        if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push((name, text));
        }
    }
    folder.dirs().for_each(|folder| collect(folder, files));
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result<(), Problem> {
    let problem = |path: &Path, error: std::io::Error| Problem { place: path.display().to_string(), message: error.to_string() };
    for entry in std::fs::read_dir(folder).map_err(|error| problem(folder, error))? {
        let path = entry.map_err(|error| problem(folder, error))?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else {
            let text = std::fs::read_to_string(&path).map_err(|error| problem(&path, error))?;
            let name = path.strip_prefix(root).expect("walked from the root").to_string_lossy().replace('\\', "/");
            files.push((name, text));
        }
    }
    Ok(())
}
