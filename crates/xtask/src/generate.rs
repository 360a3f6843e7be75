//! Files made from others, each with one place that makes it.

use leapscore::{Role, Rulebook, Scorer};
use leapscore_suite::vectors::{self, Vectors};
use leapscore_suite::{example_calls, golden, project};
use std::fmt::Write;
use std::fs;
use std::process::ExitCode;

const BEGIN: &str = "<!-- catalogue: made by `cargo xtask generate` -->\n";
const END: &str = "<!-- end of the catalogue -->\n";

pub fn run(check: bool) -> ExitCode {
    let mut stale = Vec::new();
    for (path, text) in files() {
        let file = project(&path);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        if check {
            stale.push(path);
            continue;
        }
        fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("folders can be made");
        fs::write(&file, text).expect("files can be written");
        println!("wrote {path}");
    }
    if stale.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("out of date, run `cargo xtask generate`: {}", stale.join(", "));
    ExitCode::FAILURE
}

fn files() -> Vec<(String, String)> {
    let mut scorer = Scorer::new();
    let mut files: Vec<(String, String)> =
        example_calls().iter().map(|(name, call)| (format!("tests/golden/{name}.json"), golden(&scorer.score(call)))).collect();
    files.push(("docs/report.schema.json".into(), leapscore::report::schema() + "\n"));
    files.push(("docs/RULEBOOK.md".into(), rulebook_page()));
    files.push(("bindings/c/include/leapscore.h".into(), crate::header::text()));
    files.push(("bindings/python/python/leapscore/_report.py".into(), crate::classes::text()));
    files.push(crate::corpus::datasheet());
    files.extend(vectors());
    files
}

/// The conformance vectors with what comes out of each. A change in them is a change for every face: read it.
fn vectors() -> Vec<(String, String)> {
    let pinned = vectors::pinned();
    let anew = |(name, Vectors { about, cases }): (String, Vectors)| {
        let cases = cases.into_iter().map(|case| case.made_anew(&pinned)).collect();
        let text = serde_json::to_string_pretty(&Vectors { about, cases }).expect("vectors are plain data");
        (format!("tests/conformance/{name}"), text + "\n")
    };
    vectors::all().into_iter().map(anew).collect()
}

/// The page as written by hand, with the catalogue between its marks made anew.
fn rulebook_page() -> String {
    let page = fs::read_to_string(project("docs/RULEBOOK.md")).unwrap_or_default();
    let (head, tail) = match (page.split_once(BEGIN), page.split_once(END)) {
        (Some((head, _)), Some((_, tail))) => (head, tail),
        _ => (page.as_str(), ""),
    };
    format!("{head}{BEGIN}{}{END}{tail}", catalogue())
}

fn catalogue() -> String {
    let rulebook = Rulebook::builtin();
    let stats = rulebook.stats();
    let mut out = format!(
        "\n`{}` {}: {} cues, {} rules, {} phrases and lexicon entries of several words, {} words.\n\n",
        rulebook.id(),
        rulebook.version(),
        stats.cues,
        stats.rules,
        stats.sequences,
        stats.words
    );
    out.push_str("### Rules\n\n| rule | kind | points | what it is | reads |\n| --- | --- | --- | --- | --- |\n");
    for rule in rulebook.rules() {
        let points = match (rule.kind, rule.cap) {
            ("do", _) => format!("+{}", rule.worth),
            ("dont", Some(cap)) => format!("-{}, at most {cap}", rule.charge),
            ("dont", None) => format!("-{}", rule.charge),
            _ => String::new(),
        };
        let cues: Vec<String> = rule.cues.iter().map(|cue| format!("`{cue}`")).collect();
        let _ = writeln!(out, "| `{}` | {} | {points} | {} | {} |", rule.id, rule.kind, rule.summary, cues.join(", "));
    }
    for (title, role) in [("Cues of the agent", Role::Agent), ("Cues of the customer", Role::Customer)] {
        let _ = write!(out, "\n### {title}\n\n| cue | phrases | what it is |\n| --- | --- | --- |\n");
        for cue in rulebook.cues().filter(|cue| cue.role == role) {
            let _ = writeln!(out, "| `{}` | {} | {} |", cue.id, cue.phrases.len(), cue.summary);
        }
    }
    out.push('\n');
    out
}
