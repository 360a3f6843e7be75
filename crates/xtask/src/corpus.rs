//! `cargo xtask corpus`: lint the corpus, show what is in it, run the plain baseline over it.

use crate::python;
use leapscore_corpus::lint::lint;
use leapscore_corpus::{Corpus, stats};
use leapscore_suite::project;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const FOLDER: &str = "crates/leapscore-corpus";
const BEGIN: &str = "<!-- tables: made by `cargo xtask generate` -->\n";
const END: &str = "<!-- end of the tables -->\n";

/// What to run the baseline on.
pub struct Baseline {
    /// A folder of human-labelled rows to try the fitted models on.
    pub rows: Option<PathBuf>,
    /// Only these labels.
    pub labels: Vec<String>,
    /// No learning curve, and write nothing.
    pub quick: bool,
}

pub fn run(baseline: Option<Baseline>) -> ExitCode {
    let corpus = match Corpus::from_folder(&project(FOLDER).join("data")) {
        Ok(corpus) => corpus,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::FAILURE;
        }
    };
    let problems = lint(&corpus);
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    match baseline {
        _ if !problems.is_empty() => ExitCode::FAILURE,
        None => {
            println!("{}", stats::tables(&corpus));
            ExitCode::SUCCESS
        }
        Some(baseline) => fit(&baseline),
    }
}

fn fit(baseline: &Baseline) -> ExitCode {
    let requirements = format!("{FOLDER}/baseline/requirements.txt");
    let python = match python::with("sklearn, matplotlib", &["-r", &requirements]) {
        Ok(python) => python,
        Err(why) => {
            eprintln!("the baseline needs Python: {why}");
            return ExitCode::FAILURE;
        }
    };
    let mut command = Command::new(python);
    command.arg(project(FOLDER).join("baseline/baseline.py"));
    if let Some(rows) = &baseline.rows {
        command.arg("--rows").arg(rows);
    }
    if baseline.quick {
        command.arg("--quick");
    }
    if !baseline.labels.is_empty() {
        command.arg("--labels").args(&baseline.labels);
    }
    if command.status().is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The datasheet as written by hand, with its tables made anew.
pub fn datasheet() -> (String, String) {
    let path = format!("{FOLDER}/DATASHEET.md");
    let page = std::fs::read_to_string(project(&path)).unwrap_or_default();
    let tables = stats::tables(&Corpus::from_folder(Path::new(&project(FOLDER).join("data"))).unwrap_or_default());
    let (head, tail) = match (page.split_once(BEGIN), page.split_once(END)) {
        (Some((head, _)), Some((_, tail))) => (head, tail),
        _ => (page.as_str(), ""),
    };
    let text = format!("{head}{BEGIN}\n{tables}\n{END}{tail}");
    (path, text)
}
