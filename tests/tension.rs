//! How high the customer's feeling stands, and what moved it: examples.

use leapscore::report::{Spike, TensionTurn};
use leapscore::{LeapReport, Turn, score_call};

/// Levels after one customer turn.
fn level(text: &str) -> i32 {
    score_call(&[Turn::customer(text)]).tension.turns[0].level
}

fn terms(turn: &TensionTurn) -> Vec<(&str, i32)> {
    turn.terms.iter().map(|term| (term.cue.as_str(), term.points)).collect()
}

fn spike(report: &LeapReport, turn: u32) -> &Spike {
    report.tension.spikes.iter().find(|spike| spike.turn == turn).unwrap_or_else(|| panic!("{:?}", report.tension))
}

#[test]
fn the_terms_make_the_level_and_what_was_carried_decays() {
    let report = score_call(&[
        Turn::customer("I am so angry about this"),
        Turn::agent("What happened?"),
        Turn::customer("the letter came on Monday"),
        Turn::agent("And then?"),
        Turn::customer("okay that helps, thank you"),
    ]);
    let [angry, plain, calmer] = report.tension.turns.as_slice() else { panic!("three customer turns") };
    assert_eq!((angry.carried, terms(angry)), (0, vec![("anger.word", 26)]));
    assert_eq!((plain.carried, plain.level, terms(plain)), (16, 16, vec![]));
    assert_eq!(calmer.level, 0, "{calmer:?}");
    assert!(calmer.terms.iter().all(|term| term.points < 0));
    assert!(angry.terms.iter().all(|term| term.evidence[0].quote.contains("angry")));
}

#[test]
fn sarcasm_raises_and_the_same_words_meant_do_not() {
    assert!(level("oh great, another person to explain it to") >= 10);
    assert!(level("well isn't that convenient") >= 10);
    for sincere in ["oh great, thank you so much", "brilliant, that works for me", "that's lovely, thanks"] {
        assert_eq!(level(sincere), 0, "{sincere}");
    }
}

#[test]
fn short_refusals_and_protests_raise_and_a_plain_no_hardly_does() {
    assert!(level("I said no") >= 10);
    assert!(level("so what, I just sit here and freeze") >= 14);
    assert!(level("no that's everything") <= 4);
}

#[test]
fn what_is_negated_quoted_or_about_others_does_not_raise() {
    for text in
        ["I'm not angry with you", "my boss gets so angry with his customers", "she said I want a supervisor and I said leave it"]
    {
        assert!(level(text) < level("I am angry and I want a supervisor"), "{text}");
    }
    assert_eq!(level("I'm not angry with you"), 0);
}

/// Capitals and "!!" raise what words have raised; alone they are nothing, and they never make a floor difficult.
#[test]
fn typography_only_raises() {
    assert_eq!(level("PLEASE SEND IT TO MY NEW ADDRESS!!"), 0);
    assert_eq!(level("I AM SO ANGRY ABOUT THIS!!"), level("i am so angry about this") + 6);
    let report = score_call(&[Turn::customer("SEND IT TO MY NEW ADDRESS NOW!!"), Turn::agent("What is the address?")]);
    assert_eq!(report.pillars.listen.opportunities, 0);
}

#[test]
fn a_demand_made_again_raises_more_than_the_first() {
    let report = score_call(&[
        Turn::customer("I want a refund for the broken washing machine"),
        Turn::agent("Let me see."),
        Turn::customer("it was delivered on Monday"),
        Turn::agent("And what is wrong with it?"),
        Turn::customer("I want a refund for the washing machine"),
    ]);
    let last = report.tension.turns.last().expect("a customer turn");
    assert!(terms(last).contains(&("tension.repeated_demand", 8)), "{last:?}");
    let repeat = report.pacing.repeats.first().expect("a repeat");
    assert_eq!(repeat.turns, [0, 4]);
}

#[test]
fn cutting_in_on_the_agent_raises() {
    let at = |turn: Turn, start, end| turn.at(Some(start), Some(end)).expect("in order");
    let report = score_call(&[
        at(Turn::agent("so what the policy says is that in such a case the account"), 0, 6000),
        at(Turn::customer("that is ridiculous"), 4500, 7000),
    ]);
    assert!(terms(&report.tension.turns[0]).contains(&("tension.cut_in", 6)), "{:?}", report.tension);
}

#[test]
fn a_spike_shows_what_came_before_what_followed_and_when_it_calmed() {
    let report = score_call(&[
        Turn::customer("my parcel has not come"),
        Turn::agent("I'm sorry you feel that way, but that's our policy."),
        Turn::customer("this is absolutely ridiculous, I want to speak to your manager"),
        Turn::agent("You're right, nineteen days is far too long. What did it hold?"),
        Turn::customer("my daughter's medicine"),
        Turn::agent("I'll send it again today, by courier."),
        Turn::customer("okay that helps, thank you so much"),
    ]);
    let spike = spike(&report, 2);
    assert_eq!(spike.before_agent_turn, Some(1));
    assert!(spike.before_agent_did.contains(&"empathize.dismissive_apology".to_string()), "{:?}", spike.before_agent_did);
    assert_eq!(spike.snippet.iter().map(|part| part.turn).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(spike.snippet[2].quote.starts_with("You're right"));
    assert_eq!(spike.calmed_at_turn, Some(6));
    let never = score_call(&[Turn::customer("this is absolutely ridiculous, I want to speak to your manager")]);
    assert_eq!(self::spike(&never, 0).calmed_at_turn, None);
    assert_eq!(self::spike(&never, 0).before_agent_turn, None);
}
