//! What an agent is told to do next time: examples.

use leapscore::{LeapReport, Rulebook, Turn, score_call};
use leapscore_suite::calls;

fn tried<'a>(report: &'a LeapReport, rule: &str) -> &'a str {
    let step = report.coaching.iter().find(|step| step.rule == rule);
    &step.unwrap_or_else(|| panic!("no {rule} in {:?}", report.coaching)).to_try
}

fn call(customer: &str, agent: &str) -> LeapReport {
    score_call(&[Turn::customer(customer), Turn::agent(agent)])
}

#[test]
fn a_wording_takes_up_the_customers_own_words_where_the_grammar_allows_it() {
    let report = call("I lost my job in March and I'm really scared about the bill", "Okay. What is your account number?");
    assert_eq!(
        tried(&report, "empathize.named"),
        "\"Losing your job is a lot to carry. It makes sense to feel scared. What worries you most about it?\""
    );
    let report = call("they cut my hours and I can't pay this", "Okay. What is your account number?");
    assert!(tried(&report, "empathize.named").starts_with("\"Having your hours cut is a lot to carry. What worries you"));
}

#[test]
fn words_that_are_not_the_customers_own_fill_nothing() {
    let plain = "Name what this customer said";
    for text in ["I can't pay the bill, my daughter is scared of the dog", "I can't pay the bill, I'm not scared of you"] {
        let report = call(text, "Okay. What is your account number?");
        assert!(tried(&report, "empathize.named").starts_with(plain), "{text}: {:?}", tried(&report, "empathize.named"));
    }
}

#[test]
fn three_steps_at_most_each_with_its_moment_its_source_and_the_recomputed_score() {
    let mut seen = 0;
    for call in calls("tests/calls/calls.jsonl") {
        let report = leapscore::Scorer::new().score(&call);
        assert!(report.coaching.len() <= 3);
        let lifts: Vec<i32> = report.coaching.iter().map(|step| step.overall_if).collect();
        assert!(lifts.windows(2).all(|pair| pair[0] >= pair[1]), "{lifts:?}");
        for step in &report.coaching {
            seen += 1;
            assert!(step.overall_if >= report.overall.score.unwrap_or(0));
            assert!(!step.evidence.is_empty() && !step.why.is_empty() && !step.source.is_empty());
            assert!(!step.to_try.contains(['{', '}']), "{}", step.to_try);
        }
    }
    assert!(seen > 20);
}

/// All of LEAP but the pause and an open question.
const DONE: &str = "Losing the job and fearing for the house, that sounds frightening. Anyone would be scared, a lot of people are in \
    the same place. Do you have anybody at home with you? The goal isn't to pressure you, it's to keep this from getting worse. We could \
    move the date to the 14th, so that it falls after your benefit is paid, or split it in two. Which one feels most doable for you?";

/// Listen has the pause (20 points) and, made to weigh the same, the open question: where both lift the score alike, the pause comes first.
#[test]
fn pacing_comes_first_on_ties() {
    let overlay = "extends = \"leap-en\"\n[[rule]]\nid = \"listen.open_question\"\nworth = 20\ncredit = [{ points = 20, cues = [\"question.open\"] }]\n";
    let rulebook = Rulebook::from_toml(overlay).expect("an overlay");
    let at = |turn: Turn, start, end| turn.at(Some(start), Some(end)).expect("in order");
    let turns = vec![
        at(Turn::customer("I lost my job in March and I'm scared we'll lose the house"), 0, 5000),
        at(Turn::agent(DONE), 5050, 9000),
    ];
    let call = leapscore::Call::new(leapscore::CallInfo::default(), turns).expect("a call");
    let report = leapscore::Scorer::with_rulebook(rulebook).score(&call);
    let steps: Vec<(&str, i32)> = report.coaching.iter().map(|step| (step.rule.as_str(), step.overall_if)).collect();
    let at = |rule: &str| steps.iter().position(|step| step.0 == rule).unwrap_or_else(|| panic!("{rule} in {steps:?}"));
    let (pause, question) = (at("listen.paused"), at("listen.open_question"));
    assert_eq!(steps[pause].1, steps[question].1);
    assert!(pause < question, "{steps:?}");
}

/// The text says what LEAP advises, never what the customer would have felt.
#[test]
fn no_text_promises_what_the_customer_would_have_felt() {
    let rulebook = Rulebook::builtin();
    for rule in rulebook.rules() {
        for text in [rule.why, rule.instead] {
            for promise in ["would have felt", "would have calmed", "will calm", "will feel", "would feel better"] {
                assert!(!text.contains(promise), "{}: {text}", rule.id);
            }
        }
    }
}
