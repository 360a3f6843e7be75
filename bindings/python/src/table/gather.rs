//! Rows to calls.

use super::columns::{Columns, Rows, get, number_at};
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use leapscore::{Call, CallInfo, Channel, Role, Turn};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// A call of the table.
pub struct Gathered {
    pub id: Option<String>,
    /// The call, or what is wrong with one of its rows.
    pub call: Result<Call, String>,
    /// Its first row: what the columns that are passed through are taken from.
    pub batch: Arc<RecordBatch>,
    pub row: usize,
}

struct Open {
    id: Option<String>,
    info: CallInfo,
    /// The place that the order column gives, and the turn.
    turns: Vec<(i64, Result<Turn, String>)>,
    batch: Arc<RecordBatch>,
    row: usize,
}

/// Gathers rows into calls.
pub struct Gather {
    columns: Columns,
    /// Rows of a call may stand anywhere; otherwise a call ends where the next begins.
    anywhere: bool,
    open: Vec<Open>,
    /// By id, if rows may stand anywhere.
    places: HashMap<Option<String>, usize>,
    done: Vec<Gathered>,
    /// Hashes of the ids of calls that have ended.
    seen: HashSet<u64>,
    hasher: RandomState,
    rows: usize,
}

impl Gather {
    pub fn new(columns: Columns, anywhere: bool) -> Gather {
        Gather {
            columns,
            anywhere,
            open: Vec::new(),
            places: HashMap::new(),
            done: Vec::new(),
            seen: HashSet::new(),
            hasher: RandomState::new(),
            rows: 0,
        }
    }

    pub fn finished(&self) -> usize {
        self.done.len()
    }

    pub fn drain(&mut self, most: usize) -> Vec<Gathered> {
        self.done.drain(..most.min(self.done.len())).collect()
    }

    pub fn take(&mut self, batch: RecordBatch) -> Result<(), ArrowError> {
        let rows = self.columns.read(&batch)?;
        let batch = Arc::new(batch);
        for row in 0..batch.num_rows() {
            let id = get(&rows.call_id, row);
            let at = self.place(id, &rows, &batch, row)?;
            let (order, turn) = turn(&rows, row);
            self.open[at].turns.push((order, turn));
            self.rows += 1;
        }
        Ok(())
    }

    /// Where the call of this id is gathered.
    fn place(&mut self, id: Option<&str>, rows: &Rows, batch: &Arc<RecordBatch>, row: usize) -> Result<usize, ArrowError> {
        if let Some(at) = self.open.len().checked_sub(1).filter(|at| self.open[*at].id.as_deref() == id) {
            return Ok(at);
        }
        if self.anywhere {
            if let Some(at) = self.places.get(&id.map(str::to_string)) {
                return Ok(*at);
            }
            self.places.insert(id.map(str::to_string), self.open.len());
        } else {
            self.end()?;
            // Two ids of one hash among a billion are told apart by nobody: one chance in 37 that a table of that size is refused.
            if !self.seen.insert(self.hasher.hash_one(id)) {
                let message = format!(
                    "the rows of call {} are not adjacent: it comes again at row {}. Sort by call_id, or pass gather=True",
                    id.map_or("null".to_string(), |id| format!("{id:?}")),
                    self.rows
                );
                return Err(ArrowError::InvalidArgumentError(message));
            }
        }
        let mut info = CallInfo::new(Channel::Voice);
        info.id = id.map(str::to_string);
        info.agent_id = rows.agent_id.as_ref().and_then(|column| get(column, row)).map(str::to_string);
        info.started_at = rows.started_at.as_ref().and_then(|column| get(column, row)).map(str::to_string);
        let mut turns = Vec::new();
        match rows.channel.as_ref().and_then(|column| get(column, row)) {
            None => {}
            Some(name) if name.eq_ignore_ascii_case("voice") => {}
            Some(name) if name.eq_ignore_ascii_case("chat") => info.channel = Channel::Chat,
            Some(name) => turns.push((i64::MIN, Err(format!("unknown channel {name:?}; known are voice, chat")))),
        }
        self.open.push(Open { id: id.map(str::to_string), info, turns, batch: batch.clone(), row });
        Ok(self.open.len() - 1)
    }

    /// Ends what is open.
    pub fn end(&mut self) -> Result<(), ArrowError> {
        self.places.clear();
        let ordered = self.columns.turn.is_some() || self.columns.start_ms.is_some();
        let by_turn = self.columns.turn.is_some();
        self.done.extend(self.open.drain(..).map(|open| open.close(ordered, by_turn)));
        Ok(())
    }
}

impl Open {
    fn close(mut self, ordered: bool, by_turn: bool) -> Gathered {
        if ordered {
            self.turns.sort_by_key(|(order, _)| *order);
        }
        let twice = self.turns.windows(2).find(|pair| by_turn && pair[0].0 == pair[1].0 && pair[0].0 != i64::MIN);
        let call = match (twice, self.id.is_none()) {
            (_, true) => Err("call_id is null".to_string()),
            (Some(pair), _) => Err(format!("turn {} comes twice", pair[0].0)),
            (None, false) => {
                let turns: Result<Vec<Turn>, String> = self.turns.into_iter().map(|(_, turn)| turn).collect();
                turns.and_then(|turns| Call::new(self.info, turns).map_err(|error| error.to_string()))
            }
        };
        Gathered { id: self.id, call, batch: self.batch, row: self.row }
    }
}

/// A row's place in its call, and its turn.
fn turn(rows: &Rows, row: usize) -> (i64, Result<Turn, String>) {
    let start = number_at(&rows.start_ms, row);
    let order = match &rows.turn {
        Some(_) => number_at(&rows.turn, row),
        None => start,
    };
    let place = order.map_or(String::new(), |order| format!(" at {order}"));
    let missing = |name: &str| format!("{name} is null in a row{place}");
    let made = || {
        if rows.turn.is_some() && order.is_none() {
            return Err("turn is null in a row".to_string());
        }
        let role = get(&rows.role, row).ok_or_else(|| missing("role"))?;
        let role = Role::parse(role).map_err(|error| format!("{}{place}", error.message()))?;
        let text = get(&rows.text, row).ok_or_else(|| missing("text"))?;
        let time = |name: &str, value: Option<i64>| match value {
            Some(value) => u64::try_from(value).map(Some).map_err(|_| format!("{name} is negative{place}: {value}")),
            None => Ok(None),
        };
        let (start, end) = (time("start_ms", start)?, time("end_ms", number_at(&rows.end_ms, row))?);
        let mut turn = Turn::new(role, text).at(start, end).map_err(|error| error.message().to_string())?;
        if let Some(agent) = rows.agent_id.as_ref().and_then(|column| get(column, row)) {
            turn = turn.with_agent_id(agent);
        }
        Ok(turn)
    };
    (order.unwrap_or(i64::MIN), made())
}
