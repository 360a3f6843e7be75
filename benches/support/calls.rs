//! The calls to measure on.

use leapscore::Call;
use std::io::Read;

/// Calls to measure on: those of the file that `LEAPSCORE_BENCH_CALLS` names (JSONL, may be gzipped; native calls), or the
/// labelled and the example calls of this project.
pub fn corpus() -> Vec<Call> {
    let Ok(path) = std::env::var("LEAPSCORE_BENCH_CALLS") else {
        let mut calls = leapscore_suite::calls("tests/calls/calls.jsonl");
        calls.extend(leapscore_suite::example_calls().into_iter().map(|(_, call)| call));
        return calls;
    };
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("gzip of UTF-8");
    } else {
        text = String::from_utf8(bytes).expect("UTF-8");
    }
    text.lines().map(|line| Call::from_json(line).unwrap_or_else(|error| panic!("{path}: {error}"))).collect()
}
