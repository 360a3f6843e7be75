//! The checks of the Python face.

use crate::check::{Outcome, Trouble, run, verdict, wrong};
use crate::python;
use crate::test::Check;
use leapscore_suite::{files, project};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const REQUIREMENTS: &str = "bindings/python/requirements-test.txt";

pub const CHECKS: &[Check] = &[
    Check { name: "Python: the wheel, in a clean environment without a compiler", run: || verdict(clean()) },
    Check { name: "Python: tests", run: || verdict(tests()) },
    Check { name: "Python: types", run: || verdict(types()) },
];

/// The interpreter of the project's environment, with what the tests need.
fn interpreter() -> Result<PathBuf, Trouble> {
    python::with("duckdb, hypothesis, mypy, pandas, polars, pyarrow, pytest, tqdm", &["-r", REQUIREMENTS]).map_err(Trouble::Missing)
}

/// Builds the wheel as a user's pip would.
fn wheel() -> Result<PathBuf, Trouble> {
    let python = interpreter()?;
    let folder = project("target/python/wheels");
    let _ = fs::remove_dir_all(&folder);
    run(Command::new(python)
        .args(["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"])
        .arg(&folder)
        .arg("./bindings/python"))?;
    let mut wheels = files("target/python/wheels", "whl");
    wheels.pop().ok_or_else(|| wrong("no wheel was built"))
}

const HELLO: &str = "import leapscore; print(leapscore.score_call([('customer', 'I lost my job'), ('agent', 'What happened?')]))";

fn clean() -> Outcome {
    let wheel = wheel()?;
    let folder = project("target/python/clean");
    let _ = fs::remove_dir_all(&folder);
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let python = folder.join("bin/python");
    // Nothing on the path: no compiler, no cargo; and no index to fetch from.
    let bare = |arguments: &[&str]| {
        let mut command = Command::new(&python);
        command.env_clear().env("PATH", folder.join("bin")).args(arguments);
        command
    };
    run(bare(&["-m", "pip", "install", "--quiet", "--no-index"]).arg(&wheel))?;
    run(&mut bare(&["-I", "-c", HELLO]))
}

/// The interpreter with the package in it, as it is now.
fn installed() -> Result<PathBuf, Trouble> {
    let python = interpreter()?;
    let wheel = wheel()?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall"]).arg(wheel))?;
    Ok(python)
}

fn tests() -> Outcome {
    run(Command::new(installed()?).args(["-m", "pytest", "-q", "-p", "no:cacheprovider", "bindings/python/tests"]))
}

fn types() -> Outcome {
    let python = installed()?;
    let config = "bindings/python/pyproject.toml";
    let mypy = |arguments: &[&str]| {
        let mut command = Command::new(&python);
        command.args(arguments).env("MYPY_CACHE_DIR", project("target/python/mypy"));
        command
    };
    run(&mut mypy(&["-m", "mypy", "--config-file", config, "-p", "leapscore"]))?;
    run(&mut mypy(&["-m", "mypy", "--config-file", config, "bindings/python/tests"]))?;
    run(&mut mypy(&["-m", "mypy.stubtest", "leapscore._leapscore"]))
}
