//! `cargo xtask fit`: fits the judges' tables on the corpus and writes them into the rulebook.

use crate::{python, rows};
use leapscore::{Call, CallInfo, Channel, FloorFeatures, Rulebook, Scorer, Turn};
use leapscore_corpus::{Corpus, LABELS, Split, Value};
use leapscore_suite::{disturb, project};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const SCRIPT: &str = "crates/leapscore-corpus/fit";
const TABLES: &str = "crates/leapscore/rulebook/en/judges";

/// The cue whose judge is fitted to a don't's labels.
const DONTS: &[(&str, &str)] = &[
    ("listen.empathy_rebuttal", "refusal.rebuttal"),
    ("listen.straight_to_business", "straight_to_business"),
    ("listen.filler_empathy", "filler_empathy"),
    ("empathize.dismissive_apology", "dismissive_apology"),
    ("empathize.no_clarifier", "no_clarifier"),
    ("acknowledge.dead_end", "refusal.dead_end"),
    ("acknowledge.policy_wall", "refusal.policy"),
    ("acknowledge.blame", "blame"),
    ("personalize.call_back", "send_away"),
    ("personalize.passive_close", "open_door"),
    ("personalize.ultimatum", "ultimatum"),
];

/// Found by its lexicon and the shape of the turn alone: nothing to weigh.
const NOT_JUDGED: &str = "listen.backchannel";

fn cue_of(label: &str) -> &str {
    DONTS.iter().find(|(dont, _)| *dont == label).map_or(label, |(_, cue)| cue)
}

/// What the script reads, one line a row.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    writer: String,
    split: &'static str,
    role: &'static str,
    /// Label to 1 (present) or 0 (absent); unsure ones are left out.
    labels: BTreeMap<&'a str, u8>,
    features: Vec<String>,
}

/// Fits on the rows of a folder (the corpus, if none is given) and writes the tables to another (the rulebook's).
pub fn run(data: Option<&Path>, out: Option<&Path>) -> ExitCode {
    let folder = out.map_or_else(|| project(TABLES), PathBuf::from);
    let fitted = tables(data, &folder, &[]).and_then(|()| {
        // Tables of one's own are of use as an overlay.
        let Some(out) = out else { return Ok(()) };
        let path = out.with_extension("toml");
        let text = overlay(out).map_err(|error| format!("{}: {error}", out.display()))?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("The tables as an overlay: {}", path.display());
        Ok(())
    });
    match fitted {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("fit: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Fits, with further arguments for the script, and writes the tables to a folder.
pub fn tables(data: Option<&Path>, out: &Path, arguments: &[&str]) -> Result<(), String> {
    let corpus = match data {
        Some(folder) => Corpus::from_folder(folder).map_err(|error| error.to_string())?,
        None => Corpus::builtin(),
    };
    let folder = project("target/fit");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let rows = folder.join("rows.jsonl");
    export(&corpus, &rows).map_err(|error| format!("{}: {error}", rows.display()))?;
    let requirements = format!("{SCRIPT}/requirements.txt");
    let python = python::with("sklearn", &["-r", &requirements])?;
    fs::create_dir_all(out).map_err(|error| error.to_string())?;
    let status = Command::new(python).arg(project(SCRIPT).join("fit.py")).arg(&rows).arg(out).args(arguments).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err("the script failed".into()),
    }
}

/// The tables of a folder as one overlay of the built-in rulebook.
pub fn overlay(tables: &Path) -> std::io::Result<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(tables)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    let mut overlay = String::from("extends = \"leap-en\"\n");
    for file in files {
        overlay.push_str(&fs::read_to_string(file)?);
    }
    Ok(overlay)
}

fn export(corpus: &Corpus, path: &Path) -> std::io::Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    let mut scorer = Scorer::new();
    for split in [Split::Fit, Split::Tune] {
        for row in corpus.rows(split) {
            let of_judged = |floors: Vec<FloorFeatures>| floors.into_iter().find(|floor| floor.turns.contains(&(row.turn as u32)));
            let call = rows::call(row);
            let Some(floor) = of_judged(scorer.features(&call)) else { continue };
            // The same row without case and punctuation, so that judges learn to do without them.
            let bare = of_judged(scorer.features(&disturb::bare(&call))).filter(|bare| bare.features != floor.features);
            let judged = LABELS.iter().filter(|label| label.id != NOT_JUDGED);
            let labels = judged.filter_map(|label| match row.value(label.id) {
                Some(Value::Present) => Some((cue_of(label.id), 1)),
                Some(Value::Absent) => Some((cue_of(label.id), 0)),
                Some(Value::Unsure) | None => None,
            });
            let agent = row.turns[row.turn].role == leapscore_corpus::Role::Agent;
            let labels: BTreeMap<&str, u8> = labels.collect();
            for (floor, split) in [(Some(floor), split.name()), (bare, "bare")] {
                let Some(floor) = floor else { continue };
                let line = Line {
                    id: row.id.clone(),
                    writer: row.writer.clone(),
                    split,
                    role: if agent { "agent" } else { "customer" },
                    labels: labels.clone(),
                    features: floor.features,
                };
                serde_json::to_writer(&mut out, &line)?;
                out.write_all(b"\n")?;
            }
        }
    }
    for line in whole_calls(&mut scorer)? {
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    for (line, call, agent) in examples(&mut scorer) {
        let Some(floor) = scorer.features(&call).pop() else { continue };
        let line = Line {
            id: line.0.clone(),
            writer: "examples".into(),
            split: "examples",
            role: if agent { "agent" } else { "customer" },
            labels: BTreeMap::from([(cue_of(&line.0), u8::from(line.1))]),
            features: floor.features,
        };
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// What is known of a whole call: the don'ts and the turns they are in.
#[derive(Deserialize)]
struct Known {
    id: String,
    findings: Vec<KnownFinding>,
}

#[derive(Deserialize)]
struct KnownFinding {
    rule: String,
    turn: u32,
}

/// The agent's floors of the corpus's whole calls: don'ts as rare as they are in calls, and many good turns without any.
fn whole_calls(scorer: &mut Scorer) -> std::io::Result<Vec<Line<'static>>> {
    let folder = project("crates/leapscore-corpus/data/calls");
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let known: Vec<Known> = read("labels.jsonl")?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut lines = Vec::new();
    for text in read("calls.jsonl")?.lines() {
        let call = Call::from_json(text).map_err(std::io::Error::other)?;
        let id = call.info().id.clone().unwrap_or_default();
        let Some(known) = known.iter().find(|known| known.id == id) else { continue };
        for floor in scorer.features(&call) {
            if call.turns()[floor.turns[0] as usize].role() != leapscore::Role::Agent {
                continue;
            }
            let labels = DONTS.iter().filter(|(dont, _)| *dont != "empathize.no_clarifier").map(|(dont, cue)| {
                let here = |finding: &KnownFinding| finding.rule == *dont && floor.turns.contains(&finding.turn);
                (*cue, u8::from(known.findings.iter().any(here)))
            });
            lines.push(Line {
                id: format!("{id}-{}", floor.turns[0]),
                writer: id.split('-').next().unwrap_or_default().to_string(),
                split: "calls",
                role: "agent",
                labels: labels.collect(),
                features: floor.features,
            });
        }
    }
    Ok(lines)
}

/// The examples that the rulebook carries, as calls whose last turn is judged.
fn examples(scorer: &mut Scorer) -> Vec<((String, bool), Call, bool)> {
    let rulebook: Rulebook = scorer.rulebook().clone();
    let read = |example: leapscore::RuleExample| {
        let turns: Vec<Turn> = example
            .lines
            .iter()
            .map(|line| match (line.strip_prefix("A: "), line.strip_prefix("C: ")) {
                (Some(text), _) => Turn::agent(text),
                (_, Some(text)) => Turn::customer(text),
                _ if example.customer => Turn::customer(line.as_str()),
                _ => Turn::agent(line.as_str()),
            })
            .collect();
        let agent = turns.last()?.role() == leapscore::Role::Agent;
        let call = Call::new(CallInfo::new(Channel::Voice), turns).ok()?;
        Some(((example.id, example.fires), call, agent))
    };
    rulebook.examples().into_iter().filter_map(read).collect()
}
