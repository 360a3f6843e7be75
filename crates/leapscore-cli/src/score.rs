//! `leapscore score`.

use crate::input::{self, Input};
use crate::{Format, text_report, timeline};
use leapscore::{LeapReport, Rulebook, Scorer};
use rayon::prelude::*;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

pub fn run(rulebook: &Rulebook, files: &[PathBuf], format: Format, min: Option<i32>, chat: bool, timed: bool) -> ExitCode {
    let inputs: Vec<Input> = files.iter().flat_map(|file| input::read(file, chat)).collect();
    // In input order on any number of threads: collecting keeps it.
    let reports: Vec<Option<LeapReport>> = inputs
        .par_iter()
        .map_init(
            || Scorer::with_rulebook(rulebook.clone()),
            |scorer, input| input.call.as_ref().ok().map(|call| scorer.score(call)),
        )
        .collect();
    for input in &inputs {
        if let Err(message) = &input.call {
            anstream::eprintln!("leapscore: {message}");
        }
    }
    let scored: Vec<(&Input, &LeapReport)> =
        inputs.iter().zip(&reports).filter_map(|(input, report)| report.as_ref().map(|report| (input, report))).collect();
    if let Err(error) = write(&scored, format, timed) {
        // A reader that has seen enough ("| head") is no failure.
        if error.kind() != io::ErrorKind::BrokenPipe {
            anstream::eprintln!("leapscore: {error}");
            return ExitCode::from(1);
        }
    }
    let below = |report: &LeapReport| report.overall.score.is_some_and(|score| min.is_some_and(|min| score < min));
    if inputs.iter().any(|input| input.call.is_err()) {
        ExitCode::from(1)
    } else if scored.iter().any(|(_, report)| below(report)) {
        ExitCode::from(3)
    } else {
        ExitCode::SUCCESS
    }
}

fn write(scored: &[(&Input, &LeapReport)], format: Format, timed: bool) -> io::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stdout()).lock();
    match format {
        Format::Text => {
            for (index, (input, report)) in scored.iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                let call = input.call.as_ref().expect("it was scored");
                write!(out, "{}", text_report::render(&input.name, call, report))?;
                if timed {
                    write!(out, "{}", timeline::render(call, report))?;
                }
            }
        }
        Format::Jsonl => {
            for (_, report) in scored {
                writeln!(out, "{}", report.to_json())?;
            }
        }
        Format::Json => {
            let reports: Vec<&LeapReport> = scored.iter().map(|(_, report)| *report).collect();
            let json = match reports.as_slice() {
                [report] => serde_json::to_string_pretty(report),
                reports => serde_json::to_string_pretty(reports),
            };
            writeln!(out, "{}", json?)?;
        }
    }
    out.flush()
}
