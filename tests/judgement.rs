//! Judgement on whole calls: agreement with the labels, and the same verdict however the call was written down.
//!
//! The labelled calls are synthetic: written for this project and labelled by their author and a second labeller.

use leapscore::{Call, Pillar, Role, Scorer};
use leapscore_suite::disturb::DISTURBANCES;
use leapscore_suite::{calls, example_calls, labels};

/// A way to score a call as a whole, 0 to 100.
type Judge = fn(&Call) -> f64;

fn ours(call: &Call) -> f64 {
    Scorer::new().score(call).overall.score.map_or(50.0, f64::from)
}

fn constant(_: &Call) -> f64 {
    50.0
}

/// Counts stock empathy phrases in the agent's turns, as keyword rules do.
fn phrase_counter(call: &Call) -> f64 {
    let stock =
        ["understand", "sorry", "apologi", "appreciate", "help you", "frustrat", "thank you for", "absolutely", "of course"];
    let agent = call.turns().iter().filter(|turn| turn.role() == Role::Agent);
    agent.map(|turn| stock.iter().filter(|phrase| turn.text().to_lowercase().contains(**phrase)).count() as f64).sum()
}

/// Share of pairs of calls of one scenario that a judge orders as the labels do; ties count half.
fn tier_order(judge: Judge) -> f64 {
    let (calls, labels) = (calls("tests/calls/calls.jsonl"), labels());
    let scores: Vec<f64> = calls.iter().map(judge).collect();
    let (mut right, mut pairs) = (0.0, 0.0);
    for (a, low) in labels.iter().enumerate() {
        for (b, high) in labels.iter().enumerate() {
            if low.scenario == high.scenario && low.tier < high.tier {
                pairs += 1.0;
                right += match scores[a].total_cmp(&scores[b]) {
                    std::cmp::Ordering::Less => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Greater => 0.0,
                };
            }
        }
    }
    right / pairs
}

fn good_enough(judge: Judge) -> bool {
    let examples = example_calls();
    let score = |name: &str| judge(&examples.iter().find(|(file, _)| file == name).expect("an example call").1);
    tier_order(judge) >= 0.94
        && score("collections_agent_b") >= score("collections_agent_a") + 40.0
        && score("hospital_bill_skilled") >= score("clinic_results_recital") + 20.0
        && score("parcel_chat_good") >= score("airline_refund_angry") + 20.0
}

#[test]
fn calls_are_ordered_as_listeners_order_them() {
    assert!(good_enough(ours), "tier order {:.3}", tier_order(ours));
}

#[test]
fn a_constant_and_a_phrase_counter_are_not_good_enough() {
    assert!(!good_enough(constant));
    assert!(!good_enough(phrase_counter), "tier order {:.3}", tier_order(phrase_counter));
}

/// A pillar moves by no more than this when only the writing changes,
const MOST: i32 = 5;
/// but for so many in a thousand: a judged cue has a threshold, and a sum that lies at it can fall to either side.
const MOVED_PERMILLE: usize = 8;

#[test]
fn the_verdict_does_not_hang_on_the_writing() {
    let mut all = example_calls();
    all.extend(calls("tests/calls/calls.jsonl").into_iter().map(|call| (call.info().id.clone().unwrap_or_default(), call)));
    let mut scorer = Scorer::new();
    let mut moved = Vec::new();
    for (name, call) in &all {
        let before = scorer.score(call);
        for (way, disturb) in DISTURBANCES {
            let after = scorer.score(&disturb(call));
            for pillar in Pillar::ALL {
                let (a, b) = (before.pillar(pillar).score, after.pillar(pillar).score);
                if a.is_some() != b.is_some() || a.zip(b).is_some_and(|(a, b)| (a - b).abs() > MOST) {
                    moved.push(format!("{name}: {} {a:?} -> {b:?} with {way}", pillar.name()));
                }
            }
        }
    }
    let asked = all.len() * DISTURBANCES.len() * 4;
    assert!(moved.len() * 1000 <= asked * MOVED_PERMILLE, "{} of {asked}:\n{}", moved.len(), moved.join("\n"));
}
