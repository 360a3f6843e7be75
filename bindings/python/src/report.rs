//! Reports, and one-shot scoring.

use crate::error::raise;
use crate::input::{Info, turns};
use crate::rulebook::Rulebook;
use crate::without_lock;
use leapscore::{Call, LeapReport, Scorer, Turn};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// A report, with spans in bytes as every face has them and in code points as Python counts.
#[pyclass(frozen, module = "leapscore._leapscore")]
pub struct RawReport {
    report: LeapReport,
    /// None where all texts are ASCII, in which bytes are code points.
    code_points: Option<LeapReport>,
}

impl RawReport {
    /// The one place where spans become code points.
    pub fn new<'a>(report: LeapReport, ascii: bool, text: impl Fn(u32) -> &'a str) -> RawReport {
        let code_points = (!ascii).then(|| report.in_code_points(text));
        RawReport { report, code_points }
    }

    pub fn of_turns(report: LeapReport, turns: &[Turn]) -> RawReport {
        let ascii = turns.iter().all(|turn| turn.text().is_ascii());
        RawReport::new(report, ascii, |turn| turns.get(turn as usize).map_or("", Turn::text))
    }
}

#[pymethods]
impl RawReport {
    /// The report in its one JSON form, spans in bytes.
    fn to_json(&self) -> String {
        self.report.to_json()
    }

    /// The same with spans in code points.
    fn code_points_json(&self) -> String {
        match &self.code_points {
            Some(report) => report.to_json(),
            None => self.report.to_json().replacen("\"span_unit\":\"utf8\"", "\"span_unit\":\"codepoint\"", 1),
        }
    }

    /// The overall score.
    #[getter]
    fn overall_score(&self) -> Option<i32> {
        self.report.overall.score
    }

    /// The scores of the four pillars.
    #[getter]
    fn pillar_scores(&self) -> [Option<i32>; 4] {
        let pillars = &self.report.pillars;
        [pillars.listen.score, pillars.empathize.score, pillars.acknowledge.score, pillars.personalize.score]
    }

    /// Both forms, for pickling.
    fn state(&self) -> (String, Option<String>) {
        (self.report.to_json(), self.code_points.as_ref().map(LeapReport::to_json))
    }

    /// From what `state` gave.
    #[staticmethod]
    #[pyo3(signature = (json, code_points=None))]
    fn from_state(py: Python<'_>, json: &str, code_points: Option<&str>) -> PyResult<RawReport> {
        let read = |json: &str| LeapReport::from_json(json).map_err(|error| raise(py, &error));
        Ok(RawReport { report: read(json)?, code_points: code_points.map(read).transpose()? })
    }
}

fn score(py: Python<'_>, rulebook: &Rulebook, call: Call) -> RawReport {
    without_lock(py, || {
        let report = Scorer::with_rulebook(rulebook.0.clone()).score(&call);
        RawReport::of_turns(report, call.turns())
    })
}

/// Scores turns with what is known about the call.
#[pyfunction]
pub fn score_turns(py: Python<'_>, rulebook: &Rulebook, given: &Bound<'_, PyAny>, info: Info) -> PyResult<RawReport> {
    let call = Call::new(info.read(py)?, turns(given)?).map_err(|error| raise(py, &error))?;
    Ok(score(py, rulebook, call))
}

/// Scores a call in native JSON, str or bytes.
#[pyfunction]
pub fn score_json(py: Python<'_>, rulebook: &Rulebook, json: &Bound<'_, PyAny>) -> PyResult<RawReport> {
    let call = if let Ok(bytes) = json.cast::<PyBytes>() {
        Call::from_json_bytes(bytes.as_bytes())
    } else {
        Call::from_json(json.cast::<PyString>()?.to_str()?)
    };
    Ok(score(py, rulebook, call.map_err(|error| raise(py, &error))?))
}
