//! `cargo xtask validity`: how well the built command's reports agree with labels, on the corpus's test split and, where their
//! folders are given, on other people's rows and calls. Writes `docs/VALIDITY.md`.

use crate::{fit, python};
use leapscore_corpus::{Corpus, LABELS, Label, Split, Style, Value};
use leapscore_suite::project;
use serde_json::json;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

const SCRIPT: &str = "crates/leapscore-corpus/validity";
/// Shares of the fitted writers in the learning curve.
const SHARES: &[&str] = &["0.125", "0.25", "0.5", "1"];

/// What to measure on.
pub struct Options {
    pub split: Split,
    /// A folder of human-labelled rows, `*.jsonl.gz`.
    pub rows: Option<PathBuf>,
    /// A folder with `calls.jsonl` and `labels.jsonl`.
    pub calls: Option<PathBuf>,
    /// No learning curve, and write nothing.
    pub quick: bool,
}

pub fn run(options: &Options) -> ExitCode {
    match measure(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("validity: {why}");
            ExitCode::FAILURE
        }
    }
}

fn measure(options: &Options) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let requirements = format!("{SCRIPT}/requirements.txt");
    let python = python::with("sklearn, scipy", &["-r", &requirements])?;
    let binary = build()?;
    let work = project("target/validity");
    fs::create_dir_all(&work).map_err(text)?;
    corpus_calls(options.split, &work).map_err(text)?;
    let script = |task: &str| {
        let mut command = Command::new(&python);
        command.arg(project(SCRIPT).join("validity.py")).arg(task).arg(&work);
        command.arg("--own").arg(project("crates/leapscore-corpus/data/calls"));
        for (name, folder) in [("--rows", &options.rows), ("--calls", &options.calls)] {
            if let Some(folder) = folder {
                command.arg(name).arg(folder);
            }
        }
        command
    };
    done(&mut script("prepare"))?;
    let mut sets = vec!["corpus", "corpus.stripped", "own", "own.stripped"];
    sets.extend(options.calls.iter().flat_map(|_| ["calls", "calls.stripped"]));
    sets.extend(options.rows.iter().flat_map(|_| ["rows", "rows.stripped"]));
    for set in sets {
        score(&binary, &work.join(format!("{set}.jsonl")), &work.join(format!("{set}.reports.jsonl")), None)?;
    }
    if !options.quick {
        for share in SHARES {
            let tables = work.join(format!("judges-{share}"));
            fit::tables(None, &tables, &["--share", share])?;
            let overlay = work.join(format!("judges-{share}.toml"));
            fs::write(&overlay, fit::overlay(&tables).map_err(text)?).map_err(text)?;
            score(&binary, &work.join("corpus.jsonl"), &work.join(format!("curve-{share}.reports.jsonl")), Some(&overlay))?;
        }
    }
    let mut table = script("table");
    if !options.quick {
        table.arg("--page").arg(project("docs/VALIDITY.md")).args(["--curve"]).args(SHARES);
    }
    done(&mut table)?;
    for (given, what) in [(&options.rows, "--rows: human-labelled rows"), (&options.calls, "--calls: further labelled calls")] {
        if given.is_none() {
            println!("Not given, not measured: {what}.");
        }
    }
    Ok(())
}

fn done(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed")) }
}

fn build() -> Result<PathBuf, String> {
    done(Command::new("cargo").args(["build", "--quiet", "--release", "-p", "leapscore-cli"]).current_dir(project(".")))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project("target"), PathBuf::from);
    Ok(target.join("release/leapscore"))
}

fn score(binary: &Path, calls: &Path, reports: &Path, rulebook: Option<&Path>) -> Result<(), String> {
    let out = fs::File::create(reports).map_err(|error| format!("{}: {error}", reports.display()))?;
    let mut command = Command::new(binary);
    command.arg("score").arg(calls).args(["--format", "jsonl"]).stdout(Stdio::from(out));
    if let Some(rulebook) = rulebook {
        command.arg("--rulebook").arg(rulebook);
    }
    done(&mut command)
}

/// The rows as calls, and what their judged turns are labelled.
fn corpus_calls(split: Split, work: &Path) -> std::io::Result<()> {
    let create = |name: &str| fs::File::create(work.join(name)).map(BufWriter::new);
    let (mut calls, mut labels) = (create("corpus.jsonl")?, create("corpus.labels.jsonl")?);
    for row in Corpus::builtin().rows(split) {
        let channel = if row.style == Style::Chat { "chat" } else { "voice" };
        let turns: Vec<_> = row.turns.iter().map(|turn| json!({"role": turn.role, "text": turn.text})).collect();
        writeln!(calls, "{}", json!({"id": row.id, "channel": channel, "turns": turns}))?;
        let value = |label: &Label| match row.value(label.id)? {
            Value::Present => Some((label.id.to_string(), json!(1))),
            Value::Absent => Some((label.id.to_string(), json!(0))),
            Value::Unsure => None,
        };
        let values: serde_json::Map<String, serde_json::Value> = LABELS.iter().filter_map(value).collect();
        writeln!(labels, "{}", json!({"id": row.id, "turn": row.turn, "style": row.style, "labels": values}))?;
    }
    calls.flush()?;
    labels.flush()
}
