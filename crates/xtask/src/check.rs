//! What the checks of the other languages share: tools that may be missing, commands that may fail.

use crate::test::Verdict;
use leapscore_suite::project;
use std::process::{Command, Stdio};

/// Why a check did not pass.
pub enum Trouble {
    Missing(String),
    Wrong(String),
}

pub type Outcome = Result<(), Trouble>;

pub fn verdict(outcome: Outcome) -> Verdict {
    match outcome {
        Ok(()) => Verdict::Passed,
        Err(Trouble::Missing(what)) => Verdict::Skipped(what),
        Err(Trouble::Wrong(what)) => {
            println!("{what}");
            Verdict::Failed
        }
    }
}

pub fn wrong(what: impl ToString) -> Trouble {
    Trouble::Wrong(what.to_string())
}

/// A tool's command, if the tool is there.
pub fn tool(name: &str) -> Result<Command, Trouble> {
    let there = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    // LuaJIT has no --version and complains; that it runs is enough.
    there.map_err(|_| Trouble::Missing(format!("{name} is not installed")))?;
    Ok(Command::new(name))
}

/// Runs a command in the project's root.
pub fn run(command: &mut Command) -> Outcome {
    match command.current_dir(project(".")).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(wrong(format!("{command:?}: {status}"))),
        Err(error) => Err(wrong(format!("{command:?}: {error}"))),
    }
}

/// And gives what it prints.
pub fn output(command: &mut Command) -> Result<String, Trouble> {
    match command.current_dir(project(".")).stderr(Stdio::inherit()).output() {
        Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        Ok(output) => Err(wrong(format!("{command:?}: {}", output.status))),
        Err(error) => Err(wrong(format!("{command:?}: {error}"))),
    }
}
