//! The rulebook: its examples are tests, its ids are promises, its errors name the place.

use leapscore::{ErrorCode, Rulebook, Scorer, Turn, score_call};
use leapscore_suite::failed_examples;

#[test]
fn every_example_fires_and_no_counterexample_does() {
    let failures = failed_examples(&Rulebook::builtin());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_cue_and_every_rule_that_reads_words_carries_examples() {
    let rulebook = Rulebook::builtin();
    let examples = rulebook.examples();
    let has = |id: &str, fires: bool| examples.iter().any(|example| example.id == id && example.fires == fires);
    for cue in rulebook.cues() {
        assert!(has(cue.id, true) && has(cue.id, false), "{} lacks an example or a counterexample", cue.id);
    }
    let by_clock = ["listen.interruption", "listen.dead_air", "listen.rushed", "listen.monologue"];
    for rule in rulebook.rules().filter(|rule| rule.kind != "do" && !by_clock.contains(&rule.id)) {
        assert!(has(rule.id, true) && has(rule.id, false), "{} lacks an example or a counterexample", rule.id);
    }
}

/// Other systems store these: they may not change.
const CUES: &[&str] = &[
    "listen.backchannel",
    "listen.reflection",
    "question.open",
    "question.closed",
    "empathize.emotion_named",
    "empathize.compassion",
    "empathize.stock_phrase",
    "acknowledge.validation",
    "acknowledge.affirmation",
    "acknowledge.reframe",
    "personalize.option",
    "personalize.ownership_question",
    "personalize.commitment",
    "apology",
    "business_opener",
    "directive",
    "confrontation",
    "hardship",
    "thanks",
    "choice",
    "promise_to_pay",
];
const FAMILIES: &[&str] = &["distress.", "anger.", "calm."];
const RULES: &[&str] = &[
    "listen.paused",
    "listen.let_finish",
    "listen.received",
    "listen.open_question",
    "listen.said_back",
    "empathize.named",
    "empathize.clarified",
    "acknowledge.validated",
    "acknowledge.reframed",
    "personalize.options",
    "personalize.fitted",
    "personalize.choice_handed_over",
    "listen.interruption",
    "listen.dead_air",
    "listen.rushed",
    "listen.monologue",
    "listen.read_out",
    "listen.asked_again",
    "listen.empathy_rebuttal",
    "listen.straight_to_business",
    "listen.filler_empathy",
    "empathize.dismissive_apology",
    "empathize.no_clarifier",
    "acknowledge.dead_end",
    "acknowledge.policy_wall",
    "acknowledge.blame",
    "personalize.call_back",
    "personalize.passive_close",
    "personalize.ultimatum",
];

#[test]
fn the_promised_ids_are_there() {
    let rulebook = Rulebook::builtin();
    let cues: Vec<&str> = rulebook.cues().map(|cue| cue.id).collect();
    for id in CUES {
        assert!(cues.contains(id), "{id}");
    }
    for family in FAMILIES {
        assert!(cues.iter().any(|cue| cue.starts_with(family)), "{family}");
    }
    let mut rules: Vec<&str> = rulebook.rules().map(|rule| rule.id).collect();
    let mut promised = RULES.to_vec();
    rules.sort_unstable();
    promised.sort_unstable();
    assert_eq!(rules, promised);
}

#[test]
fn errors_name_the_code_the_line_and_the_column() {
    let cases = [
        ("extends = \"leap-en\"\n[[cue]]\nid = \"apology\"\nphrase = [\"x\"]\n", ErrorCode::RulebookSyntax, 4),
        ("extends = \"leap-en\"\n[[cue]]\nid = \"apology\"\nphrases = [\n \"fine\",\n \"\",\n]\n", ErrorCode::RulebookPhrase, 6),
        ("extends = \"leap-en\"\n[[cue]]\nid = \"apology\"\nphrases = [\"so {nowhere}\"]\n", ErrorCode::RulebookUnknownName, 4),
        ("extends = \"leap-en\"\n[[cue]]\nid = \"apology\"\nphrases = [\"so [a|b\"]\n", ErrorCode::RulebookPhrase, 4),
        ("extends = \"leap-en\"\n[[lexicon]]\nid = \"lonely\"\nwords = [\"x\"]\n", ErrorCode::RulebookUnused, 3),
        ("extends = \"leap-en\"\n[[cue]]\nid = \"nothing\"\nremove = true\n", ErrorCode::RulebookUnknownName, 3),
        ("extends = \"leap-en\"\n[[cue]]\nid = \"new\"\nphrases = [\"x\"]\n", ErrorCode::RulebookSyntax, 3),
        ("extends = \"leap-en\"\n[[rule]]\nid = \"acknowledge.blame\"\ncues = [\"nope\"]\n", ErrorCode::RulebookUnknownName, 4),
        ("extends = \"other\"\n", ErrorCode::RulebookUnknownName, 1),
        (
            "extends = \"leap-en\"\n[[judge]]\ncue = \"apology\"\nthreshold = 9\ntable = \"3 one two three four\"\n",
            ErrorCode::RulebookPhrase,
            5,
        ),
        (
            "extends = \"leap-en\"\n[[judge]]\ncue = \"apology\"\nthreshold = 9\ntable = \"999 sorry\"\n",
            ErrorCode::RulebookPhrase,
            5,
        ),
        (
            "extends = \"leap-en\"\n[[judge]]\ncue = \"apology\"\nthreshold = 9\ntable = \"9 @before nothing\"\n",
            ErrorCode::RulebookPhrase,
            5,
        ),
        (
            "extends = \"leap-en\"\n[[judge]]\ncue = \"nothing\"\nthreshold = 9\ntable = \"9 sorry\"\n",
            ErrorCode::RulebookUnknownName,
            3,
        ),
        ("extends = ", ErrorCode::RulebookSyntax, 1),
    ];
    for (toml, code, line) in cases {
        let error = Rulebook::from_documents(&[("mine.toml", toml)]).expect_err(toml);
        assert_eq!((error.code(), error.place().line), (code, Some(line)), "{error}");
        assert_eq!(error.place().file.as_deref(), Some("mine.toml"));
        assert!(error.place().column.is_some());
    }
    assert_eq!(Rulebook::from_documents(&[]).unwrap_err().code(), ErrorCode::RulebookSyntax);
}

#[test]
fn an_overlay_adds_replaces_and_removes() {
    let reply = |rulebook: Rulebook, text: &str| {
        let call =
            leapscore::Call::new(leapscore::CallInfo::default(), vec![Turn::customer("I lost my job"), Turn::agent(text)]).unwrap();
        Scorer::with_rulebook(rulebook).score(&call)
    };
    let overlay = |toml: &str| Rulebook::from_toml(&format!("extends = \"leap-en\"\n{toml}")).unwrap();
    let more = overlay("[[cue]]\nid = \"blame\"\nalways = [\"that's a you problem\"]\n");
    assert!(reply(more, "Well, that's a you problem.").findings.iter().any(|finding| finding.rule == "acknowledge.blame"));
    let dearer = overlay("[[rule]]\nid = \"acknowledge.blame\"\ncharge = 77\n");
    assert_eq!(dearer.rule("acknowledge.blame").unwrap().charge, 77);
    let none = overlay("[[rule]]\nid = \"acknowledge.blame\"\nremove = true\n");
    assert!(none.rule("acknowledge.blame").is_none());
}

#[test]
fn a_judged_cue_is_there_over_its_threshold_with_the_spans_that_carried_it() {
    let toml = "extends = \"leap-en\"\n[[cue]]\nid = \"anger.tone\"\nrole = \"customer\"\nalways = [\"for crying out loud\"]\n\
                [[judge]]\ncue = \"anger.tone\"\nthreshold = 10\n\
                table = \"\"\"\n6 third person\n5 again\n-9 lovely\n1 @thanks\n1 ^ it\n\"\"\"\n";
    let rulebook = Rulebook::from_toml(toml).unwrap();
    let cues = |text: &str| {
        let call = leapscore::Call::new(leapscore::CallInfo::default(), vec![Turn::customer(text)]).unwrap();
        let report = Scorer::with_rulebook(rulebook.clone()).score(&call);
        report.cues.into_iter().filter(|hit| hit.cue == "anger.tone").collect::<Vec<_>>()
    };
    let hits = cues("it's the third person today telling me again");
    assert_eq!(hits.len(), 1);
    let quotes: Vec<&str> = hits[0].evidence.iter().map(|part| part.quote.as_str()).collect();
    assert_eq!(quotes, ["third person", "again"]);
    assert!(cues("it's the third person today").is_empty());
    assert!(cues("a lovely third person again").is_empty());
    assert_eq!(cues("oh for crying out loud").len(), 1, "what always is the cue needs no weight");
}

#[test]
fn the_fingerprint_ignores_layout_and_examples_and_sees_phrases() {
    let base = Rulebook::builtin();
    let same = Rulebook::from_toml(
        "# a comment\nextends = \"leap-en\"\n[[cue]]\nid = \"apology\"\nexamples = [\"So sorry about that.\"]\n",
    )
    .unwrap();
    assert_eq!(base.fingerprint(), same.fingerprint());
    assert_eq!(base.fingerprint().len(), 64);
}

#[test]
fn quoted_and_negated_donts_are_not_donts() {
    let rules = |text: &str| -> Vec<String> {
        let report = score_call(&[Turn::customer("I lost my job and the last one said policy is policy"), Turn::agent(text)]);
        report.findings.into_iter().map(|finding| finding.rule).collect()
    };
    assert!(rules("Policy is policy.").contains(&"acknowledge.policy_wall".to_string()));
    assert!(!rules("The other agent told you policy is policy.").contains(&"acknowledge.policy_wall".to_string()));
    assert!(!rules("I won't tell you policy is policy.").contains(&"acknowledge.policy_wall".to_string()));
}
