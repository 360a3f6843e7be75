//! Columns in, columns out: a table of turns becomes a table of calls.

mod columns;
mod gather;
mod output;

use crate::capsule;
use crate::rulebook::Rulebook;
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use gather::Gather;
use leapscore::Scorer;
use output::Output;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use rayon::prelude::*;

/// Calls that are scored together.
const CHUNK: usize = 2048;

/// Scores of the calls of a stream, a chunk at a time.
struct Scored {
    input: Box<dyn RecordBatchReader + Send>,
    gather: Gather,
    output: Output,
    rulebook: leapscore::Rulebook,
    progress: Option<Py<PyAny>>,
    ended: bool,
}

/// A chunk: a row a call, a row a finding.
struct Chunk {
    calls: RecordBatch,
    findings: RecordBatch,
}

impl Scored {
    fn next_chunk(&mut self) -> Result<Option<Chunk>, ArrowError> {
        while !self.ended && self.gather.finished() < CHUNK {
            match self.input.next() {
                Some(batch) => self.gather.take(batch?)?,
                None => {
                    self.gather.end()?;
                    self.ended = true;
                }
            }
        }
        let calls = self.gather.drain(CHUNK);
        if calls.is_empty() {
            return Ok(None);
        }
        let score = |scorer: &mut Scorer, call: &gather::Gathered| call.call.as_ref().ok().map(|call| scorer.score(call));
        let scorer = || Scorer::with_rulebook(self.rulebook.clone());
        let reports: Vec<_> = calls.par_iter().map_init(scorer, score).collect();
        let chunk = self.output.chunk(&calls, &reports)?;
        self.tell(calls.len())?;
        Ok(Some(chunk))
    }

    /// Tells the progress bar, and lets an interrupt through.
    fn tell(&self, calls: usize) -> Result<(), ArrowError> {
        Python::attach(|py| {
            py.check_signals()?;
            match &self.progress {
                Some(progress) => progress.call1(py, (calls,)).map(drop),
                None => Ok(()),
            }
        })
        .map_err(|error| ArrowError::ExternalError(Box::new(error)))
    }
}

/// The scores as a stream that is worked off as it is read.
struct Lazy {
    scored: Scored,
    schema: SchemaRef,
    failed: bool,
}

impl Iterator for Lazy {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let chunk = self.scored.next_chunk().transpose()?;
        self.failed = chunk.is_err();
        Some(chunk.map(|chunk| chunk.calls))
    }
}

impl RecordBatchReader for Lazy {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// Batches with `__arrow_c_stream__`, to be read any number of times.
#[pyclass(frozen, module = "leapscore._leapscore")]
pub struct RawTable {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl RawTable {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches: Vec<_> = self.batches.iter().cloned().map(Ok).collect();
        capsule::write(py, Box::new(RecordBatchIterator::new(batches, self.schema.clone())))
    }
}

/// A stream with `__arrow_c_stream__`, to be read once.
#[pyclass(frozen, module = "leapscore._leapscore")]
pub struct RawStream(std::sync::Mutex<Option<Lazy>>);

#[pymethods]
impl RawStream {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let taken = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let lazy = taken.ok_or_else(|| PyValueError::new_err("the stream was read already"))?;
        capsule::write(py, Box::new(lazy))
    }
}

fn scored(table: &Bound<'_, PyAny>, rulebook: &Rulebook, gather: bool, progress: Option<Py<PyAny>>) -> PyResult<Scored> {
    let input = capsule::read(table)?;
    let columns = columns::Columns::of(&input.schema()).map_err(|message| PyValueError::new_err(message.to_string()))?;
    let output = Output::new(&input.schema(), &columns, &rulebook.0).map_err(PyValueError::new_err)?;
    let gather = Gather::new(columns, gather);
    Ok(Scored { input: Box::new(input), gather, output, rulebook: rulebook.0.clone(), progress, ended: false })
}

/// An error of the stream; what Python raised meanwhile stays what it was.
fn raise(error: ArrowError) -> PyErr {
    match error {
        ArrowError::ExternalError(inner) => match inner.downcast::<PyErr>() {
            Ok(error) => *error,
            Err(other) => PyValueError::new_err(other.to_string()),
        },
        ArrowError::InvalidArgumentError(message) => PyValueError::new_err(message),
        other => PyValueError::new_err(other.to_string()),
    }
}

/// The scores of a table of turns, and its findings.
#[pyfunction]
#[pyo3(signature = (rulebook, table, gather, progress=None))]
pub fn score_table(
    py: Python<'_>,
    rulebook: &Rulebook,
    table: &Bound<'_, PyAny>,
    gather: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<(RawTable, RawTable)> {
    let mut scored = scored(table, rulebook, gather, progress)?;
    let (schemas, chunks) = py
        .detach(|| {
            let mut chunks = Vec::new();
            while let Some(chunk) = scored.next_chunk()? {
                chunks.push(chunk);
            }
            Ok((scored.output.schemas(), chunks))
        })
        .map_err(raise)?;
    let (calls, findings): (Vec<_>, Vec<_>) = chunks.into_iter().map(|chunk| (chunk.calls, chunk.findings)).unzip();
    let [of_calls, of_findings] = schemas;
    Ok((RawTable { schema: of_calls, batches: calls }, RawTable { schema: of_findings, batches: findings }))
}

/// The same as a stream that is worked off as it is read, without findings.
#[pyfunction]
#[pyo3(signature = (rulebook, table, gather, progress=None))]
pub fn score_stream(
    rulebook: &Rulebook,
    table: &Bound<'_, PyAny>,
    gather: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<RawStream> {
    let scored = scored(table, rulebook, gather, progress)?;
    let [schema, _] = scored.output.schemas();
    Ok(RawStream(std::sync::Mutex::new(Some(Lazy { scored, schema, failed: false }))))
}
