//! Shared by the tests, benches and examples: finding files of the project, and reading the two forms of call fixtures.

pub mod disturb;
pub mod vectors;

use leapscore::{Call, CallInfo, Channel, LeapReport, RuleExample, Rulebook, Scorer, Turn};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// A path below the project's root.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder with this ending, sorted.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(project(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    files.sort();
    files
}

/// The calls of a JSONL file.
pub fn calls(path: &str) -> Vec<Call> {
    let text = fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().map(|line| Call::from_json(line).unwrap_or_else(|error| panic!("{path}: {error}"))).collect()
}

/// What listeners said of one of the labelled calls.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// The call.
    pub id: String,
    /// Calls of one scenario are the same call handled in different ways.
    pub scenario: String,
    /// How well it was handled: 0, 1 or 2.
    pub tier: u32,
}

/// The labels of `tests/calls`, in the order of the calls.
pub fn labels() -> Vec<Label> {
    let text = fs::read_to_string(project("tests/calls/labels.jsonl")).expect("the labels");
    text.lines().map(|line| serde_json::from_str(line).expect("a label")).collect()
}

/// The example calls, with the name of their file.
pub fn example_calls() -> Vec<(String, Call)> {
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("an example call");
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        (name, Call::from_json(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    };
    files("examples/calls", "json").iter().map(read).collect()
}

/// One row of `tests/paraphrases`: a minimal dialogue whose last turn is, or only looks like, an instance of the target.
#[derive(Debug, Clone, Deserialize)]
pub struct Paraphrase {
    /// A cue or don't.
    pub target: String,
    /// `positive` or `near_miss`.
    pub label: String,
    /// `clean`, `asr` or `chat`.
    pub style: String,
    /// The dialogue.
    pub turns: Vec<Line>,
}

/// A turn of a row.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// `agent` or `customer`.
    pub role: String,
    /// Its words.
    pub text: String,
}

impl Paraphrase {
    /// The rows of a JSONL file.
    pub fn read(path: &Path) -> Vec<Paraphrase> {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
    }

    /// The row as a call.
    pub fn call(&self) -> Call {
        let channel = if self.style == "chat" { Channel::Chat } else { Channel::Voice };
        let turn = |line: &Line| match line.role.as_str() {
            "agent" => Turn::agent(line.text.clone()),
            _ => Turn::customer(line.text.clone()),
        };
        Call::new(CallInfo::new(channel), self.turns.iter().map(turn).collect()).expect("a small call")
    }
}

/// The examples of a rulebook that do not fire and the counterexamples that do, each with its cue or rule.
pub fn failed_examples(rulebook: &Rulebook) -> Vec<String> {
    let mut scorer = Scorer::with_rulebook(rulebook.clone());
    let mut failures = Vec::new();
    for example in rulebook.examples() {
        let turns: Vec<Turn> = example.lines.iter().map(|line| example_turn(&example, line)).collect();
        let last = turns.len() as u32 - 1;
        let report = scorer.score(&Call::new(CallInfo::new(Channel::Voice), turns).expect("a small call"));
        let fires = match example.rule {
            true => report.findings.iter().any(|finding| finding.rule == example.id),
            false => report.cues.iter().any(|hit| hit.cue == example.id && hit.evidence.iter().any(|part| part.turn == last)),
        };
        if fires != example.fires {
            let verdict = if fires { "fires on" } else { "does not fire on" };
            failures.push(format!("{} {verdict} {:?}", example.id, example.lines));
        }
    }
    failures
}

fn example_turn(example: &RuleExample, line: &str) -> Turn {
    match (line.strip_prefix("A: "), line.strip_prefix("C: ")) {
        (Some(text), _) => Turn::agent(text),
        (_, Some(text)) => Turn::customer(text),
        _ if example.customer => Turn::customer(line),
        _ => Turn::agent(line),
    }
}

/// A report as it is kept in `tests/golden`: indented, and without the fingerprint, so that a new phrase does not touch them all.
pub fn golden(report: &LeapReport) -> String {
    let mut report = report.clone();
    report.rulebook.fingerprint = String::new();
    serde_json::to_string_pretty(&report).expect("a report is JSON") + "\n"
}
