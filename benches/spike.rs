//! Can the matcher carry what the rulebook will become? 5,000 anchored phrases and 50,000 weighted phrases of one to three words,
//! generated from the corpus itself, on top of the built-in rulebook, with questions and echo.
//!
//! `cargo bench --bench spike` prints hits, verifier steps and nanoseconds a word by stage, against BARE-own: a bare
//! aho-corasick pass over the generated phrases.

mod support;

use leapscore::{Call, FoldBuffer, Rulebook, ScanStats, Scorer};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};
use support::{Bare, corpus, folded};

const PHRASES: usize = 5_000;
const NGRAMS: usize = 50_000;
const RUNS: u32 = 12;

/// The shortest of several runs, which is the one least disturbed.
fn best(runs: u32, mut work: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..runs {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed());
    }
    best
}

/// A small generator, so that every run measures the same phrases.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

/// Runs of words as they are spoken, contractions and signs left out.
fn runs(turns: &[String], words: std::ops::RangeInclusive<usize>, count: usize, random: &mut Random) -> Vec<String> {
    let (scorer, mut buffer) = (Scorer::new(), FoldBuffer::default());
    let turns: Vec<Vec<&str>> = turns
        .iter()
        .map(|turn| turn.split_whitespace().filter(|word| is_plain(word, &scorer, &mut buffer)).collect())
        .filter(|words: &Vec<&str>| words.len() >= 8)
        .collect();
    let mut found = BTreeSet::new();
    for _ in 0..count * 40 {
        if found.len() == count {
            break;
        }
        let turn = &turns[random.below(turns.len())];
        let length = words.start() + random.below(words.end() - words.start() + 1);
        let start = random.below(turn.len() - length);
        found.insert(turn[start..start + length].join(" "));
    }
    found.into_iter().collect()
}

/// A word that folding neither writes out nor drops.
fn is_plain(word: &str, scorer: &Scorer, buffer: &mut FoldBuffer) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && scorer.fold_only(word, buffer) == 1
}

/// Half of the phrases as they are, the rest with a gap, an optional word or alternatives.
fn phrase(words: &str, random: &mut Random) -> String {
    let mut words: Vec<String> = words.split(' ').map(str::to_string).collect();
    let middle = words.len() / 2;
    match random.below(6) {
        0 => words.insert(middle, "*2".into()),
        1 => words[middle].push('?'),
        2 => words[middle] = format!("[{}|really|just]", words[middle]),
        _ => {}
    }
    words.join(" ")
}

fn overlay(phrases: &[String], ngrams: &[String]) -> Rulebook {
    let mut toml = String::from("extends = \"leap-en\"\n");
    for (index, list) in phrases.chunks(100).enumerate() {
        let role = if index % 2 == 0 { "agent" } else { "customer" };
        let _ = writeln!(toml, "[[cue]]\nid = \"spike.p{index}\"\nrole = \"{role}\"\nphrases = {list:?}");
    }
    for (index, list) in ngrams.chunks(12_500).enumerate() {
        let role = if index % 2 == 0 { "agent" } else { "customer" };
        let table: String = list.iter().enumerate().map(|(at, phrase)| format!("{} {phrase}\n", at as i32 % 41 - 16)).collect();
        let _ = writeln!(
            toml,
            "[[cue]]\nid = \"spike.w{index}\"\nrole = \"{role}\"\n[[judge]]\ncue = \"spike.w{index}\"\nthreshold = 60\ntable = {table:?}"
        );
    }
    Rulebook::from_toml(&toml).unwrap_or_else(|error| panic!("{error}"))
}

fn main() {
    let calls = corpus();
    let turns = folded(&calls);
    let words: usize = calls.iter().flat_map(|call| call.turns()).map(|turn| turn.text().split_whitespace().count()).sum();
    let bytes: usize = turns.iter().map(String::len).sum();
    let mut random = Random(7);
    let plain = runs(&turns, 3..=6, PHRASES, &mut random);
    let phrases: Vec<String> = plain.iter().map(|words| phrase(words, &mut random)).collect();
    let ngrams = runs(&turns, 1..=3, NGRAMS, &mut random);
    println!("{} calls, {words} words, {bytes} bytes; {} phrases, {} weighted phrases", calls.len(), phrases.len(), ngrams.len());

    let bare = Bare::new(&plain);
    let unit = best(RUNS, || {
        black_box(bare.hits(&turns));
    });
    let per_word = |time: std::time::Duration| time.as_nanos() as f64 / words as f64;
    let bare_ns = per_word(unit);
    println!("\n{:<46}{:>9}{:>9}{:>12}{:>14}{:>12}", "stage", "ns/word", "x BARE", "hits/1000", "candidates", "steps");
    println!(
        "{:<46}{bare_ns:>9.1}{:>9.2}{:>12.1}",
        "BARE-own, the generated phrases",
        1.0,
        bare.hits(&turns) as f64 * 1000.0 / words as f64
    );

    let mut scorer = Scorer::new();
    let mut buffer = FoldBuffer::default();
    let fold = best(RUNS, || {
        for turn in calls.iter().flat_map(|call: &Call| call.turns()) {
            black_box(scorer.fold_only(turn.text(), &mut buffer));
        }
    });
    println!("{:<46}{:>9.1}{:>9.2}", "fold and token table", per_word(fold), per_word(fold) / bare_ns);
    let stages = [
        ("  + built-in rulebook, questions, echo", overlay(&[], &[])),
        ("  + generated phrases", overlay(&phrases, &[])),
        ("  + weighted phrases", overlay(&phrases, &ngrams)),
    ];
    for (name, rulebook) in stages {
        scorer = Scorer::with_rulebook(rulebook);
        let mut stats = ScanStats::default();
        let time = best(RUNS, || {
            stats = ScanStats::default();
            for call in &calls {
                let one = black_box(scorer.scan_only(call));
                stats.hits += one.hits;
                stats.candidates += one.candidates;
                stats.steps += one.steps;
            }
        });
        let per_thousand = |count: u64| count as f64 * 1000.0 / words as f64;
        println!(
            "{name:<46}{:>9.1}{:>9.2}{:>12.1}{:>14.1}{:>12.1}",
            per_word(time),
            per_word(time) / bare_ns,
            per_thousand(stats.hits),
            per_thousand(stats.candidates),
            per_thousand(stats.steps)
        );
    }
}
