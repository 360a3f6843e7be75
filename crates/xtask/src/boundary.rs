//! `cargo xtask boundary`: what the C boundary costs over the same Rust calls on the same input.

use crate::c::{build_folder, built, program};
use crate::check::{Trouble, output, wrong};
use leapscore::{Call, CallInfo, Channel, Role, Rulebook, Scorer, Session, Turn};
use leapscore_suite::{calls, example_calls};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Rust and C take turns, so that a busy machine wrongs both; the fastest round of each counts.
const ALTERNATIONS: usize = 8;
const ROUNDS: usize = 10;
const STARTS: usize = 21;

pub fn run() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Trouble::Missing(what) | Trouble::Wrong(what)) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<(), Trouble> {
    let mut calls = calls("tests/calls/calls.jsonl");
    calls.extend(example_calls().into_iter().map(|(_, call)| call));
    let (shared, library) = built()?;
    let files = write(&calls)?;
    let boundary = program("gcc", "bindings/c/tests/boundary.c", &library, &["-O2"])?;
    let (mut rust, mut c) = ([f64::MAX; 2], [f64::MAX; 2]);
    for _ in 0..ALTERNATIONS {
        let text = output(Command::new(&boundary).arg(ROUNDS.to_string()).args(&files))?;
        let spent: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        let [one_shot, push] = spent[..] else { return Err(wrong(format!("the C program said {text:?}"))) };
        c = [c[0].min(one_shot), c[1].min(push)];
        let jsons: Vec<String> = calls.iter().map(|call| serde_json::to_string(call).expect("a call")).collect();
        for _ in 0..ROUNDS {
            rust = [rust[0].min(one_shots(&jsons)), rust[1].min(pushes(&calls))];
        }
    }
    println!("| {} calls, {} turns | Rust | C | ratio |", calls.len(), calls.iter().map(|call| call.turns().len()).sum::<usize>());
    println!("| --- | --- | --- | --- |");
    for (name, rust, c) in [("JSON in, JSON out, a call", rust[0], c[0]), ("`push`, a turn", rust[1], c[1])] {
        println!("| {name} | {:.2} us | {:.2} us | {:.2} |", rust / 1000.0, c / 1000.0, c / rust);
    }
    let startup = program("gcc", "bindings/c/tests/startup.c", &library, &[])?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let text = output(Command::new(&startup).arg(&shared))?;
        starts.push(text.trim().parse::<u64>().map_err(|_| wrong(format!("the C program said {text:?}")))?);
    }
    starts.sort_unstable();
    println!("\nfrom dlopen to the first report: median {} us, slowest {} us of {STARTS}", starts[STARTS / 2], starts[STARTS - 1]);
    println!("stripped shared object: {} bytes", fs::metadata(shared).map_or(0, |metadata| metadata.len()));
    Ok(())
}

/// The calls as files for the C program.
fn write(calls: &[Call]) -> Result<Vec<PathBuf>, Trouble> {
    let folder = build_folder()?.join("calls");
    let write = |name: String, text: String| {
        let path = folder.join(name);
        fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text)).map_err(wrong)?;
        Ok(path)
    };
    let one = |(index, call): (usize, &Call)| {
        write(format!("{index}.json"), serde_json::to_string(call).expect("a call"))?;
        let mut table = String::new();
        for turn in call.turns() {
            let time = |time: Option<u64>| time.map_or(-1, |time| time as i64);
            let role = match turn.role() {
                Role::Agent => 1,
                Role::Customer => 2,
                _ => 3,
            };
            let _ = writeln!(table, "{role}\t{}\t{}\t{}", time(turn.start_ms()), time(turn.end_ms()), turn.text());
        }
        write(format!("{index}.tsv"), table)
    };
    calls.iter().enumerate().map(one).collect()
}

fn one_shots(jsons: &[String]) -> f64 {
    let mut scorer = Scorer::new();
    let start = Instant::now();
    for json in jsons {
        let call = Call::from_json(json).expect("a call");
        std::hint::black_box(scorer.score(&call).to_json());
    }
    start.elapsed().as_nanos() as f64 / jsons.len() as f64
}

fn pushes(calls: &[Call]) -> f64 {
    let mut pushes = 0;
    let start = Instant::now();
    for call in calls {
        let mut session = Session::new(Rulebook::builtin(), CallInfo::new(Channel::Voice));
        for turn in call.turns() {
            let copy = Turn::new(turn.role(), turn.text()).at(turn.start_ms(), turn.end_ms()).expect("its times were checked");
            std::hint::black_box(session.push(copy));
            pushes += 1;
        }
    }
    start.elapsed().as_nanos() as f64 / f64::from(pushes)
}
