//! Python tools in a venv of the project's own, below `target/`.

use leapscore_suite::project;
use std::path::PathBuf;
use std::process::Command;

/// The interpreter of the venv, with these modules importable; what is missing is installed from these pip arguments.
pub fn with(modules: &str, install: &[&str]) -> Result<PathBuf, String> {
    let venv = project("target/venv");
    let python = venv.join("bin/python");
    let ready =
        || Command::new(&python).args(["-c", &format!("import {modules}")]).output().is_ok_and(|output| output.status.success());
    if ready() {
        return Ok(python);
    }
    let made = Command::new("python3").args(["-m", "venv"]).arg(&venv).status();
    if !made.is_ok_and(|status| status.success()) {
        return Err("python3 with venv is not installed".into());
    }
    let _ = Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(install).current_dir(project(".")).status();
    if ready() { Ok(python) } else { Err(format!("{modules} could not be installed")) }
}
