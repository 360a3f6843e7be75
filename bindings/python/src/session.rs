//! Calls while they run.

use crate::input::{Info, turn};
use crate::report::RawReport;
use crate::rulebook::Rulebook;
use leapscore::{LeapReport, Nudge, NudgeKind, Session, Turn};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A session; the lock makes it safe to share, one call at a time.
#[pyclass(frozen, module = "leapscore._leapscore")]
pub struct RawSession(Mutex<Inner>);

struct Inner {
    session: Option<Session>,
    window: Option<u32>,
    pushed: u32,
    /// Texts that are not ASCII, by turn: what spans in code points need.
    texts: BTreeMap<u32, String>,
}

type Told = (String, &'static str, u32, String);

impl RawSession {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn open(&mut self) -> PyResult<&mut Session> {
        self.session.as_mut().ok_or_else(|| PyRuntimeError::new_err("the session was finished"))
    }

    fn remember(&mut self, turn: &Turn) {
        if !turn.text().is_ascii() {
            self.texts.insert(self.pushed, turn.text().to_string());
        }
        self.pushed += 1;
        if let Some(window) = self.window {
            // A window keeps at most twice its turns, and one more while it grows.
            let first = self.pushed.saturating_sub(2 * window + 2);
            self.texts = self.texts.split_off(&first);
        }
    }

    fn drawn(&self, report: LeapReport) -> RawReport {
        RawReport::new(report, self.texts.is_empty(), |turn| self.texts.get(&turn).map_or("", String::as_str))
    }
}

fn told(nudges: Vec<Nudge>) -> Vec<Told> {
    nudges.into_iter().map(|nudge| (nudge.id, kind(nudge.kind), nudge.turn, nudge.text)).collect()
}

fn kind(kind: NudgeKind) -> &'static str {
    match kind {
        NudgeKind::Difficult => "difficult",
        NudgeKind::Cue => "cue",
        NudgeKind::PendingMove => "pending_move",
        NudgeKind::Tension => "tension",
        NudgeKind::Interruption => "interruption",
        NudgeKind::Monologue => "monologue",
        _ => "other",
    }
}

#[pymethods]
impl RawSession {
    #[new]
    #[pyo3(signature = (rulebook, info, window=None))]
    fn new(py: Python<'_>, rulebook: &Rulebook, info: Info, window: Option<u32>) -> PyResult<RawSession> {
        let (rulebook, info) = (rulebook.0.clone(), info.read(py)?);
        let session = match window {
            Some(turns) => Session::windowed(rulebook, info, turns as usize),
            None => Session::new(rulebook, info),
        };
        let window = window.map(|turns| turns.max(2));
        Ok(RawSession(Mutex::new(Inner { session: Some(session), window, pushed: 0, texts: BTreeMap::new() })))
    }

    fn push(&self, given: &Bound<'_, PyAny>) -> PyResult<Vec<Told>> {
        let turn = turn(given, &|| "turn".to_string())?;
        let mut inner = self.inner();
        inner.open()?;
        inner.remember(&turn);
        Ok(told(inner.open()?.push(turn)))
    }

    fn update(&self, given: &Bound<'_, PyAny>) -> PyResult<Vec<Told>> {
        let turn = turn(given, &|| "turn".to_string())?;
        Ok(told(self.inner().open()?.update(turn)))
    }

    fn pending(&self) -> PyResult<Vec<(String, u32, Vec<String>)>> {
        let pending = self.inner().open()?.pending();
        Ok(pending.into_iter().map(|one| (one.id, one.turn, one.next)).collect())
    }

    fn report(&self) -> PyResult<RawReport> {
        let mut inner = self.inner();
        let report = inner.open()?.report();
        Ok(inner.drawn(report))
    }

    fn finish(&self) -> PyResult<RawReport> {
        let mut inner = self.inner();
        inner.open()?;
        let report = inner.session.take().map(Session::finish);
        let report = report.ok_or_else(|| PyRuntimeError::new_err("the session was finished"))?;
        Ok(inner.drawn(report))
    }

    fn memory_bytes(&self) -> PyResult<usize> {
        let mut inner = self.inner();
        let texts: usize = inner.texts.values().map(String::len).sum();
        Ok(inner.open()?.memory_bytes() + texts)
    }
}
