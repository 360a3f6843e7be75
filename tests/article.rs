//! The article's two agents: the same customer, the same words up to where they part.

use leapscore::{Call, LeapReport, Pillar, Role, Scorer};
use leapscore_suite::example_calls;

fn agents() -> ((Call, LeapReport), (Call, LeapReport)) {
    let calls = example_calls();
    let one = |name: &str| {
        let call = calls.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("examples/calls/{name}.json")).1.clone();
        let report = Scorer::new().score(&call);
        (call, report)
    };
    (one("collections_agent_a"), one("collections_agent_b"))
}

#[test]
fn the_customer_says_the_same_up_to_where_the_calls_part() {
    let ((a, _), (b, _)) = agents();
    let words = |call: &Call| -> Vec<String> {
        call.turns().iter().filter(|turn| turn.role() == Role::Customer).take(3).map(|turn| turn.text().to_string()).collect()
    };
    assert_eq!(words(&a), words(&b));
}

#[test]
fn agent_b_beats_agent_a_on_every_pillar() {
    let ((_, a), (_, b)) = agents();
    for pillar in Pillar::ALL {
        assert!(b.pillar(pillar).score > a.pillar(pillar).score, "{}", pillar.name());
    }
    assert!(b.overall.score >= Some(70) && a.overall.score <= Some(20), "{:?} {:?}", a.overall.score, b.overall.score);
}

#[test]
fn each_dont_of_agent_a_is_found_at_its_words() {
    let ((call, a), _) = agents();
    for (rule, words) in [
        ("listen.straight_to_business", "how soon can you pay"),
        ("listen.empathy_rebuttal", "I understand, but"),
        ("listen.interruption", ""),
        ("acknowledge.policy_wall", "olicy is policy"),
        ("personalize.call_back", "call back"),
    ] {
        let finding = a.findings.iter().find(|finding| finding.rule == rule).unwrap_or_else(|| panic!("{rule} is not found"));
        assert!(call.turns()[finding.turn as usize].text().contains(words), "{rule} at turn {}", finding.turn);
        let turns: Vec<u32> = a.findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.turn).collect();
        assert!(turns.windows(2).all(|pair| pair[0] < pair[1]), "{rule} once a floor: {turns:?}");
    }
}

#[test]
fn each_do_of_agent_b_is_found_at_its_words() {
    let (_, (_, b)) = agents();
    for (cue, words) in [
        ("empathize.emotion_named", "stressful"),
        ("acknowledge.reframe", "together"),
        ("question.open", "help me understand"),
        ("acknowledge.validation", "juggling the same"),
        ("acknowledge.reframe", "pressure you"),
        ("personalize.option", "split the balance"),
        ("personalize.ownership_question", "Which one"),
    ] {
        assert!(b.cues.iter().any(|hit| hit.cue == cue && hit.quote.contains(words)), "{cue}: {words}");
    }
    let earned: Vec<&str> =
        Pillar::ALL.iter().flat_map(|pillar| &b.pillar(*pillar).ledger).map(|line| line.reason.as_str()).collect();
    for rule in [
        "listen.paused",
        "empathize.named",
        "empathize.clarified",
        "acknowledge.validated",
        "acknowledge.reframed",
        "personalize.options",
    ] {
        assert!(earned.contains(&rule), "{rule} is not in {earned:?}");
    }
}
