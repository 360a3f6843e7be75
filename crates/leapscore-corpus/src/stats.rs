//! Counts for the datasheet: composition and agreement.

use crate::corpus::Corpus;
use crate::label::{LABELS, Label};
use crate::row::{Role, Row, Split, Style, Value};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The share of a label's rows that two readers agree on beyond chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Rows that both labelled. A label called unsure counts as not present.
    pub rows: usize,
    /// Called present by the first, and by the second.
    pub present: (usize, usize),
    /// Called present by both.
    pub both: usize,
    /// Cohen's kappa; `None` where neither ever said present.
    pub kappa: Option<f64>,
}

/// How far the second, blind labels agree with the first on one label.
pub fn agreement(corpus: &Corpus, label: &Label) -> Agreement {
    let roles: BTreeMap<&str, Role> = corpus.all().map(|(_, row)| (row.id.as_str(), row.judged().role)).collect();
    let (mut rows, mut first, mut second, mut both) = (0usize, 0usize, 0usize, 0usize);
    for pair in &corpus.second {
        let has = |names: &[String]| names.iter().any(|name| name == label.id);
        if roles.get(pair.id.as_str()) != Some(&label.role) {
            continue;
        }
        rows += 1;
        first += usize::from(has(&pair.first));
        second += usize::from(has(&pair.second));
        both += usize::from(has(&pair.first) && has(&pair.second));
    }
    let n = rows as f64;
    let observed = (both + rows + both - first - second) as f64 / n;
    let expected = (first * second + (rows - first) * (rows - second)) as f64 / (n * n);
    let kappa = (first + second > 0 && expected < 1.0).then(|| (observed - expected) / (1.0 - expected));
    Agreement { rows, present: (first, second), both, kappa }
}

/// The tables of the datasheet, as Markdown.
pub fn tables(corpus: &Corpus) -> String {
    let mut out = String::new();
    totals(corpus, &mut out);
    shares(corpus, "region", |row| row.region.clone(), &mut out);
    shares(corpus, "domain", |row| row.domain.clone(), &mut out);
    labels(corpus, &mut out);
    writers(corpus, &mut out);
    out
}

fn totals(corpus: &Corpus, out: &mut String) {
    out.push_str("| split | writers | rows | agent | customer | clean | asr | chat | words in judged turns |\n");
    out.push_str("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for split in Split::ALL {
        let rows: Vec<&Row> = corpus.rows(split).collect();
        let of = |test: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| test(row)).count();
        let writers: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.writer.as_str()).collect();
        let words: usize = rows.iter().map(|row| row.judged().text.split_whitespace().count()).sum();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {words} |",
            split.name(),
            writers.len(),
            rows.len(),
            of(&|row| row.judged().role == Role::Agent),
            of(&|row| row.judged().role == Role::Customer),
            of(&|row| row.style == Style::Clean),
            of(&|row| row.style == Style::Asr),
            of(&|row| row.style == Style::Chat),
        );
    }
    let calls = corpus.calls.lines().count();
    let _ = writeln!(out, "\nWhole calls: {calls}. Rows labelled a second time: {}.", corpus.second.len());
}

fn shares(corpus: &Corpus, name: &str, key: impl Fn(&Row) -> String, out: &mut String) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    corpus.all().for_each(|(_, row)| *counts.entry(key(row)).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), key.clone()));
    let list: Vec<String> = counts.iter().map(|(key, count)| format!("{key} {count}")).collect();
    let _ = writeln!(out, "\nRows by {name}: {}.", list.join(", "));
}

fn labels(corpus: &Corpus, out: &mut String) {
    out.push_str(
        "\nFor each label, rows that have it / rows written as near-misses of it, by split; and, on the rows labelled twice, how\n",
    );
    out.push_str("often each reader called it present and Cohen's kappa between them.\n\n");
    out.push_str("| label | fit | tune | test | unsure | twice: first, second, both | kappa |\n| --- | --- | --- | --- | --- | --- | --- |\n");
    for label in LABELS {
        let cell = |split| {
            let present = corpus.rows(split).filter(|row| row.value(label.id) == Some(Value::Present)).count();
            let near = corpus.rows(split).filter(|row| row.is_near_miss(label.id)).count();
            format!("{present} / {near}")
        };
        let unsure = corpus.all().filter(|(_, row)| row.value(label.id) == Some(Value::Unsure)).count();
        let twice = agreement(corpus, label);
        let kappa = twice.kappa.map_or("-".into(), |kappa| format!("{kappa:.2}"));
        let (first, second) = twice.present;
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} | {unsure} | {first}, {second}, {} | {kappa} |",
            label.id,
            cell(Split::Fit),
            cell(Split::Tune),
            cell(Split::Test),
            twice.both
        );
    }
}

fn writers(corpus: &Corpus, out: &mut String) {
    out.push_str("\n| writer | split | rows | asked for | who speaks |\n| --- | --- | --- | --- | --- |\n");
    for writer in &corpus.writers {
        let rows = corpus.all().filter(|(_, row)| row.writer == writer.id).count();
        let _ = writeln!(out, "| {} | {} | {rows} | {} | {} |", writer.id, writer.split.name(), writer.part, writer.brief);
    }
}
