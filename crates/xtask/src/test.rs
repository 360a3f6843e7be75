//! `cargo xtask test`: every check, in order of how soon it tells something.

use crate::{c, py, python};
use leapscore_suite::{files, project};
use std::process::{Command, ExitCode};
use std::time::Instant;

pub enum Verdict {
    Passed,
    Failed,
    Skipped(String),
}

pub struct Check {
    pub name: &'static str,
    pub run: fn() -> Verdict,
}

const CHECKS: &[Check] = &[
    Check { name: "format", run: || cargo(&["fmt", "--all", "--check"], &[]) },
    Check {
        name: "lints",
        run: || cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"], &[]),
    },
    Check { name: "core without its features", run: || cargo(&["check", "-p", "leapscore", "--no-default-features"], &[]) },
    Check { name: "tests", run: || cargo(&["test", "--workspace", "--all-features"], &[]) },
    Check {
        name: "documentation",
        run: || cargo(&["doc", "--workspace", "--no-deps", "--all-features"], &[("RUSTDOCFLAGS", "-D warnings")]),
    },
    Check { name: "generated files are up to date", run: || cargo(&["xtask", "generate", "--check"], &[]) },
    Check { name: "the README's scoring command", run: score_examples },
    Check { name: "the examples run", run: run_examples },
    Check { name: "reports fit the JSON schema", run: schema },
    Check { name: "the corpus's baseline", run: baseline },
];

/// Runs the checks whose name contains `only`.
pub fn run(only: &str, no_skips: bool) -> ExitCode {
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for check in CHECKS.iter().chain(c::CHECKS).chain(py::CHECKS).filter(|check| check.name.contains(only)) {
        println!("\n== {}", check.name);
        let start = Instant::now();
        let verdict = (check.run)();
        let seconds = start.elapsed().as_secs();
        match verdict {
            Verdict::Passed => {
                passed += 1;
                println!("-- passed: {} ({seconds} s)", check.name);
            }
            Verdict::Failed => {
                failed += 1;
                println!("-- FAILED: {} ({seconds} s)", check.name);
            }
            Verdict::Skipped(why) => {
                skipped += 1;
                println!("-- SKIPPED: {}: {why}", check.name);
            }
        }
    }
    println!("\nchecks: {passed} passed, {failed} failed, {skipped} skipped");
    if passed == 0 || failed > 0 || (no_skips && skipped > 0) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn command(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Verdict {
    let status = Command::new(program).args(arguments).envs(environment.iter().copied()).current_dir(project(".")).status();
    match status {
        Ok(status) if status.success() => Verdict::Passed,
        Ok(_) => Verdict::Failed,
        Err(error) => {
            println!("{program}: {error}");
            Verdict::Failed
        }
    }
}

fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Verdict {
    command("cargo", arguments, environment)
}

fn calls() -> Vec<String> {
    files("examples/calls", "json").iter().map(|path| path.display().to_string()).collect()
}

fn score_examples() -> Verdict {
    let calls = calls();
    let mut arguments = vec!["run", "--release", "-p", "leapscore-cli", "--", "score"];
    arguments.extend(calls.iter().map(String::as_str));
    cargo(&arguments, &[])
}

fn run_examples() -> Verdict {
    for example in files("examples", "rs") {
        let name = example.file_stem().expect("a file").to_string_lossy().into_owned();
        if let Verdict::Failed = cargo(&["run", "--quiet", "--example", &name], &[]) {
            return Verdict::Failed;
        }
    }
    Verdict::Passed
}

/// Validates the golden reports with Python's jsonschema.
fn schema() -> Verdict {
    match python::with("jsonschema", &["jsonschema"]) {
        Ok(python) => command(&python.display().to_string(), &["tests/schema.py"], &[]),
        Err(why) => Verdict::Skipped(why),
    }
}

/// The script of the corpus's baseline, on two labels: one of the agent's, one of the customer's.
fn baseline() -> Verdict {
    match python::with("sklearn, matplotlib", &["-r", "crates/leapscore-corpus/baseline/requirements.txt"]) {
        Ok(_) => cargo(&["xtask", "corpus", "--baseline", "--quick", "--labels", "personalize.ultimatum", "hardship"], &[]),
        Err(why) => Verdict::Skipped(why),
    }
}
