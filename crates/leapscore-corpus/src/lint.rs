//! What must hold of the rows beyond their form: sound styles, writers in one split, no near-duplicates, no stock wordings.

use crate::corpus::Corpus;
use crate::label::{LABELS, label};
use crate::row::{Problem, Row, Split, Style, Value};
use std::collections::{HashMap, HashSet};

/// Rows whose words overlap more than this (Jaccard, per cent) are near-duplicates.
pub const OVERLAP_PERCENT: usize = 80;
/// Judged turns with fewer different words than this are compared together with their context: there are not many ways to
/// say "mm-hm".
const SHORT: usize = 6;
/// A run of this many words ...
pub const STOCK_WORDS: usize = 4;
/// ... may stand in at most this share of a label's rows (per cent), once the label has enough rows to tell.
pub const STOCK_PERCENT: usize = 5;
const STOCK_FROM: usize = 100;
/// Each style's share of the rows of a split, in per cent.
pub const STYLE_PERCENT: std::ops::RangeInclusive<usize> = 23..=45;

/// Everything that is wrong with the corpus; empty when it is sound.
pub fn lint(corpus: &Corpus) -> Vec<Problem> {
    let mut problems = Vec::new();
    check_rows(corpus, &mut problems);
    check_styles(corpus, &mut problems);
    check_stock(corpus, &mut problems);
    check_duplicates(corpus, &mut problems);
    check_calls(corpus, &mut problems);
    problems
}

fn problem(place: &str, message: impl Into<String>) -> Problem {
    Problem { place: place.into(), message: message.into() }
}

fn check_rows(corpus: &Corpus, problems: &mut Vec<Problem>) {
    let mut writers = HashMap::new();
    for writer in &corpus.writers {
        if writers.insert(writer.id.as_str(), writer).is_some() {
            problems.push(problem("writers.toml", format!("writer {} is there twice", writer.id)));
        }
    }
    let mut ids = HashSet::new();
    for (split, row) in corpus.all() {
        if !ids.insert(row.id.as_str()) {
            problems.push(problem(&row.id, "this id is there twice"));
        }
        match writers.get(row.writer.as_str()) {
            None => problems.push(problem(&row.id, format!("writer {} is not in writers.toml", row.writer))),
            Some(writer) if writer.split != split => {
                problems.push(problem(&row.id, format!("writer {} belongs to {}", row.writer, writer.split.name())));
            }
            Some(_) => {}
        }
        for turn in &row.turns {
            if turn.text.trim().is_empty() || turn.text.trim() != turn.text {
                problems.push(problem(&row.id, "a turn is empty or has space at its ends"));
            }
            if row.style == Style::Asr && turn.text.contains(|c: char| c.is_uppercase() || ".,?!;:\"".contains(c)) {
                problems.push(problem(&row.id, "style asr has neither case nor punctuation"));
            }
        }
    }
    for second in &corpus.second {
        if !ids.contains(second.id.as_str()) {
            problems.push(problem(&second.id, "labelled twice, but there is no such row"));
        }
        for name in second.first.iter().chain(&second.second).chain(&second.unsure) {
            if label(name).is_none() {
                problems.push(problem(&second.id, format!("unknown label {name:?}")));
            }
        }
    }
}

fn check_styles(corpus: &Corpus, problems: &mut Vec<Problem>) {
    for split in Split::ALL {
        let all = corpus.rows(split).count();
        for style in [Style::Clean, Style::Asr, Style::Chat] {
            let some = corpus.rows(split).filter(|row| row.style == style).count();
            if all > 0 && !STYLE_PERCENT.contains(&(100 * some / all)) {
                problems
                    .push(problem(split.name(), format!("{some} of {all} rows are {style:?}; each style should be about a third")));
            }
        }
    }
}

fn check_stock(corpus: &Corpus, problems: &mut Vec<Problem>) {
    for label in LABELS {
        let rows: Vec<&Row> = corpus.all().map(|(_, row)| row).filter(|row| row.value(label.id) == Some(Value::Present)).collect();
        if rows.len() < STOCK_FROM {
            continue;
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for row in &rows {
            let words = words(&row.judged().text);
            let runs: HashSet<String> = words.windows(STOCK_WORDS).map(|run| run.join(" ")).collect();
            runs.into_iter().for_each(|run| *counts.entry(run).or_default() += 1);
        }
        let mut stock: Vec<_> = counts.into_iter().filter(|(_, count)| 100 * count > STOCK_PERCENT * rows.len()).collect();
        stock.sort();
        for (run, count) in stock {
            problems.push(problem(label.id, format!("{run:?} stands in {count} of {} rows", rows.len())));
        }
    }
}

/// Rows that share the smallest sets of rare words are compared: two sets whose overlap is above 80 % must share one of the rarest
/// fifth (and one more) of either's words.
fn check_duplicates(corpus: &Corpus, problems: &mut Vec<Problem>) {
    let rows: Vec<(Split, &Row)> = corpus.all().collect();
    let texts: Vec<Vec<String>> = rows.iter().map(|(_, row)| compared(row)).collect();
    let mut frequency: HashMap<&str, usize> = HashMap::new();
    texts.iter().flatten().for_each(|word| *frequency.entry(word).or_default() += 1);
    let sets: Vec<Vec<&str>> = texts
        .iter()
        .map(|words| {
            let mut set: Vec<&str> = words.iter().map(String::as_str).collect::<HashSet<_>>().into_iter().collect();
            set.sort_unstable_by_key(|word| (frequency[word], *word));
            set
        })
        .collect();
    let mut index: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, set) in sets.iter().enumerate() {
        let prefix = set.len() * (100 - OVERLAP_PERCENT) / 100 + 1;
        let mut candidates: Vec<usize> = set.iter().take(prefix).filter_map(|word| index.get(word)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        for other in candidates {
            if overlap_percent(set, &sets[other]) > OVERLAP_PERCENT {
                let leak = if rows[at].0 == rows[other].0 { "" } else { ", across splits" };
                problems.push(problem(&rows[at].1.id, format!("near-duplicate of {}{leak}", rows[other].1.id)));
            }
        }
        set.iter().take(prefix).for_each(|word| index.entry(word).or_default().push(at));
    }
}

/// The words that decide whether a row is another's duplicate: the judged turn's; with their context where they are few.
fn compared(row: &Row) -> Vec<String> {
    let judged = words(&row.judged().text);
    if judged.iter().collect::<HashSet<_>>().len() >= SHORT || row.turns.len() == 1 {
        return judged;
    }
    row.turns.iter().flat_map(|turn| words(&turn.text)).collect()
}

fn overlap_percent(a: &[&str], b: &[&str]) -> usize {
    let b: HashSet<&str> = b.iter().copied().collect();
    let common = a.iter().filter(|word| b.contains(*word)).count();
    let all = a.len() + b.len() - common;
    (100 * common).checked_div(all).unwrap_or(0)
}

fn check_calls(corpus: &Corpus, problems: &mut Vec<Problem>) {
    let ids = |text: &str| -> Vec<String> {
        let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?.get("id")?.as_str().map(str::to_owned);
        text.lines().map(|line| id(line).unwrap_or_else(|| format!("unreadable: {line:.40}"))).collect()
    };
    if ids(&corpus.calls) != ids(&corpus.call_labels) {
        problems.push(problem("calls", "calls.jsonl and labels.jsonl do not hold the same ids in the same order"));
    }
}

/// The words of a text: letters, digits and apostrophes, in lower case.
pub fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
