//! The leapscore command line: `leapscore score FILE...`, `leapscore rules`, `leapscore explain RULE`.
//!
//! Exit code 0: done. 1: an input was bad (the others are still scored). 2: wrong usage. 3: a score below `--min`.

mod input;
mod rules;
mod score;
mod text_report;
mod timeline;
mod transcript;

use clap::{Parser, Subcommand, ValueEnum};
use leapscore::Rulebook;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "leapscore", version, about = "Scores how an agent treated a person in trouble, with evidence for every point")]
struct Options {
    /// Lay this TOML document over the built-in rulebook (`extends = "leap-en"`), or use it instead.
    #[arg(long, global = true, value_name = "FILE")]
    rulebook: Vec<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score calls: native JSON, JSONL (a call a line) or plain text ("Agent: ...", "Customer: ...").
    Score {
        /// Files to score; "-" is standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Form of the output.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Exit with 3 if a call scores below this (0 to 100).
        #[arg(long, value_name = "SCORE", value_parser = clap::value_parser!(i32).range(0..=100))]
        min: Option<i32>,
        /// The calls are chats: times judge no pause and no interruption.
        #[arg(long)]
        chat: bool,
        /// Draw the call along time: both speakers, pauses, overlaps, tension, findings.
        #[arg(long)]
        timeline: bool,
    },
    /// List the rules with what they are worth or cost.
    Rules,
    /// Explain a rule or a cue: what it means, what it costs, its phrases.
    Explain {
        /// Id of the rule or cue.
        id: String,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One report, or an array of them, indented.
    Json,
    /// A report a line, in input order.
    Jsonl,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let rulebook = match read_rulebook(&options.rulebook) {
        Ok(rulebook) => rulebook,
        Err(message) => {
            anstream::eprintln!("leapscore: {message}");
            return ExitCode::from(1);
        }
    };
    match options.command {
        Command::Score { timeline: true, format: Format::Json | Format::Jsonl, .. } => {
            anstream::eprintln!("leapscore: --timeline is drawn with --format text");
            ExitCode::from(2)
        }
        Command::Score { files, format, min, chat, timeline } => score::run(&rulebook, &files, format, min, chat, timeline),
        Command::Rules => rules::list(&rulebook),
        Command::Explain { id } => rules::explain(&rulebook, &id),
    }
}

fn read_rulebook(files: &[PathBuf]) -> Result<Rulebook, String> {
    if files.is_empty() {
        return Ok(Rulebook::builtin());
    }
    let read = |file: &PathBuf| {
        let name = file.display().to_string();
        fs::read_to_string(file).map(|text| (name.clone(), text)).map_err(|error| format!("{name}: {error}"))
    };
    let texts: Vec<(String, String)> = files.iter().map(read).collect::<Result<_, String>>()?;
    let documents: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Rulebook::from_documents(&documents).map_err(|error| error.to_string())
}
