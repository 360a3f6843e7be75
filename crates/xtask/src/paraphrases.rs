//! Recall and precision over rows of paraphrases and near-misses.

use leapscore::{LeapReport, Scorer};
use leapscore_suite::{Paraphrase, files};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Default, Clone, Copy)]
struct Count {
    hit: u32,
    missed: u32,
    false_hit: u32,
    rest: u32,
}

pub fn run(rows: &[PathBuf], errors: Option<&str>) -> ExitCode {
    let rows = if rows.is_empty() { files("tests/paraphrases", "jsonl") } else { rows.to_vec() };
    let mut scorer = Scorer::new();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for file in &rows {
        for row in Paraphrase::read(file) {
            let report = scorer.score(&row.call());
            let fires = fires(&report, &row);
            let positive = row.label == "positive";
            if fires != positive && errors == Some(row.target.as_str()) {
                let text: Vec<String> = row.turns.iter().map(|line| format!("{}: {}", &line.role[..1].to_uppercase(), line.text)).collect();
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

/// The row's target is found in its last turn.
fn fires(report: &LeapReport, row: &Paraphrase) -> bool {
    let last = row.turns.len() as u32 - 1;
    let touches = |evidence: &[leapscore::Evidence]| evidence.iter().any(|part| part.turn == last);
    let family = format!("{}.", row.target);
    report.findings.iter().any(|finding| finding.rule == row.target && finding.turn == last)
        || report.cues.iter().any(|hit| (hit.cue == row.target || hit.cue.starts_with(&family)) && touches(&hit.evidence))
}
