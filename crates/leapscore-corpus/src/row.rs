//! A row, as it stands in the files, and the errors of reading one.

use crate::label::{Label, label};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// How the words are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Edited text: case and punctuation.
    Clean,
    /// Raw speech recognition: lower case, no punctuation, fillers, repeats, misrecognitions.
    Asr,
    /// Typed live chat.
    Chat,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works for the company.
    Agent,
    /// Calls it.
    Customer,
    /// A machine: menus, notices.
    System,
}

/// What a row is for. Writers belong to one split each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// To learn from.
    Fit,
    /// To choose thresholds and settings on.
    Tune,
    /// To score once. Look at it only through its score.
    Test,
}

impl Split {
    /// All of them, in the order of use.
    pub const ALL: [Split; 3] = [Split::Fit, Split::Tune, Split::Test];

    /// The name of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Split::Fit => "fit",
            Split::Tune => "tune",
            Split::Test => "test",
        }
    }
}

/// What a label says of the judged turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// The turn has it.
    Present,
    /// The turn does not have it. In a file, `absent` is written only where the turn was written to look as if it had it.
    Absent,
    /// Trained listeners would split.
    Unsure,
}

/// A line of the dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Who speaks.
    pub role: Role,
    /// The words.
    pub text: String,
}

/// A short piece of dialogue, one turn of which is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Unique: the writer and a number.
    pub id: String,
    /// How the words are written down.
    pub style: Style,
    /// The English of the writer's brief: ISO 3166 codes in lower case joined by `-`, or `mixed`.
    pub region: String,
    /// The kind of company or office.
    pub domain: String,
    /// Who wrote it, an id of `writers.toml`.
    pub writer: String,
    /// One to six turns.
    pub turns: Vec<Turn>,
    /// The 0-based index of the judged turn.
    pub turn: usize,
    /// The judged turn's cues. Cues of its role that are not named are absent.
    pub cues: BTreeMap<String, Value>,
    /// The judged turn's don'ts. Those that are not named are absent; a customer's turn has none.
    pub rules: BTreeMap<String, Value>,
}

/// What is wrong with a row or a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File and line, or the id of a row.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Problem {}

impl Row {
    /// Reads the rows of a JSONL text; `name` is what errors call it.
    ///
    /// # Errors
    /// The first line that is not a row: wrong JSON, an unknown or missing key, an index out of range, a label that is
    /// unknown, in the wrong place or of the other role.
    pub fn parse_all(name: &str, text: &str) -> Result<Vec<Row>, Problem> {
        let row = |(index, line)| {
            let problem = |message: String| Problem { place: format!("{name}:{}", index + 1), message };
            let row: Row = serde_json::from_str(line).map_err(|error| problem(error.to_string()))?;
            row.check().map_err(problem)?;
            Ok(row)
        };
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(row).collect()
    }

    fn check(&self) -> Result<(), String> {
        if self.turns.is_empty() || self.turns.len() > 6 {
            return Err(format!("{} turns; a row has 1 to 6", self.turns.len()));
        }
        let Some(judged) = self.turns.get(self.turn) else {
            return Err(format!("turn {} is judged, but there are only {}", self.turn, self.turns.len()));
        };
        if judged.role == Role::System {
            return Err("the judged turn is a system turn".into());
        }
        for (names, dont) in [(&self.cues, false), (&self.rules, true)] {
            for id in names.keys() {
                let known = label(id).ok_or_else(|| format!("unknown label {id:?}"))?;
                if known.dont != dont {
                    return Err(format!("{id} belongs under {:?}", if known.dont { "rules" } else { "cues" }));
                }
                if known.role != judged.role {
                    return Err(format!("{id} is not a label of that turn's role"));
                }
            }
        }
        Ok(())
    }

    /// The turn that the labels are about.
    pub fn judged(&self) -> &Turn {
        &self.turns[self.turn]
    }

    /// What the row says of a label; `None` if the label is unknown or belongs to the other role.
    pub fn value(&self, id: &str) -> Option<Value> {
        let label = label(id).filter(|label| label.role == self.judged().role)?;
        Some(self.written(label).unwrap_or(Value::Absent))
    }

    /// Whether the judged turn was written to look as if it had this label, and has not.
    pub fn is_near_miss(&self, id: &str) -> bool {
        label(id).is_some_and(|label| self.written(label) == Some(Value::Absent))
    }

    fn written(&self, label: &Label) -> Option<Value> {
        let names = if label.dont { &self.rules } else { &self.cues };
        names.get(label.id).copied()
    }
}

/// A second, blind labelling of a row beside the first, both as they were before anything was mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Second {
    /// The row.
    pub id: String,
    /// Who labelled it, never its writer.
    pub labeller: String,
    /// The labels that its writer called present.
    pub first: Vec<String>,
    /// The labels that the labeller called present.
    pub second: Vec<String>,
    /// The labels that either called unsure; agreement counts them as not present.
    #[serde(default)]
    pub unsure: Vec<String>,
}
