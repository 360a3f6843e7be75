//! The call while it runs.

use leapscore::report::{MoveOutcome, State};
use leapscore::{Call, CallInfo, Channel, LeapReport, Role, Rulebook, Scorer, Session, Turn};
use leapscore_suite::{calls, example_calls};

fn session() -> Session {
    Session::new(Rulebook::builtin(), CallInfo::new(Channel::Voice))
}

fn told(session: &mut Session, turn: Turn) -> Vec<String> {
    session.push(turn).into_iter().map(|nudge| nudge.id).collect()
}

fn partial(session: &mut Session, turn: Turn) -> Vec<String> {
    session.update(turn).into_iter().map(|nudge| nudge.id).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn hard_news_options_and_a_second_demand_are_nudged_once() {
    let mut session = session();
    assert_eq!(told(&mut session, Turn::agent("Thanks for calling, how can I help?")), NOTHING);
    assert_eq!(told(&mut session, Turn::customer("My husband died in May and I'm behind on everything")), ["take_a_beat"]);
    assert_eq!(told(&mut session, Turn::customer("I just don't know what to do, I'm so scared")), NOTHING, "told already");
    assert_eq!(told(&mut session, Turn::agent("I'm so sorry about your husband. That sounds frightening.")), ["ask_about_it"]);
    assert_eq!(told(&mut session, Turn::agent("What has changed since May?")), NOTHING);
    assert_eq!(told(&mut session, Turn::customer("everything, can I speak to your manager please")), ["tension_rising"]);
    let options = "I could move the due date to the 14th or split the balance in two.";
    assert_eq!(told(&mut session, Turn::agent(options)), ["hand_over_choice"]);
    assert_eq!(told(&mut session, Turn::agent("Which of those would suit you better?")), NOTHING);
    let again = session.push(Turn::customer("I said I want to speak to a supervisor"));
    assert_eq!((again[0].id.as_str(), again[0].turn), ("supervisor_twice", 8));
    assert!(again[0].text.starts_with("They have asked for a supervisor twice"));
}

#[test]
fn a_nudge_returns_only_after_its_cause_was_gone_and_some_floors_have_passed() {
    let mut session = session();
    let hard = || Turn::customer("I lost my job and I'm scared we'll lose the house");
    assert_eq!(told(&mut session, hard()), ["take_a_beat"]);
    let mut again = Vec::new();
    for round in 0..5 {
        session.push(Turn::agent("What is the account number?"));
        session.push(Turn::customer("it is four four two one"));
        session.push(Turn::agent("And the postcode?"));
        if told(&mut session, hard()).contains(&"take_a_beat".to_string()) {
            again.push(round);
        }
    }
    assert_eq!(again, [1, 3], "six floors of quiet: every second time");
}

#[test]
fn partials_nudge_and_the_final_turn_does_not_repeat_them() {
    let mut session = session();
    session.push(Turn::agent("How can I help?"));
    assert_eq!(partial(&mut session, Turn::customer("my husband")), NOTHING);
    assert_eq!(partial(&mut session, Turn::customer("my husband died in May and I can't pay")), ["take_a_beat"]);
    assert_eq!(session.partial(Role::Customer).map(Turn::text), Some("my husband died in May and I can't pay"));
    session.update(Turn::agent("mm"));
    assert!(session.partial(Role::Customer).is_some(), "two channels keep two partials");
    assert_eq!(told(&mut session, Turn::customer("My husband died in May and I can't pay this.")), NOTHING);
    assert_eq!(session.partial(Role::Customer), None);
    assert_eq!(session.partial(Role::Agent).map(Turn::text), Some("mm"));
    assert_eq!(session.report().tension.turns.len(), 1, "a partial is no turn");
    assert!(session.update(Turn::new(Role::System, "this call is recorded")).is_empty());
}

#[test]
fn cutting_in_and_speaking_for_a_minute_are_nudged() {
    let at = |turn: Turn, start, end| turn.at(Some(start), Some(end)).expect("in order");
    let mut session = session();
    session.push(at(Turn::customer("so I rang on Friday and the lady that I spoke to said"), 0, 8000));
    assert_eq!(told(&mut session, at(Turn::agent("okay but there is nothing on the account"), 6500, 11_000)), ["let_them_finish"]);
    session.push(at(Turn::customer("right"), 11_500, 12_000));
    assert_eq!(told(&mut session, at(Turn::agent("so the way this works is as follows"), 12_500, 40_000)), NOTHING);
    assert_eq!(partial(&mut session, at(Turn::agent("and then there is the other part"), 40_100, 73_000)), ["let_them_in"]);
}

#[test]
fn pending_moves_are_there_until_completed_or_out_of_reach() {
    let mut session = session();
    session.push(Turn::customer("I lost my job and I'm scared we'll lose the house"));
    session.push(Turn::agent("That sounds frightening."));
    let pending = session.pending();
    let clarify = pending.iter().find(|one| one.id == "empathize_then_clarify").expect("it was begun");
    assert_eq!((clarify.turn, clarify.next.as_slice()), (1, ["question.clarifying".to_string()].as_slice()));
    let outcome = |report: &LeapReport| report.moves.iter().find(|one| one.id == "empathize_then_clarify").map(|one| one.outcome);
    let report = session.report();
    assert_eq!(outcome(&report), Some(MoveOutcome::Pending));
    assert!(report.findings.iter().all(|finding| finding.rule != "empathize.no_clarifier"), "it could still come");
    session.push(Turn::customer("yes it is"));
    session.push(Turn::agent("What happened at work?"));
    assert!(session.pending().iter().all(|one| one.id != "empathize_then_clarify"));
    assert_eq!(outcome(&session.finish()), Some(MoveOutcome::Completed));
}

#[test]
fn a_provisional_report_charges_no_absence_that_could_still_be_mended() {
    let mut session = session();
    session.push(Turn::customer("I lost my job and I'm scared we'll lose the house"));
    let report = session.report();
    assert!(!report.complete);
    assert_eq!(report.pillars.empathize.score, None, "the agent has not had the word");
    session.push(Turn::agent("That sounds frightening."));
    let now = session.report().pillars.empathize.score;
    let done = session.finish().pillars.empathize.score;
    assert!(done > Some(0) && done < now, "the question could still come, and did not: {now:?}, {done:?}");
}

#[test]
fn finals_make_the_result_whatever_partials_there_were() {
    for (name, call) in example_calls() {
        let mut session = Session::new(Rulebook::builtin(), call.info().clone());
        for turn in call.turns() {
            let words: Vec<&str> = turn.text().split(' ').collect();
            for end in (1..words.len()).step_by(3) {
                session.update(Turn::new(turn.role(), words[..end].join(" ")));
            }
            session.push(turn.clone());
            session.report();
        }
        assert_eq!(session.finish().to_json(), Scorer::new().score(&call).to_json(), "{name}");
    }
}

#[test]
fn a_window_bounds_memory_marks_the_report_and_keeps_counting_turns() {
    let turns: Vec<Turn> = calls("tests/calls/calls.jsonl").iter().flat_map(|call| call.turns().to_vec()).collect();
    let mut session = Session::windowed(Rulebook::builtin(), CallInfo::new(Channel::Voice), 40);
    let mut most = 0;
    for round in 0..10 {
        for turn in &turns {
            session.push(turn.clone());
            most = most.max(session.memory_bytes());
        }
        assert!(most < 60_000, "{most} bytes in round {round}");
    }
    let report = session.report();
    assert!(report.truncated);
    let pushed = 10 * turns.len() as u32;
    let texts: Vec<&str> = turns.iter().map(Turn::text).collect();
    let quoted = report.cues.iter().flat_map(|cue| &cue.evidence).chain(report.findings.iter().flat_map(|one| &one.evidence));
    let mut seen = 0;
    for part in quoted {
        assert!((pushed - 2 * 40 - 1..pushed).contains(&part.turn), "{}", part.turn);
        assert!(texts[part.turn as usize % texts.len()].contains(&part.quote));
        seen += 1;
    }
    assert!(seen > 20);
    assert!(session.finish().truncated);
}

#[test]
fn a_window_that_is_never_full_changes_nothing() {
    for (name, call) in example_calls() {
        let mut session = Session::windowed(Rulebook::builtin(), call.info().clone(), 1000);
        call.turns().iter().for_each(|turn| drop(session.push(turn.clone())));
        assert_eq!(session.finish().to_json(), Scorer::new().score(&call).to_json(), "{name}");
    }
}

#[test]
fn one_endless_floor_is_bounded_too_and_its_cost_stays_level() {
    let mut session = Session::windowed(Rulebook::builtin(), CallInfo::new(Channel::Voice), 20);
    for _ in 0..5000 {
        session.push(Turn::customer("and then they sent me another letter about it and I rang again"));
    }
    assert!(session.memory_bytes() < 30_000, "{}", session.memory_bytes());
    assert!(session.report().truncated);
    let mut whole = self::session();
    for _ in 0..5000 {
        whole.push(Turn::customer("and then they sent me another letter about it and I rang again"));
    }
    assert_eq!(whole.report().checkpoints.reframed.state, State::Abstained);
}

/// What the documentation of `Session` states.
#[test]
fn forty_turns_take_less_than_ten_thousand_bytes() {
    let mut sizes = Vec::new();
    for call in calls("tests/calls/calls.jsonl") {
        let forty: Vec<Turn> = call.turns().iter().cycle().take(40).cloned().collect();
        let text: usize = forty.iter().map(|turn| turn.text().len()).sum();
        let call = Call::new(call.info().clone(), forty).expect("a call");
        let mut session = Session::new(Rulebook::builtin(), call.info().clone());
        call.turns().iter().for_each(|turn| drop(session.push(turn.clone())));
        sizes.push((session.memory_bytes(), text));
    }
    let mean = sizes.iter().map(|(bytes, _)| bytes).sum::<usize>() / sizes.len();
    assert!(mean < 10_000, "{mean}: {sizes:?}");
}
