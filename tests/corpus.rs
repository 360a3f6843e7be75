//! The corpus and the rulebook speak of the same things.

use leapscore::{Call, Rulebook};
use leapscore_corpus::{Corpus, LABELS};
use std::collections::BTreeSet;

#[test]
fn every_label_is_a_cue_or_a_dont_of_the_rulebook() {
    let rulebook = Rulebook::builtin();
    let cues: BTreeSet<&str> = rulebook.cues().map(|cue| cue.id).collect();
    let rules: BTreeSet<&str> = rulebook.rules().filter(|rule| rule.kind != "do").map(|rule| rule.id).collect();
    for label in LABELS {
        let known = if label.dont { &rules } else { &cues };
        assert!(known.contains(label.id), "{}", label.id);
    }
    let labelled: BTreeSet<&str> = LABELS.iter().filter(|label| label.dont).map(|label| label.id).collect();
    let left_out: Vec<&str> = rules.difference(&labelled).copied().collect();
    let whole_call =
        ["asked_again", "dead_air", "interruption", "monologue", "read_out", "rushed"].map(|id| format!("listen.{id}"));
    assert_eq!(left_out, whole_call, "only what the clock or the whole call judges is not labelled");
}

#[test]
fn the_whole_calls_are_calls_and_their_labels_fit_them() {
    let corpus = Corpus::builtin();
    let mut tiers: std::collections::BTreeMap<String, BTreeSet<u64>> = Default::default();
    assert!(corpus.calls.lines().count() >= 60);
    for (line, label) in corpus.calls.lines().zip(corpus.call_labels.lines()) {
        let call = Call::from_json(line).expect("a call");
        let label: serde_json::Value = serde_json::from_str(label).expect("a label");
        let id = label["id"].as_str().expect("an id");
        assert!((12..=25).contains(&call.turns().len()), "{id}: {} turns", call.turns().len());
        let role = |turn: &serde_json::Value| call.turns().get(turn.as_u64().expect("an index") as usize).map(|turn| turn.role());
        for finding in label["findings"].as_array().expect("findings") {
            assert_eq!(role(&finding["turn"]), Some(leapscore::Role::Agent), "{id}: {finding}");
        }
        for spike in label["spikes"].as_array().expect("spikes") {
            assert_eq!(role(spike), Some(leapscore::Role::Customer), "{id}: spike {spike}");
        }
        for pillar in ["listen", "empathize", "acknowledge", "personalize"] {
            let score = &label["pillars"][pillar];
            assert!(score.is_null() || score.as_u64().is_some_and(|score| score <= 4), "{id}: {pillar} {score}");
        }
        tiers.entry(label["scenario"].to_string()).or_default().insert(label["tier"].as_u64().expect("a tier"));
    }
    for (scenario, tiers) in tiers {
        assert_eq!(tiers.len(), 3, "{scenario} is handled in three ways");
    }
}
