//! What a call costs: `cargo bench --bench score_call`.
//!
//! `LEAPSCORE_BENCH_CALLS` names another corpus (JSONL of native calls, may be gzipped).

mod support;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use leapscore::{Call, CallInfo, Channel, Rulebook, Scorer, Session, Turn};
use std::collections::BTreeSet;
use support::{Bare, corpus, folded};

fn main() {
    divan::main();
}

fn bytes(calls: &[Call]) -> BytesCount {
    BytesCount::new(calls.iter().flat_map(|call| call.turns()).map(|turn| turn.text().len()).sum::<usize>())
}

/// The runs of plain words in the built-in phrases, each alternative for itself.
fn own_phrases() -> Vec<String> {
    let rulebook = Rulebook::builtin();
    let signs = ['[', ']', '|', '{', '}', '^', '$', '?'];
    let runs = rulebook.cues().flat_map(|cue| cue.phrases).flat_map(|phrase| {
        phrase
            .split(signs)
            .flat_map(|piece| piece.split("*"))
            .map(|run| run.trim_matches(|c: char| !c.is_alphabetic()).to_string())
            .collect::<Vec<_>>()
    });
    runs.filter(|run| run.len() > 2).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The unit: a bare aho-corasick pass over the product's own phrases.
#[divan::bench]
fn bare_own(bencher: Bencher) {
    let calls = corpus();
    let (bare, turns) = (Bare::new(&own_phrases()), folded(&calls));
    bencher.counter(bytes(&calls)).bench_local(|| black_box(bare.hits(&turns)));
}

/// The fixed unit: a bare pass over the 1,144 phrases of `benches/phrases.txt`.
#[divan::bench]
fn bare_fixed(bencher: Bencher) {
    let calls = corpus();
    let phrases: Vec<&str> = include_str!("phrases.txt").lines().collect();
    let (bare, turns) = (Bare::new(&phrases), folded(&calls));
    bencher.counter(bytes(&calls)).bench_local(|| black_box(bare.hits(&turns)));
}

/// Fold, floors and scan, without judgement or report.
#[divan::bench]
fn scan(bencher: Bencher) {
    let calls = corpus();
    let mut scorer = Scorer::new();
    bencher.counter(bytes(&calls)).bench_local(|| calls.iter().map(|call| scorer.scan_only(call).hits).sum::<u64>());
}

/// Everything, up to the report.
#[divan::bench]
fn score_call(bencher: Bencher) {
    let calls = corpus();
    let mut scorer = Scorer::new();
    bencher.counter(bytes(&calls)).bench_local(|| calls.iter().for_each(|call| drop(black_box(scorer.score(call)))));
}

/// The report's JSON.
#[divan::bench]
fn to_json(bencher: Bencher) {
    let mut scorer = Scorer::new();
    let reports: Vec<_> = corpus().iter().map(|call| scorer.score(call)).collect();
    bencher.bench_local(|| reports.iter().map(|report| report.to_json().len()).sum::<usize>());
}

/// One turn of a live call.
#[divan::bench]
fn push_one_turn(bencher: Bencher) {
    let turns: Vec<Turn> = corpus().iter().flat_map(|call| call.turns().to_vec()).take(1_000).collect();
    bencher
        .counter(ItemsCount::new(turns.len()))
        .with_inputs(|| (Session::new(Rulebook::builtin(), CallInfo::new(Channel::Voice)), turns.clone()))
        .bench_local_values(|(mut session, turns)| {
            turns.into_iter().for_each(|turn| drop(session.push(turn)));
            session
        });
}

/// From TOML to a rulebook that can score: what a process pays once.
#[divan::bench]
fn start_up() -> Rulebook {
    Rulebook::from_toml("extends = \"leap-en\"\n").expect("the built-in rulebook")
}

/// Time against the text's size: the throughput must not fall.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000, 10_000_000], sample_count = 5)]
fn linear(bencher: Bencher, size: usize) {
    let source: Vec<Turn> = corpus().iter().flat_map(|call| call.turns().to_vec()).collect();
    let (mut turns, mut total) = (Vec::new(), 0);
    for turn in source.iter().cycle() {
        if total >= size {
            break;
        }
        total += turn.text().len();
        turns.push(Turn::new(turn.role(), turn.text()));
    }
    let call = Call::new(CallInfo::new(Channel::Voice), turns).expect("a valid call");
    let mut scorer = Scorer::new();
    bencher.counter(BytesCount::new(total)).bench_local(|| scorer.score(&call));
}
