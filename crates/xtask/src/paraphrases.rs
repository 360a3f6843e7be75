//! Recall and precision over rows of paraphrases and near-misses.

use leapscore::{LeapReport, Rulebook, Scorer};
use leapscore_suite::{Paraphrase, failed_examples, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Default, Clone, Copy)]
struct Count {
    hit: u32,
    missed: u32,
    false_hit: u32,
    rest: u32,
}

pub fn run(rows: &[PathBuf], errors: Option<&str>, hits: Option<&str>, folder: Option<&Path>) -> ExitCode {
    let rulebook = match folder.map(read_rulebook).transpose() {
        Ok(rulebook) => rulebook.unwrap_or_else(Rulebook::builtin),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let failures = failed_examples(&rulebook);
    failures.iter().for_each(|failure| println!("EXAMPLE {failure}"));
    let rows = if rows.is_empty() { files("tests/paraphrases", "jsonl") } else { rows.to_vec() };
    let mut scorer = Scorer::with_rulebook(rulebook);
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for file in &rows {
        for row in Paraphrase::read(file) {
            let report = scorer.score(&row.call());
            let last = row.turns.len() as u32 - 1;
            let fires = fires(&report, &row.target, last);
            if let Some(wanted) = hits {
                show_hits(&report, wanted, last, &row);
            }
            let positive = row.label == "positive";
            if fires != positive && errors == Some(row.target.as_str()) {
                let text: Vec<String> =
                    row.turns.iter().map(|line| format!("{}: {}", &line.role[..1].to_uppercase(), line.text)).collect();
                println!("{} {}", if positive { "MISSED" } else { "FALSE " }, text.join(" // "));
            }
            for target in [row.target.as_str(), "all"] {
                let count = counts.entry(target.to_string()).or_default();
                match (positive, fires) {
                    (true, true) => count.hit += 1,
                    (true, false) => count.missed += 1,
                    (false, true) => count.false_hit += 1,
                    (false, false) => count.rest += 1,
                }
            }
        }
    }
    println!("| target | positives | near-misses | recall | precision | F1 |\n| --- | --- | --- | --- | --- | --- |");
    for (target, count) in &counts {
        let ratio = |part: u32, whole: u32| if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) };
        let recall = ratio(count.hit, count.hit + count.missed);
        let precision = ratio(count.hit, count.hit + count.false_hit);
        let f1 = ratio(2 * count.hit, 2 * count.hit + count.missed + count.false_hit);
        println!(
            "| `{target}` | {} | {} | {recall:.2} | {precision:.2} | {f1:.2} |",
            count.hit + count.missed,
            count.false_hit + count.rest
        );
    }
    ExitCode::SUCCESS
}

fn read_rulebook(folder: &Path) -> Result<Rulebook, String> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: &PathBuf| Ok((path.display().to_string(), fs::read_to_string(path).map_err(|error| error.to_string())?));
    let texts: Vec<(String, String)> = files.iter().map(read).collect::<Result<_, String>>()?;
    let documents: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Rulebook::from_documents(&documents).map_err(|error| error.to_string())
}

fn show_hits(report: &LeapReport, wanted: &str, last: u32, row: &Paraphrase) {
    let family = format!("{wanted}.");
    for hit in report.cues.iter().filter(|hit| hit.turn == last && (hit.cue == wanted || hit.cue.starts_with(&family))) {
        println!("{} {} [{}] in: {}", row.target, row.label, hit.quote, row.turns[last as usize].text);
    }
    for finding in report.findings.iter().filter(|finding| finding.turn == last && finding.rule == wanted) {
        let quotes: Vec<&str> = finding.evidence.iter().map(|part| part.quote.as_str()).collect();
        println!("{} {} {quotes:?} in: {}", row.target, row.label, row.turns[last as usize].text);
    }
}

/// The target is found in this turn.
pub fn fires(report: &LeapReport, target: &str, turn: u32) -> bool {
    let touches = |evidence: &[leapscore::Evidence]| evidence.iter().any(|part| part.turn == turn);
    let family = format!("{target}.");
    report.findings.iter().any(|finding| finding.rule == target && finding.turn == turn)
        || report.cues.iter().any(|hit| (hit.cue == target || hit.cue.starts_with(&family)) && touches(&hit.evidence))
}
