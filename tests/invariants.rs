//! What holds for every call ever scored, over generated calls.

use leapscore::report::State;
use leapscore::{Call, CallInfo, Channel, LeapReport, Pillar, Role, Rulebook, Scorer, Session, Turn, Word, score_call};
use proptest::prelude::*;

/// Things people say on calls: cues, don'ts, ordinary talk, and text that no rulebook expects.
const LINES: &[&str] = &[
    "I lost my job in March and I can't pay this",
    "im shaking, my dad died in november",
    "this is my third time calling and nobody called me back",
    "OH GREAT!! another person",
    "okay that helps, thank you",
    "I'll take the second one please",
    "I can do eighty a fortnight from Friday",
    "I see your balance is overdue, how soon can you pay?",
    "I completely understand your frustration and I apologise for any inconvenience",
    "I understand, but that's our policy",
    "I'm sorry you feel that way",
    "That sounds frightening. What happened at work?",
    "so the hours got cut and the rent went up",
    "anyone would be worried, that's on us",
    "the goal isn't to pressure you, let's get this sorted together",
    "I could move the date to the 14th or split it in two",
    "which of those would suit you better",
    "if it isn't paid by Friday it goes to court",
    "There's nothing I can do.",
    "you'll need to call back tomorrow",
    "let me know when you're ready",
    "if you'd opened the letters we wouldn't be here",
    "mm hm",
    "okay",
    "um uh",
    "",
    "don\u{2019}t caf\u{e9} \u{1f642} \u{5d0}\u{5d1} \u{301}",
    "i i do i do i want want to",
    "a\0b\tc\n\nd",
];

fn turn() -> impl Strategy<Value = (u8, usize, Option<(u64, u64)>)> {
    (0..10_u8, 0..LINES.len(), proptest::option::of((0..60_000_u64, 0..8_000_u64)))
}

fn call() -> impl Strategy<Value = Call> {
    (any::<bool>(), proptest::collection::vec(turn(), 0..24)).prop_map(|(chat, turns)| {
        let info = CallInfo::new(if chat { Channel::Chat } else { Channel::Voice });
        let turns = turns.into_iter().map(|(role, line, times)| {
            let role = match role {
                0 => Role::System,
                1..=4 => Role::Customer,
                _ => Role::Agent,
            };
            let turn = Turn::new(role, LINES[line]);
            match times {
                Some((start, length)) => turn.at(Some(start), Some(start + length)).expect("it ends after it starts"),
                None => turn,
            }
        });
        Call::new(info, turns.collect()).expect("a small call")
    })
}

fn check(call: &Call, report: &LeapReport) {
    for pillar in Pillar::ALL {
        let pillar = report.pillar(pillar);
        let sum: i32 = pillar.ledger.iter().map(|line| line.points).sum();
        assert_eq!(pillar.score.unwrap_or(0), sum, "the ledger adds up");
        assert!((0..=100).contains(&sum));
        assert_eq!(pillar.score.is_none(), pillar.reason.is_some());
        for line in &pillar.ledger {
            assert!(line.points != 0 && !line.evidence.is_empty(), "{line:?}");
        }
    }
    let evidence = Pillar::ALL
        .iter()
        .flat_map(|pillar| report.pillar(*pillar).ledger.iter().flat_map(|line| &line.evidence))
        .chain(report.findings.iter().flat_map(|finding| &finding.evidence))
        .chain(report.cues.iter().flat_map(|cue| &cue.evidence))
        .chain(report.coaching.iter().flat_map(|step| &step.evidence));
    for part in evidence {
        let text = call.turns()[part.turn as usize].text();
        let words = text.get(part.span.start as usize..part.span.end as usize).expect("the span is inside the text, on characters");
        assert!(words.starts_with(&part.quote) && !part.quote.is_empty());
    }
    for step in &report.coaching {
        assert!(report.pillar(step.pillar).score.is_some_and(|score| step.pillar_score_if > score));
        assert!(report.overall.score.is_some_and(|score| step.overall_if >= score));
    }
    for point in [&report.checkpoints.paused_to_listen, &report.checkpoints.offered_choice] {
        assert_eq!(point.basis.is_none(), matches!(point.state, State::NotApplicable | State::Abstained));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ledger_adds_up_and_evidence_is_in_place(call in call()) {
        check(&call, &Scorer::new().score(&call));
    }

    #[test]
    fn session_equals_batch_and_provisional_reports_hold_too(call in call()) {
        let mut session = Session::new(Rulebook::builtin(), call.info().clone());
        for turn in call.turns() {
            session.push(turn.clone());
            let report = session.report();
            prop_assert!(!report.complete);
            check(&call, &report);
        }
        prop_assert_eq!(session.finish().to_json(), Scorer::new().score(&call).to_json());
    }

    /// Word times of any kind, partials of both roles at any point: nothing panics, and the final turns alone make the result.
    #[test]
    fn partials_and_word_times_move_nothing_they_should_not(
        call in call(),
        words in proptest::collection::vec((any::<u64>(), 0..5_000_u64), 0..8),
        partials in proptest::collection::vec((any::<bool>(), 0..LINES.len()), 0..24),
    ) {
        let timed: Vec<Word> = words
            .iter()
            .map(|(start, length)| Word::new("so", *start, start.saturating_add(*length)).expect("it ends after it starts"))
            .collect();
        let turns: Vec<Turn> = call.turns().iter().map(|turn| turn.clone().with_words(timed.clone())).collect();
        let call = Call::new(call.info().clone(), turns).expect("a small call");
        let mut session = Session::new(Rulebook::builtin(), call.info().clone());
        let mut windowed = Session::windowed(Rulebook::builtin(), call.info().clone(), 4);
        let mut partials = partials.into_iter();
        for turn in call.turns() {
            if let Some((agent, line)) = partials.next() {
                let role = if agent { Role::Agent } else { Role::Customer };
                session.update(Turn::new(role, LINES[line]).with_words(timed.clone()));
                windowed.update(Turn::new(role, LINES[line]));
            }
            session.push(turn.clone());
            windowed.push(turn.clone());
            session.pending();
            let report = windowed.report();
            prop_assert_eq!(report.cues.iter().filter(|cue| cue.turn as usize >= call.turns().len()).count(), 0);
        }
        let report = Scorer::new().score(&call);
        check(&call, &report);
        prop_assert_eq!(session.finish().to_json(), report.to_json());
        for turn in &report.tension.turns {
            let sum: i32 = turn.carried + turn.terms.iter().map(|term| term.points).sum::<i32>();
            prop_assert_eq!(turn.level, sum.clamp(0, 100));
        }
    }

    #[test]
    fn same_bytes_twice_and_an_exact_round_trip(call in call()) {
        let mut scorer = Scorer::new();
        let report = scorer.score(&call);
        let json = report.to_json();
        prop_assert_eq!(&json, &scorer.score(&call).to_json());
        let back = LeapReport::from_json(&json).expect("its own form");
        prop_assert_eq!(&back, &report);
        prop_assert_eq!(back.to_json(), json);
        let again = Call::from_json(&serde_json::to_string(&call).expect("a call is JSON")).expect("its own form");
        prop_assert_eq!(again, call);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}", other in any::<String>()) {
        let report = score_call(&[Turn::customer(text), Turn::agent(other)]);
        prop_assert!(report.complete);
    }

    #[test]
    fn a_customer_who_says_the_agents_lines_earns_the_agent_nothing(lines in proptest::collection::vec(0..LINES.len(), 1..12)) {
        let turns: Vec<Turn> = lines.iter().map(|line| Turn::customer(LINES[*line])).chain([Turn::agent("Okay.")]).collect();
        for pillar in Pillar::ALL {
            let report = score_call(&turns);
            let dos = report.pillar(pillar).ledger.iter().filter(|line| line.points > 0 && !line.reason.starts_with("limit."));
            prop_assert_eq!(dos.count(), 0);
        }
    }
}
