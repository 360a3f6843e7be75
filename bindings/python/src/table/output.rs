//! What comes out: a row a call, and a row a finding.

use super::Chunk;
use super::columns::Columns;
use super::gather::Gathered;
use arrow_array::{ArrayRef, Int32Array, Int64Array, RecordBatch, StringArray, UInt32Array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::interleave::interleave;
use leapscore::report::{Checkpoint, FindingKind, FindingReport, PillarReport};
use leapscore::{LeapReport, Rulebook};
use std::collections::BTreeMap;
use std::sync::Arc;

type Report = Option<LeapReport>;

/// Makes the output's batches.
pub struct Output {
    calls: SchemaRef,
    findings: SchemaRef,
    /// Columns of the input that are passed through.
    passed: Vec<usize>,
    /// The don'ts that are counted, a column each.
    donts: Vec<String>,
}

/// A column of integers that may be missing.
type Number = (&'static str, fn(&LeapReport) -> Option<i64>);
/// A column of words.
type Word = (&'static str, fn(&LeapReport) -> Option<String>);

const SCORES: [Number; 5] = [
    ("score", |report| report.overall.score.map(i64::from)),
    ("listen", |report| score(&report.pillars.listen)),
    ("empathize", |report| score(&report.pillars.empathize)),
    ("acknowledge", |report| score(&report.pillars.acknowledge)),
    ("personalize", |report| score(&report.pillars.personalize)),
];

const WORDS: [Word; 6] = [
    ("paused_to_listen", |report| state(&report.checkpoints.paused_to_listen)),
    ("acknowledged_emotions", |report| state(&report.checkpoints.acknowledged_emotions)),
    ("reframed", |report| state(&report.checkpoints.reframed)),
    ("offered_choice", |report| state(&report.checkpoints.offered_choice)),
    ("outcome", |report| name(&report.outcome.state)),
    ("timing_grade", |report| name(&report.pacing.grade)),
];

const FACTS: [Number; 9] = [
    ("talk_ratio_permille", |report| report.pacing.talk_ratio_permille.map(i64::from)),
    ("words_per_minute", |report| report.pacing.words_per_minute.map(i64::from)),
    ("longest_monologue_ms", |report| report.pacing.longest_monologue_ms.map(|ms| ms as i64)),
    ("non_talk_time_ms", |report| report.pacing.non_talk_time_ms.map(|ms| ms as i64)),
    ("interruptions", |report| report.pacing.interruptions.map(i64::from)),
    ("verbatim_permille", |report| report.pacing.verbatim_permille.map(i64::from)),
    ("spikes", |report| Some(report.tension.spikes.len() as i64)),
    ("peak_tension", |report| report.tension.turns.iter().map(|turn| i64::from(turn.level)).max()),
    ("dont_count", |report| Some(donts(report).count() as i64)),
];

fn score(pillar: &PillarReport) -> Option<i64> {
    pillar.score.map(i64::from)
}

/// The name that JSON has for it.
fn name<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_string))
}

fn state(checkpoint: &Checkpoint) -> Option<String> {
    name(&checkpoint.state)
}

fn donts(report: &LeapReport) -> impl Iterator<Item = &FindingReport> {
    report.findings.iter().filter(|finding| finding.kind == FindingKind::Dont)
}

impl Output {
    pub fn new(input: &Schema, columns: &Columns, rulebook: &Rulebook) -> Result<Output, String> {
        let donts: Vec<String> = rulebook.rules().filter(|rule| rule.kind == "dont").map(|rule| rule.id.to_string()).collect();
        let of_turns = columns.of_turns();
        let passed: Vec<usize> = (0..input.fields().len()).filter(|at| !of_turns.contains(at)).collect();
        let mut fields = vec![Field::new("call_id", DataType::Utf8, true)];
        fields.extend(passed.iter().map(|at| input.field(*at).clone().with_nullable(true)));
        fields.extend(SCORES.iter().map(|(name, _)| Field::new(*name, DataType::Int32, true)));
        fields.extend(WORDS.iter().map(|(name, _)| Field::new(*name, DataType::Utf8, true)));
        fields.extend(FACTS.iter().map(|(name, _)| Field::new(*name, DataType::Int64, true)));
        fields.extend(donts.iter().map(|rule| Field::new(rule, DataType::Int32, true)));
        fields.push(Field::new("error", DataType::Utf8, true));
        for (at, field) in fields.iter().enumerate() {
            if fields[..at].iter().any(|other| other.name() == field.name()) {
                return Err(format!("the table has a column {:?}, which the result has too: rename or drop it", field.name()));
            }
        }
        let text = |name: &str| Field::new(name, DataType::Utf8, false);
        let findings = vec![
            text("call_id"),
            text("rule"),
            text("kind"),
            Field::new("turn", DataType::UInt32, false),
            text("quote"),
            Field::new("start", DataType::UInt32, false),
            Field::new("end", DataType::UInt32, false),
            text("message"),
            text("instead"),
        ];
        Ok(Output { calls: Arc::new(Schema::new(fields)), findings: Arc::new(Schema::new(findings)), passed, donts })
    }

    /// Those of calls and of findings.
    pub fn schemas(&self) -> [SchemaRef; 2] {
        [self.calls.clone(), self.findings.clone()]
    }

    pub fn chunk(&self, calls: &[Gathered], reports: &[Report]) -> Result<Chunk, ArrowError> {
        let mut columns: Vec<ArrayRef> = vec![Arc::new(StringArray::from_iter(calls.iter().map(|call| call.id.as_deref())))];
        columns.extend(self.passed_through(calls)?);
        let small = |get: fn(&LeapReport) -> Option<i64>| -> ArrayRef {
            Arc::new(Int32Array::from_iter(reports.iter().map(|report| report.as_ref().and_then(get).map(|number| number as i32))))
        };
        columns.extend(SCORES.iter().map(|(_, get)| small(*get)));
        let words = |get: fn(&LeapReport) -> Option<String>| -> ArrayRef {
            Arc::new(StringArray::from_iter(reports.iter().map(|report| report.as_ref().and_then(get))))
        };
        columns.extend(WORDS.iter().map(|(_, get)| words(*get)));
        let numbers = |get: fn(&LeapReport) -> Option<i64>| -> ArrayRef {
            Arc::new(Int64Array::from_iter(reports.iter().map(|report| report.as_ref().and_then(get))))
        };
        columns.extend(FACTS.iter().map(|(_, get)| numbers(*get)));
        columns.extend(self.donts.iter().map(|rule| -> ArrayRef {
            let count = |report: &LeapReport| donts(report).filter(|finding| finding.rule == *rule).count() as i32;
            Arc::new(Int32Array::from_iter(reports.iter().map(|report| report.as_ref().map(count))))
        }));
        columns.push(Arc::new(StringArray::from_iter(calls.iter().map(|call| call.call.as_ref().err()))));
        let calls_batch = RecordBatch::try_new(self.calls.clone(), columns)?;
        Ok(Chunk { calls: calls_batch, findings: self.findings_of(calls, reports)? })
    }

    /// The other columns, from each call's first row.
    fn passed_through(&self, calls: &[Gathered]) -> Result<Vec<ArrayRef>, ArrowError> {
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut batches: Vec<&RecordBatch> = Vec::new();
        let mut places = Vec::with_capacity(calls.len());
        for call in calls {
            let number = *numbers.entry(Arc::as_ptr(&call.batch) as usize).or_insert_with(|| {
                batches.push(&call.batch);
                batches.len() - 1
            });
            places.push((number, call.row));
        }
        let column = |at: &usize| {
            let arrays: Vec<&dyn arrow_array::Array> = batches.iter().map(|batch| batch.column(*at).as_ref()).collect();
            interleave(&arrays, &places)
        };
        self.passed.iter().map(column).collect()
    }

    fn findings_of(&self, calls: &[Gathered], reports: &[Report]) -> Result<RecordBatch, ArrowError> {
        let mut rows = Vec::new();
        for (call, report) in calls.iter().zip(reports) {
            let (Some(report), Ok(scored)) = (report, &call.call) else { continue };
            for finding in &report.findings {
                // The words at which it starts; spans count code points, as all that Python sees.
                let first = finding.evidence.iter().find(|part| part.turn == finding.turn).or(finding.evidence.first());
                let place = first.map_or((0, 0, ""), |part| {
                    let text = scored.turns().get(part.turn as usize).map_or("", leapscore::Turn::text);
                    let points = |byte: u32| text.get(..byte as usize).map_or(byte, |before| before.chars().count() as u32);
                    (points(part.span.start), points(part.span.end), part.quote.as_str())
                });
                rows.push((call.id.as_deref().unwrap_or_default(), finding, place));
            }
        }
        let kind = |finding: &FindingReport| if finding.kind == FindingKind::Dont { "dont" } else { "advice" };
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values(rows.iter().map(|(id, _, _)| *id))),
            Arc::new(StringArray::from_iter_values(rows.iter().map(|(_, finding, _)| finding.rule.as_str()))),
            Arc::new(StringArray::from_iter_values(rows.iter().map(|(_, finding, _)| kind(finding)))),
            Arc::new(UInt32Array::from_iter_values(rows.iter().map(|(_, finding, _)| finding.turn))),
            Arc::new(StringArray::from_iter_values(rows.iter().map(|(_, _, place)| place.2))),
            Arc::new(UInt32Array::from_iter_values(rows.iter().map(|(_, _, place)| place.0))),
            Arc::new(UInt32Array::from_iter_values(rows.iter().map(|(_, _, place)| place.1))),
            Arc::new(StringArray::from_iter_values(rows.iter().map(|(_, finding, _)| finding.message.as_str()))),
            Arc::new(StringArray::from_iter_values(rows.iter().map(|(_, finding, _)| finding.instead.as_str()))),
        ];
        RecordBatch::try_new(self.findings.clone(), columns)
    }
}
