//! What a live call costs: `cargo bench --bench live`. Percentiles of one turn, and the memory of 100,000 open sessions.

#[path = "support/calls.rs"]
mod calls;

use calls::corpus;
use leapscore::{Rulebook, Session, Turn};
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Times each call's turns are pushed.
const ROUNDS: usize = 200;
const SESSIONS: usize = 100_000;
const TURNS: usize = 40;

fn main() {
    let (calls, rulebook) = (corpus(), Rulebook::builtin());
    let (mut push, mut update, mut report, mut finish) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for call in &calls {
            let mut session = Session::new(rulebook.clone(), call.info().clone());
            for turn in call.turns() {
                let (partial, last) = (half(turn), turn.clone());
                time(&mut update, || session.update(partial));
                time(&mut push, || session.push(last));
            }
            time(&mut report, || session.report());
            time(&mut finish, || session.finish());
        }
        // The first rounds warm up.
        if round == ROUNDS / 10 {
            [&mut push, &mut update, &mut report, &mut finish].into_iter().for_each(Vec::clear);
        }
    }
    for (name, times) in [("push", push), ("update (half a turn)", update), ("report", report), ("finish", finish)] {
        print(name, times);
    }
    memory(&calls, &rulebook);
}

fn half(turn: &Turn) -> Turn {
    let mut at = turn.text().len() / 2;
    while !turn.text().is_char_boundary(at) {
        at -= 1;
    }
    Turn::new(turn.role(), &turn.text()[..at])
}

fn time<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) {
    let start = Instant::now();
    black_box(work());
    times.push(start.elapsed());
}

fn print(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_nanos() as f64 / 1000.0;
    println!("{name:24} p50 {:8.1} us   p99 {:8.1} us   ({} times)", at(50), at(99), times.len());
}

/// Sessions of forty turns, all open at once: what they say they hold, and what the process grew by.
fn memory(calls: &[leapscore::Call], rulebook: &Rulebook) {
    let before = resident();
    let open = |index: usize| {
        let call = &calls[index % calls.len()];
        let mut session = Session::new(rulebook.clone(), call.info().clone());
        call.turns().iter().cycle().take(TURNS).for_each(|turn| drop(session.push(turn.clone())));
        session
    };
    let sessions: Vec<Session> = (0..SESSIONS).map(open).collect();
    let stated: usize = sessions.iter().map(Session::memory_bytes).sum();
    let words: usize = calls.iter().flat_map(|call| call.turns()).map(|turn| turn.text().split_whitespace().count()).sum();
    let turns: usize = calls.iter().map(|call| call.turns().len()).sum();
    println!("{SESSIONS} sessions of {TURNS} turns, {} words a turn: {} bytes each as stated", words / turns, stated / SESSIONS);
    if let (Some(before), Some(after)) = (before, resident()) {
        println!("resident memory grew by {} MB, {} bytes each", (after - before) / 1_000_000, (after - before) / SESSIONS);
    }
}

/// Bytes of the process that are in memory, where the system tells.
fn resident() -> Option<usize> {
    let pages: usize = fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
