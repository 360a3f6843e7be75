//! What the clock says, and what a listener would make of it: examples.

use leapscore::report::{AbstainReason, Grade, OverlapKind, State};
use leapscore::{Call, CallInfo, Channel, LeapReport, Role, Scorer, Turn, Word};
use leapscore_suite::project;
use serde_json::Value;
use std::fs;

fn score(info: CallInfo, turns: Vec<Turn>) -> LeapReport {
    Scorer::new().score(&Call::new(info, turns).expect("a small call"))
}

fn voice(turns: Vec<Turn>) -> LeapReport {
    score(CallInfo::new(Channel::Voice), turns)
}

fn said(role: Role, start: u64, end: u64, text: &str) -> Turn {
    Turn::new(role, text).at(Some(start), Some(end)).expect("in order")
}

fn customer(start: u64, end: u64, text: &str) -> Turn {
    said(Role::Customer, start, end, text)
}

fn agent(start: u64, end: u64, text: &str) -> Turn {
    said(Role::Agent, start, end, text)
}

/// Words of 300 ms each from `start` on.
fn worded(role: Role, start: u64, text: &str) -> Turn {
    let word =
        |(at, word): (usize, &str)| Word::new(word, start + at as u64 * 300, start + at as u64 * 300 + 300).expect("in order");
    Turn::new(role, text).with_words(text.split(' ').enumerate().map(word).collect())
}

fn found<'a>(report: &'a LeapReport, rule: &str) -> Vec<&'a leapscore::report::FindingReport> {
    report.findings.iter().filter(|finding| finding.rule == rule).collect()
}

fn file(path: &str) -> Call {
    Call::from_json(&fs::read_to_string(project(path)).expect("a fixture")).expect("a call")
}

/// Amazon Transcribe Call Analytics reports two interruptions by the agent; by the words' times there is none.
#[test]
fn interruptions_that_a_service_reports_vanish_at_word_level() {
    let call = file("tests/timing/transcribe_call_analytics.json");
    let report = Scorer::new().score(&call);
    assert_eq!(report.pacing.grade, Grade::Words);
    assert_eq!(report.pacing.interruptions, Some(0));
    for (start, length) in [(18_740, 2_120), (166_440, 2_220)] {
        let inside = |overlap: &&leapscore::report::OverlapReport| (start..start + length).contains(&overlap.start_ms);
        assert_eq!(report.pacing.overlaps.iter().find(inside), None, "nobody speaks while the other does");
    }
    // The agent's "Uh" of 620 ms, reported as 2,120 ms, lies in a pause of the customer's.
    assert!(report.pacing.pauses.iter().any(|pause| pause.turn == 4 && pause.start_ms == 19_360));
    assert_eq!(report.pacing.talk_ratio_permille, Some(638));
}

/// The same call by its segment times alone claims overlap there. The grade says how far to trust it.
#[test]
fn segment_times_say_how_weak_they_are() {
    let call = file("tests/timing/transcribe_call_analytics.json");
    let turns = call.turns().iter().map(|turn| turn.clone().with_words(Vec::new())).collect();
    let report = voice(turns);
    assert_eq!(report.pacing.grade, Grade::Segments);
    assert!(report.pacing.overlaps.iter().any(|overlap| overlap.start_ms == 18_740 && overlap.ms == 2_120));
    assert!(report.pacing.interruptions > Some(0));
}

/// Forty word-timed exchanges: no more than two are called otherwise than by their writers.
#[test]
fn overlaps_are_called_what_a_listener_would_call_them() {
    let text = fs::read_to_string(project("tests/timing/overlap_pairs.jsonl")).expect("the pairs");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("a row");
        let call = Call::from_json(line).expect("a row is a call");
        let pair = [&row["agent_turn"], &row["customer_turn"]].map(|turn| turn.as_u64().expect("a turn") as u32);
        let report = Scorer::new().score(&call);
        let judged = report
            .pacing
            .overlaps
            .iter()
            .find(|overlap| [overlap.turn, overlap.over_turn] == pair || [overlap.over_turn, overlap.turn] == pair);
        let kind = judged.map(|overlap| overlap.kind);
        let right = match row["kind"].as_str().expect("a kind") {
            "interruption" => kind == Some(OverlapKind::Interruption),
            "backchannel" => kind == Some(OverlapKind::Backchannel),
            "cooperative_overlap" => matches!(kind, Some(OverlapKind::Cooperative | OverlapKind::TurnChange)),
            "cross_talk" => kind == Some(OverlapKind::CrossTalk),
            other => panic!("unknown kind {other}"),
        };
        seen += 1;
        if !right {
            wrong.push((row["id"].to_string(), row["kind"].to_string(), kind));
        }
    }
    assert_eq!(seen, 40);
    assert!(wrong.len() <= 2, "{wrong:?}");
}

#[test]
fn who_is_cut_off_and_starts_over_was_interrupted_though_the_floor_was_kept() {
    let text = "so I rang on Friday and the man I spoke to said the man I spoke to said wait for the letter";
    let turns = vec![worded(Role::Customer, 0, text), worded(Role::Agent, 2400, "can I just take your date of birth")];
    assert_eq!(voice(turns).pacing.overlaps[0].kind, OverlapKind::Interruption);
    let plain = "so I rang on Friday and the man I spoke to told me that I should just wait for the letter";
    let turns = vec![worded(Role::Customer, 0, plain), worded(Role::Agent, 2400, "oh no you poor thing")];
    assert_eq!(voice(turns).pacing.overlaps[0].kind, OverlapKind::Cooperative);
}

const HARD: &str = "I lost my job in March and I'm scared we'll lose the house";

fn pause_credit(latency: u64) -> (Option<u32>, State) {
    let report =
        voice(vec![customer(0, 5000, HARD), agent(5000 + latency, 9000 + latency, "That sounds frightening. What happened?")]);
    (report.pacing.response_latency_ms[0].credit_permille, report.checkpoints.paused_to_listen.state)
}

/// None at or below 0.3 s, rising to full at 1.0 s, full to 3.0 s, falling to none at 6.0 s.
#[test]
fn the_pause_after_hard_news_earns_what_the_rulebook_says() {
    let credits: Vec<Option<u32>> =
        [0, 300, 650, 1000, 2000, 3000, 4500, 6000, 9000].into_iter().map(|latency| pause_credit(latency).0).collect();
    assert_eq!(credits, [0, 0, 500, 1000, 1000, 1000, 500, 0, 0].map(Some));
    assert_eq!(pause_credit(2000).1, State::Met);
    assert_eq!(pause_credit(0).1, State::Missed);
}

#[test]
fn the_pause_is_not_judged_after_a_question_or_an_announced_hold_or_an_ordinary_turn() {
    let latency = |turns: Vec<Turn>| voice(turns).pacing.response_latency_ms.last().expect("a reply").clone();
    let asked = latency(vec![
        customer(0, 5000, "I lost my job and I can't pay this, can you help me?"),
        agent(5100, 9000, "Yes. What happened?"),
    ]);
    assert!(asked.difficult);
    assert_eq!(asked.credit_permille, None);
    let held = latency(vec![
        agent(0, 3000, "Let me put you on a brief hold while I look."),
        customer(3200, 6000, "I'm just so scared we'll lose the house"),
        agent(40_000, 44_000, "Thanks for holding. What happened?"),
    ]);
    assert_eq!(held.credit_permille, None);
    let plain = latency(vec![customer(0, 2000, "my account number is four two"), agent(2100, 4000, "Thank you.")]);
    assert!(!plain.difficult);
    assert_eq!(plain.credit_permille, None);
}

#[test]
fn a_line_that_delays_is_allowed_for_and_facts_stay_as_measured() {
    let turns = || vec![customer(0, 5000, HARD), agent(6000, 9000, "That sounds frightening. What happened?")];
    let info = CallInfo::new(Channel::Voice).with_latency_allowance_ms(350).expect("within bounds");
    let report = score(info, turns());
    assert_eq!(report.pacing.response_latency_ms[0].ms, 1000);
    assert_eq!(report.pacing.response_latency_ms[0].credit_permille, Some(500));
    let error = CallInfo::new(Channel::Voice).with_latency_allowance_ms(401).expect_err("too much");
    assert_eq!(error.to_string(), "LS005: latency_allowance_ms: a latency allowance is 0 to 400 ms, not 401");
    let error = Call::from_json(r#"{"latency_allowance_ms":-1,"turns":[]}"#).expect_err("negative");
    assert!(error.to_string().contains("latency_allowance_ms is negative"), "{error}");
}

#[test]
fn a_hold_is_kept_apart_from_dead_air() {
    let report = voice(vec![
        customer(0, 3000, "I'd like to know why the bill went up"),
        agent(3500, 6000, "Bear with me, I'll put you on a brief hold."),
        agent(66_000, 69_000, "Thanks for holding. It's the new rate."),
        customer(69_500, 71_000, "Is it?"),
        agent(80_000, 83_000, "It went up in June."),
    ]);
    let pacing = &report.pacing;
    assert_eq!(pacing.holds.len(), 1);
    assert_eq!((pacing.holds[0].announced_turn, pacing.holds[0].resumed_turn), (1, Some(2)));
    assert_eq!((pacing.holds[0].start_ms, pacing.holds[0].ms), (6000, 60_000));
    assert_eq!(pacing.dead_air.len(), 1);
    assert_eq!((pacing.dead_air[0].after_turn, pacing.dead_air[0].ms), (3, 9000));
    assert_eq!(pacing.non_talk_time_ms, Some(69_000));
    let turns: Vec<u32> = found(&report, "listen.dead_air").iter().map(|finding| finding.turn).collect();
    assert_eq!(turns, [4]);
}

#[test]
fn rushing_is_told_against_the_agents_own_pace() {
    let line = "and that is the amount that was taken from the account on the ninth of the month";
    let turn = |index: u64, length: u64| agent(index * 20_000, index * 20_000 + length, line);
    let report = voice(vec![
        turn(0, 7000),
        customer(10_000, 12_000, "why was it taken?"),
        turn(1, 7000),
        customer(30_000, 32_000, "I still don't see why"),
        turn(2, 3500),
    ]);
    let turns: Vec<u32> = found(&report, "listen.rushed").iter().map(|finding| finding.turn).collect();
    assert_eq!(turns, [4]);
    assert_eq!(report.pacing.words_per_minute, Some(17 * 3 * 60_000 / 17_500));
}

#[test]
fn a_minute_at_a_stretch_is_a_monologue() {
    let long = |length: u64| voice(vec![customer(0, 2000, "Go on then."), agent(2500, 2500 + length, "Well, it is like this.")]);
    assert_eq!(found(&long(60_001), "listen.monologue").len(), 1);
    assert_eq!(found(&long(60_000), "listen.monologue").len(), 0);
    assert_eq!(long(60_001).pacing.longest_monologue_ms, Some(60_001));
}

#[test]
fn what_is_read_out_is_measured_within_the_call_and_against_scripts() {
    let line = "Please be advised that your account is now subject to our standard collections process.";
    let turns = || vec![customer(0, 1000, "what happens now"), agent(1500, 6000, line), customer(6500, 7000, "why")];
    let report = voice(turns());
    assert_eq!(report.pacing.verbatim_permille, Some(0));
    let mut info = CallInfo::new(Channel::Voice);
    info.scripts = vec![format!("Thank you for calling. {line} How may I help?")];
    let report = score(info, turns());
    assert_eq!(report.pacing.verbatim_permille, Some(1000));
    assert_eq!(report.pacing.verbatim[0].words, 14);
    assert_eq!(found(&report, "listen.read_out").len(), 1);
    let again: Vec<Turn> = turns().into_iter().chain([agent(8000, 12_000, line)]).collect();
    assert_eq!(voice(again).pacing.verbatim.len(), 2);
}

#[test]
fn an_ask_returned_to_is_seen_though_its_words_change_a_little() {
    let report = voice(vec![
        agent(0, 2000, "How much can you pay towards the balance today?"),
        customer(2500, 5000, "nothing, I lost my job"),
        agent(6000, 8000, "So how much could you pay towards the balance this week?"),
        customer(8500, 9500, "I told you, nothing"),
        agent(10_000, 12_000, "And how much can you pay towards the balance on Friday?"),
    ]);
    assert_eq!(report.pacing.repeats.len(), 1);
    assert_eq!(report.pacing.repeats[0].turns, [0, 2, 4]);
    assert_eq!(found(&report, "listen.asked_again").len(), 1);
}

#[test]
fn where_times_are_missing_timing_rules_abstain_and_say_why() {
    let text = [("customer", HARD), ("agent", "That sounds frightening. What happened?")];
    let turns = || text.iter().map(|(role, text)| Turn::new(Role::parse(role).expect("a role"), *text));
    let reasons = |report: &LeapReport| {
        let paused = report.pacing.abstained.iter().find(|one| one.rule == "listen.paused");
        paused.map(|one| one.reason)
    };
    let none = voice(turns().collect());
    assert_eq!(reasons(&none), Some(AbstainReason::NoTimes));
    assert!(none.pillars.listen.ledger.iter().all(|line| line.reason != "listen.paused"));
    let starts = voice(turns().zip([0, 9000]).map(|(turn, at)| turn.at(Some(at), None).expect("a start")).collect());
    assert_eq!(reasons(&starts), Some(AbstainReason::StartsOnly));
    let timed =
        || turns().zip([(0, 5000), (7000, 9000)]).map(|(turn, (start, end))| turn.at(Some(start), Some(end)).expect("in order"));
    let chat = score(CallInfo::new(Channel::Chat), timed().collect());
    assert_eq!(reasons(&chat), Some(AbstainReason::Chat));
    assert_eq!(reasons(&voice(timed().collect())), None);
}
