//! The project's own tasks: `cargo xtask test | generate | paraphrases`.

mod paraphrases;

use clap::{Parser, Subcommand};
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
    /// Measure recall and precision of cues and don'ts over rows of paraphrases and near-misses.
    Paraphrases {
        /// JSONL files; all of tests/paraphrases by default.
        rows: Vec<PathBuf>,
        /// Show the rows of this target that are misread.
        #[arg(long)]
        errors: Option<String>,
    },
}

fn main() -> ExitCode {
    match Options::parse().task {
        Task::Paraphrases { rows, errors } => paraphrases::run(&rows, errors.as_deref()),
    }
}
