//! The project's own tasks: `cargo xtask test | generate | boundary | paraphrases | corpus | fit | validity`.

mod boundary;
mod c;
mod check;
mod classes;
mod corpus;
mod fit;
mod generate;
mod header;
mod paraphrases;
mod py;
mod python;
mod rows;
mod test;
mod validity;

use clap::{Parser, Subcommand};
use leapscore_corpus::Split;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own tasks")]
struct Options {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every check: format, lints, tests, docs, generated files, the README's commands.
    Test {
        /// Fail where a missing tool would make a check be skipped.
        #[arg(long)]
        no_skips: bool,
        /// Only the checks whose name contains this.
        #[arg(long, default_value = "")]
        only: String,
    },
    /// Measure what the C boundary costs (run with --release).
    Boundary,
    /// Write the files that are made from others: golden reports, report schema, rule catalogue, C header, Python classes.
    Generate {
        /// Write nothing; fail if a file is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Measure recall and precision of cues and don'ts over rows of paraphrases and near-misses.
    Paraphrases {
        /// JSONL files; all of tests/paraphrases by default.
        rows: Vec<PathBuf>,
        /// Show the rows of this target that are misread.
        #[arg(long)]
        errors: Option<String>,
        /// Show every row whose last turn has this cue or finding, whatever its target.
        #[arg(long)]
        hits: Option<String>,
        /// Read the rulebook from this folder instead of the built-in one, and run its examples.
        #[arg(long)]
        rulebook: Option<PathBuf>,
    },
    /// Lint the corpus and show what is in it; with --baseline, fit and score the plain baseline.
    Corpus {
        /// Fit the 1-3-gram baseline, print its tables, write them and the learning curve beside its script.
        #[arg(long)]
        baseline: bool,
        /// A folder of human-labelled rows to try the fitted models on; none is part of this repository.
        #[arg(long, requires = "baseline")]
        rows: Option<PathBuf>,
        /// Only these labels.
        #[arg(long, requires = "baseline", num_args = 1..)]
        labels: Vec<String>,
        /// No learning curve, write nothing.
        #[arg(long, requires = "baseline")]
        quick: bool,
    },
    /// Fit the judges' tables on the corpus and write them into the rulebook.
    Fit {
        /// Fit on the rows of this folder, which is laid out like the corpus's `data`, instead of on the corpus.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Write the tables to this folder, and beside it as an overlay, instead of into the rulebook.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Measure reports against labels: the corpus's test split and calls and, given their folders, others' rows and calls.
    Validity {
        /// The rows to measure on. Work on crosswise figures of `fit`; `test` is for the score.
        #[arg(long, value_enum, default_value = "test")]
        split: SplitName,
        /// A folder of human-labelled rows (`*.jsonl.gz`); none is part of this repository.
        #[arg(long)]
        rows: Option<PathBuf>,
        /// A folder of further labelled calls (`calls.jsonl`, `labels.jsonl`).
        #[arg(long)]
        calls: Option<PathBuf>,
        /// No learning curve, and write nothing.
        #[arg(long)]
        quick: bool,
    },
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum SplitName {
    Fit,
    Tune,
    Test,
}

fn main() -> ExitCode {
    match Options::parse().task {
        Task::Test { no_skips, only } => test::run(&only, no_skips),
        Task::Boundary => boundary::run(),
        Task::Generate { check } => generate::run(check),
        Task::Paraphrases { rows, errors, hits, rulebook } => {
            paraphrases::run(&rows, errors.as_deref(), hits.as_deref(), rulebook.as_deref())
        }
        Task::Fit { data, out } => fit::run(data.as_deref(), out.as_deref()),
        Task::Validity { split, rows, calls, quick } => {
            let split = match split {
                SplitName::Fit => Split::Fit,
                SplitName::Tune => Split::Tune,
                SplitName::Test => Split::Test,
            };
            validity::run(&validity::Options { split, rows, calls, quick })
        }
        Task::Corpus { baseline, rows, labels, quick } => corpus::run(baseline.then_some(corpus::Baseline { rows, labels, quick })),
    }
}
