//! What the linter refuses, each shown on a corpus of a few rows; and that the corpus itself passes.

use leapscore_corpus::lint::lint;
use leapscore_corpus::{Corpus, Row, Split, Value};

const WRITERS: &str = r#"
[[writer]]
id = "f1"
split = "fit"
region = "us"
part = "agent"
brief = "..."

[[writer]]
id = "t1"
split = "test"
region = "gb"
part = "agent"
brief = "..."
"#;

fn row(id: &str, style: &str, writer: &str, text: &str, labels: &str) -> String {
    format!(
        r#"{{"id":"{id}","style":"{style}","region":"us","domain":"rent","writer":"{writer}","turns":[{{"role":"agent","text":"{text}"}}],"turn":0,{labels}}}"#
    )
}

const NONE: &str = r#""cues":{},"rules":{}"#;

/// The linter's words about a `fit` and a `test` file, without the remarks on style shares, which so few rows cannot meet.
fn remarks(fit: &[String], test: &[String]) -> Vec<String> {
    let (fit, test) = (fit.join("\n"), test.join("\n"));
    let corpus =
        Corpus::from_files(vec![("writers.toml", WRITERS), ("fit/f1.jsonl", &fit), ("test/t1.jsonl", &test)]).expect("readable");
    lint(&corpus).iter().map(ToString::to_string).filter(|remark| !remark.contains("about a third")).collect()
}

fn refused(line: &str) -> String {
    Row::parse_all("fit/f1.jsonl", line).expect_err("refused").to_string()
}

#[test]
fn the_corpus_is_sound() {
    let remarks: Vec<String> = lint(&Corpus::builtin()).iter().map(ToString::to_string).collect();
    assert!(remarks.is_empty(), "{}", remarks.join("\n"));
}

#[test]
fn every_split_has_rows_and_every_label_positives() {
    let corpus = Corpus::builtin();
    for split in Split::ALL {
        for label in leapscore_corpus::LABELS {
            let present = corpus.rows(split).filter(|row| row.value(label.id) == Some(Value::Present)).count();
            assert!(present >= 8, "{} in {}: {present}", label.id, split.name());
        }
    }
}

#[test]
fn the_folder_and_the_crate_hold_the_same_rows() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let read = Corpus::from_folder(&folder).expect("the folder is readable");
    assert!(read.all().eq(Corpus::builtin().all()));
}

#[test]
fn a_sound_row_passes() {
    let fit =
        [row("f1-1", "chat", "f1", "i can move it to the 9th if u like", r#""cues":{"personalize.option":"present"},"rules":{}"#)];
    assert_eq!(remarks(&fit, &[]), [""; 0]);
}

#[test]
fn near_duplicates_are_refused_and_leaks_named() {
    let fit = [
        row("f1-1", "chat", "f1", "the engineer is coming out to you on monday morning", NONE),
        row("f1-2", "chat", "f1", "The engineer is coming out to you on Monday, morning!", NONE),
    ];
    let test = [row("t1-1", "chat", "t1", "the engineer is coming out to you on monday morning", NONE)];
    let found = remarks(&fit, &test);
    assert!(found.contains(&"f1-2: near-duplicate of f1-1".into()), "{found:?}");
    assert!(found.contains(&"t1-1: near-duplicate of f1-1, across splits".into()), "{found:?}");
}

#[test]
fn half_the_words_in_common_is_no_duplicate() {
    let fit = [
        row("f1-1", "chat", "f1", "the engineer is coming out to you on monday morning", NONE),
        row("f1-2", "chat", "f1", "the engineer is off sick so friday it is i am afraid", NONE),
    ];
    assert_eq!(remarks(&fit, &[]), [""; 0]);
}

#[test]
fn a_writer_stays_in_one_split() {
    assert_eq!(remarks(&[row("t1-1", "chat", "t1", "morning", NONE)], &[]), ["t1-1: writer t1 belongs to test"]);
    assert_eq!(remarks(&[row("x-1", "chat", "x", "morning", NONE)], &[]), ["x-1: writer x is not in writers.toml"]);
}

#[test]
fn ids_are_unique() {
    let fit = [row("f1-1", "chat", "f1", "morning", NONE), row("f1-1", "chat", "f1", "good evening", NONE)];
    assert_eq!(remarks(&fit, &[]), ["f1-1: this id is there twice"]);
}

#[test]
fn asr_has_no_punctuation() {
    assert_eq!(
        remarks(&[row("f1-1", "asr", "f1", "right, okay", NONE)], &[]),
        ["f1-1: style asr has neither case nor punctuation"]
    );
}

#[test]
fn a_stock_wording_is_refused() {
    let labels = r#""cues":{"apology":"present"},"rules":{}"#;
    let spelled = |n: usize| -> String { format!("{n:07b}").replace('0', "ba ").replace('1', "do ").trim().to_owned() };
    let fit: Vec<String> = (0..120)
        .map(|n| {
            let end = if n < 10 { "please accept our apologies" } else { "sorry" };
            row(&format!("f1-{n}"), "chat", "f1", &format!("n{n} m{n} o{n} p{n} {} {end}", spelled(n)), labels)
        })
        .collect();
    let found = remarks(&fit, &[]);
    assert!(found.contains(&"apology: \"please accept our apologies\" stands in 10 of 120 rows".into()), "{found:?}");
}

#[test]
fn styles_are_balanced() {
    let text = row("f1-1", "chat", "f1", "morning", NONE);
    let corpus = Corpus::from_files(vec![("writers.toml", WRITERS), ("fit/f1.jsonl", &text)]).expect("readable");
    assert_eq!(lint(&corpus).len(), 3);
}

#[test]
fn rows_that_are_none_are_refused_with_their_line() {
    let sound = row("f1-1", "chat", "f1", "morning", NONE);
    let second = |line: &str| refused(&format!("{sound}\n{line}"));
    assert!(second("{").starts_with("fit/f1.jsonl:2: "), "{}", second("{"));
    let unknown_key = sound.replace("\"turn\":0", "\"turn\":0,\"mood\":\"sour\"");
    assert!(second(&unknown_key).contains("mood"));
    let out_of_range = sound.replace("\"turn\":0", "\"turn\":3");
    assert_eq!(second(&out_of_range), "fit/f1.jsonl:2: turn 3 is judged, but there are only 1");
    let unknown = row("f1-2", "chat", "f1", "morning", r#""cues":{"listen.nicely":"present"},"rules":{}"#);
    assert_eq!(second(&unknown), "fit/f1.jsonl:2: unknown label \"listen.nicely\"");
    let misplaced = row("f1-2", "chat", "f1", "morning", r#""cues":{"acknowledge.blame":"present"},"rules":{}"#);
    assert_eq!(second(&misplaced), "fit/f1.jsonl:2: acknowledge.blame belongs under \"rules\"");
    let other_role = row("f1-2", "chat", "f1", "morning", r#""cues":{"hardship":"present"},"rules":{}"#);
    assert_eq!(second(&other_role), "fit/f1.jsonl:2: hardship is not a label of that turn's role");
}

#[test]
fn labels_not_named_are_absent() {
    let rows = Row::parse_all(
        "x",
        &row("f1-1", "chat", "f1", "morning", r#""cues":{"apology":"absent","directive":"unsure"},"rules":{}"#),
    );
    let row = &rows.expect("a row")[0];
    assert_eq!(row.value("apology"), Some(Value::Absent));
    assert!(row.is_near_miss("apology"));
    assert_eq!(row.value("question.open"), Some(Value::Absent));
    assert!(!row.is_near_miss("question.open"));
    assert_eq!(row.value("directive"), Some(Value::Unsure));
    assert_eq!(row.value("hardship"), None);
}
