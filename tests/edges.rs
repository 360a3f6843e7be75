//! The edges: a report or a clear error, never a panic.

use leapscore::report::{Grade, NoScore, State};
use leapscore::{Call, CallInfo, Channel, ErrorCode, Role, Rulebook, Scorer, Turn, score_call};

#[test]
fn calls_that_cannot_be_judged_say_so() {
    let hardship = || Turn::customer("I lost my job and I can't pay the rent");
    for turns in [
        vec![],
        vec![hardship()],
        vec![Turn::agent("That sounds hard. What happened?")],
        vec![Turn::new(Role::System, "Press one.")],
    ] {
        let report = score_call(&turns);
        assert_eq!(report.overall.score, None);
        assert_eq!(report.overall.reason, Some(NoScore::InsufficientEvidence));
        assert_eq!(report.checkpoints.reframed.state, State::Abstained);
    }
}

#[test]
fn a_call_without_hardship_or_emotion_leaves_three_pillars_out() {
    let report = score_call(&[
        Turn::customer("Hi, I need to change my address."),
        Turn::agent("Sure. I can do that by phone or you can do it online. Which would you prefer?"),
    ]);
    assert_eq!(report.pillars.listen.reason, Some(NoScore::NoOpportunity));
    assert_eq!(report.checkpoints.acknowledged_emotions.state, State::NotApplicable);
    assert!(report.pillars.personalize.score.is_some());
}

#[test]
fn another_language_is_not_scored() {
    let german = "Ich habe im März meine Arbeit verloren und kann die Rechnung nicht bezahlen weil das Geld nicht reicht";
    let report =
        score_call(&[Turn::customer(german), Turn::agent("Das tut mir wirklich sehr leid, was ist denn genau passiert bei Ihnen")]);
    assert_eq!(report.overall.reason, Some(NoScore::InsufficientEvidence));
    assert_eq!(report.warnings.len(), 2, "the language and the missing times: {:?}", report.warnings);
}

#[test]
fn large_and_odd_texts() {
    let megabyte = "I lost my job and I am so worried about it all, nobody called me back. ".repeat(15_000);
    let report = score_call(&[Turn::customer(megabyte), Turn::agent("Okay.")]);
    assert!(report.complete);

    let many: Vec<Turn> = (0..50_000)
        .map(|index| if index % 3 == 0 { Turn::customer("I'm scared") } else { Turn::agent("What happened?") })
        .collect();
    assert!(score_call(&many).complete);

    for odd in [
        "🙂🙂🙂",
        "\u{202e}abc\u{5d0}",
        "\u{301}\u{301}",
        "\0\0",
        "\u{feff}",
        "don't'''''t",
        "ﬁne",
        "ＩＭ ｓｃａｒｅｄ",
        "\r\n\r\n",
    ] {
        let report = score_call(&[Turn::customer(odd), Turn::agent(odd)]);
        assert!(report.complete, "{odd:?}");
    }
}

#[test]
fn bad_json_names_line_column_and_path() {
    let cases = [
        (r#"{"turns":[{"role":"agent","text":"x"},{"role":"robot","text":"y"}]}"#, ErrorCode::UnknownRole, "turns[1]"),
        (r#"{"turns":[{"text":"x"}]}"#, ErrorCode::InvalidCall, "turns[0]"),
        (r#"{"turns":[{"role":"agent"}]}"#, ErrorCode::InvalidCall, "turns[0]"),
        (r#"{"turns":[{"role":"agent","text":7}]}"#, ErrorCode::InvalidCall, "turns[0].text"),
        (r#"{"turns":[{"role":"agent","text":"x","start_ms":-1}]}"#, ErrorCode::InvalidTime, "turns[0]"),
        (r#"{"turns":[{"role":"agent","text":"x","start_ms":9,"end_ms":3}]}"#, ErrorCode::InvalidTime, "turns[0]"),
        (r#"{"turns":[{"role":"agent","text":"x","start_ms":1.5}]}"#, ErrorCode::InvalidCall, "turns[0].start_ms"),
        (r#"{"meta":{"a":1.5},"turns":[]}"#, ErrorCode::InvalidCall, "meta.a"),
        (r#"{"meta":{"a":{}},"turns":[]}"#, ErrorCode::InvalidCall, "meta.a"),
        (r#"{"channel":"fax","turns":[]}"#, ErrorCode::InvalidCall, "channel"),
        ("{\"turns\":\n[{]}", ErrorCode::InvalidJson, "turns[0]"),
        ("{\"turns\":[]} x", ErrorCode::InvalidJson, ""),
    ];
    for (json, code, path) in cases {
        let error = Call::from_json(json).expect_err(json);
        assert_eq!(error.code(), code, "{json}: {error}");
        assert!(error.place().line.is_some() && error.place().column.is_some(), "{json}: {error}");
        assert_eq!(error.place().path.as_deref().unwrap_or(""), path, "{json}: {error}");
    }
    let second_line = Call::from_json("{\"turns\":[\n  {\"role\":\"agent\",\"text\":1}]}").unwrap_err();
    assert_eq!(second_line.place().line, Some(2));
}

#[test]
fn what_json_may_say_it_may_say() {
    let call = Call::from_json(
        r#"{"id":"c","channel":"chat","agent_id":"a","started_at":"t","language":"en-GB","meta":{"q":"late","n":3,"b":true,"z":null},"extra":[],
            "turns":[{"speaker":"CUSTOMER","text":"hi","other":1},{"role":"Agent","text":"hello","agent_id":"b","start_ms":null}]}"#,
    )
    .unwrap();
    assert_eq!(call.info().channel, Channel::Chat);
    assert_eq!(call.turns()[1].agent_id(), Some("b"));
    let report = Scorer::new().score(&call);
    assert_eq!(report.meta.len(), 4);
    assert!(report.to_json().starts_with(r#"{"schema_version":1,"span_unit":"utf8","call_id":"c","agent_id":"a""#));
}

#[test]
fn chat_times_judge_nothing() {
    let turns = |channel| {
        let turns = vec![
            Turn::customer("I lost my job and I'm scared").at(Some(0), Some(5_000)).unwrap(),
            Turn::agent("That sounds frightening. What happened?").at(Some(2_000), Some(7_000)).unwrap(),
        ];
        Scorer::new().score(&Call::new(CallInfo::new(channel), turns).unwrap())
    };
    assert_eq!(turns(Channel::Voice).findings[0].rule, "listen.interruption");
    let chat = turns(Channel::Chat);
    assert!(chat.findings.iter().all(|finding| finding.rule != "listen.interruption"));
    assert_eq!(chat.pacing.grade, Grade::None);
}

#[test]
fn threads_may_share_what_they_are_said_to_share() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<Rulebook>();
    sent::<Scorer>();
    sent::<leapscore::Session>();
}
