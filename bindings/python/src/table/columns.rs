//! The columns that tell of turns, whatever flavour of text and integer they are in.

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{ArrowError, DataType, Schema};

/// Where each column stands.
#[derive(Debug, Clone)]
pub struct Columns {
    pub call_id: usize,
    pub role: usize,
    pub text: usize,
    pub turn: Option<usize>,
    pub start_ms: Option<usize>,
    pub end_ms: Option<usize>,
    pub channel: Option<usize>,
    pub agent_id: Option<usize>,
    pub started_at: Option<usize>,
}

/// The columns of one batch.
pub struct Rows {
    pub call_id: StringArray,
    pub role: StringArray,
    pub text: StringArray,
    pub turn: Option<Int64Array>,
    pub start_ms: Option<Int64Array>,
    pub end_ms: Option<Int64Array>,
    pub channel: Option<StringArray>,
    pub agent_id: Option<StringArray>,
    pub started_at: Option<StringArray>,
}

impl Columns {
    pub fn of(schema: &Schema) -> Result<Columns, String> {
        let find = |name: &str| schema.fields().iter().position(|field| field.name() == name);
        let need = |name: &str| {
            find(name).ok_or_else(|| {
                let there: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
                format!("the table has no column {name:?}; it has {}. A row is a turn: call_id, role, text", there.join(", "))
            })
        };
        Ok(Columns {
            call_id: need("call_id")?,
            role: find("role").map_or_else(|| need("speaker"), Ok).or_else(|_| need("role"))?,
            text: need("text")?,
            turn: find("turn"),
            start_ms: find("start_ms"),
            end_ms: find("end_ms"),
            channel: find("channel"),
            agent_id: find("agent_id"),
            started_at: find("started_at"),
        })
    }

    /// Columns of turns, which mean nothing of the call as a whole.
    pub fn of_turns(&self) -> Vec<usize> {
        let optional = [self.turn, self.start_ms, self.end_ms];
        [self.call_id, self.role, self.text].into_iter().chain(optional.into_iter().flatten()).collect()
    }

    pub fn read(&self, batch: &RecordBatch) -> Result<Rows, ArrowError> {
        let texts = |at: usize| text(batch, at);
        let numbers = |at: Option<usize>| at.map(|at| number(batch, at)).transpose();
        Ok(Rows {
            call_id: texts(self.call_id)?,
            role: texts(self.role)?,
            text: texts(self.text)?,
            turn: numbers(self.turn)?,
            start_ms: numbers(self.start_ms)?,
            end_ms: numbers(self.end_ms)?,
            channel: self.channel.map(texts).transpose()?,
            agent_id: self.agent_id.map(texts).transpose()?,
            started_at: self.started_at.map(texts).transpose()?,
        })
    }
}

fn cast(batch: &RecordBatch, at: usize, to: &DataType) -> Result<ArrayRef, ArrowError> {
    let options = CastOptions { safe: false, ..CastOptions::default() };
    cast_with_options(batch.column(at), to, &options).map_err(|error| {
        let field = batch.schema_ref().field(at).clone();
        ArrowError::InvalidArgumentError(format!("column {:?} is {}: {error}", field.name(), field.data_type()))
    })
}

fn text(batch: &RecordBatch, at: usize) -> Result<StringArray, ArrowError> {
    Ok(cast(batch, at, &DataType::Utf8)?.as_string::<i32>().clone())
}

fn number(batch: &RecordBatch, at: usize) -> Result<Int64Array, ArrowError> {
    let column = batch.column(at);
    if let DataType::Float16 | DataType::Float32 | DataType::Float64 = column.data_type() {
        return whole(batch, at);
    }
    Ok(cast(batch, at, &DataType::Int64)?.as_primitive::<Int64Type>().clone())
}

/// A column of integers with gaps is one of floats in some libraries.
fn whole(batch: &RecordBatch, at: usize) -> Result<Int64Array, ArrowError> {
    let floats = cast(batch, at, &DataType::Float64)?;
    let floats = floats.as_primitive::<arrow_array::types::Float64Type>();
    let one = |number: Option<f64>| match number.filter(|number| !number.is_nan()) {
        None => Ok(None),
        Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => Ok(Some(number as i64)),
        Some(number) => {
            let name = batch.schema_ref().field(at).name().clone();
            Err(ArrowError::InvalidArgumentError(format!("column {name:?} holds {number}, which is not whole")))
        }
    };
    floats.iter().map(one).collect()
}

/// A text, if there is one.
pub fn get(column: &StringArray, row: usize) -> Option<&str> {
    (!column.is_null(row)).then(|| column.value(row))
}

/// A number, if there is one.
pub fn number_at(column: &Option<Int64Array>, row: usize) -> Option<i64> {
    column.as_ref().filter(|column| !column.is_null(row)).map(|column| column.value(row))
}
