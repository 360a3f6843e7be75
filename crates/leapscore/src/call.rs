//! The input: turns, what is known about the call, and the checks that make scoring infallible.

use crate::error::{Error, ErrorCode};
use crate::unit::Millis;

mod meta;

pub use meta::{Meta, MetaValue};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// The person whose conduct is scored.
    Agent,
    /// The person who called or was called.
    Customer,
    /// IVR, bot notices: never scored, never breaks a floor.
    System,
}

impl Role {
    /// Reads a role's name without regard to case.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownRole`], with the names that are known.
    pub fn parse(name: &str) -> Result<Role, Error> {
        match name.trim().to_ascii_lowercase().as_str() {
            "agent" => Ok(Role::Agent),
            "customer" => Ok(Role::Customer),
            "system" => Ok(Role::System),
            _ => Err(Error::new(ErrorCode::UnknownRole, format!("unknown role {name:?}; known roles are agent, customer, system"))),
        }
    }
}

/// How the conversation was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Channel {
    /// Spoken.
    #[default]
    Voice,
    /// Typed: times never judge a pause or an interruption.
    Chat,
}

/// A word with its times, in milliseconds from the start of the call.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Word {
    text: String,
    start_ms: Millis,
    end_ms: Millis,
}

impl Word {
    /// A word spoken from `start_ms` to `end_ms`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidTime`] if it ends before it starts.
    pub fn new(text: impl Into<String>, start_ms: Millis, end_ms: Millis) -> Result<Word, Error> {
        check_times(Some(start_ms), Some(end_ms))?;
        Ok(Word { text: text.into(), start_ms, end_ms })
    }

    /// The word.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// When it starts.
    pub fn start_ms(&self) -> Millis {
        self.start_ms
    }

    /// When it ends.
    pub fn end_ms(&self) -> Millis {
        self.end_ms
    }
}

/// One turn of the conversation, as the caller's transcript has it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Turn {
    role: Role,
    text: String,
    start_ms: Option<Millis>,
    end_ms: Option<Millis>,
    words: Vec<Word>,
    agent_id: Option<String>,
}

impl Turn {
    /// A turn without times.
    pub fn new(role: Role, text: impl Into<String>) -> Turn {
        Turn { role, text: text.into(), start_ms: None, end_ms: None, words: Vec::new(), agent_id: None }
    }

    /// An agent's turn without times.
    pub fn agent(text: impl Into<String>) -> Turn {
        Turn::new(Role::Agent, text)
    }

    /// A customer's turn without times.
    pub fn customer(text: impl Into<String>) -> Turn {
        Turn::new(Role::Customer, text)
    }

    /// The same turn, spoken from `start_ms` to `end_ms` (either may be unknown).
    ///
    /// # Errors
    /// [`ErrorCode::InvalidTime`] if it ends before it starts.
    pub fn at(mut self, start_ms: Option<Millis>, end_ms: Option<Millis>) -> Result<Turn, Error> {
        check_times(start_ms, end_ms)?;
        self.start_ms = start_ms;
        self.end_ms = end_ms;
        Ok(self)
    }

    /// The same turn with word times.
    pub fn with_words(mut self, words: Vec<Word>) -> Turn {
        self.words = words;
        self
    }

    /// The same turn, said by this agent (after a transfer).
    pub fn with_agent_id(mut self, agent_id: impl Into<String>) -> Turn {
        self.agent_id = Some(agent_id.into());
        self
    }

    /// Who speaks.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// When it starts, if known.
    pub fn start_ms(&self) -> Option<Millis> {
        self.start_ms
    }

    /// When it ends, if known.
    pub fn end_ms(&self) -> Option<Millis> {
        self.end_ms
    }

    /// Word times, empty if unknown.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The agent of this turn, if it is not the call's.
    pub fn agent_id(&self) -> Option<&str> {
        self.agent_id.as_deref()
    }
}

/// What is known about a call beside its turns; echoed in the report, but for scripts and the latency allowance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallInfo {
    /// The caller's id of the call.
    pub id: Option<String>,
    /// Voice or chat.
    pub channel: Channel,
    /// The agent.
    pub agent_id: Option<String>,
    /// Start of the call, RFC 3339. Echoed, not read.
    pub started_at: Option<String>,
    /// Language of the call, BCP 47. Echoed; the built-in rulebook reads English.
    pub language: Option<String>,
    /// The caller's own keys.
    pub meta: Meta,
    /// Texts that the agent is given to read. Not echoed; what the agent reads out of them counts as read.
    pub scripts: Vec<String>,
    latency_allowance_ms: Millis,
}

/// Most that the delay of a line can be allowed for, in milliseconds.
pub const MAX_LATENCY_ALLOWANCE_MS: Millis = 400;

impl CallInfo {
    /// A call without id or metadata.
    pub fn new(channel: Channel) -> CallInfo {
        CallInfo { channel, ..CallInfo::default() }
    }

    /// The same, on a line that delays speech by so many milliseconds, 0 to [`MAX_LATENCY_ALLOWANCE_MS`]: taken off a reply's
    /// latency, added to the overlap that may interrupt. Facts are reported as measured.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidTime`] above the most that is allowed.
    pub fn with_latency_allowance_ms(mut self, allowance: Millis) -> Result<CallInfo, Error> {
        if allowance > MAX_LATENCY_ALLOWANCE_MS {
            let message = format!("a latency allowance is 0 to {MAX_LATENCY_ALLOWANCE_MS} ms, not {allowance}");
            return Err(Error::new(ErrorCode::InvalidTime, message).path("latency_allowance_ms"));
        }
        self.latency_allowance_ms = allowance;
        Ok(self)
    }

    /// Milliseconds by which the line delays speech.
    pub fn latency_allowance_ms(&self) -> Millis {
        self.latency_allowance_ms
    }
}

/// A whole call: what is known about it, and its turns in dialogue order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    info: CallInfo,
    turns: Vec<Turn>,
}

impl Call {
    /// A call of these turns.
    ///
    /// # Errors
    /// [`ErrorCode::TooLarge`] if a text is larger than 4 GiB or there are more than 2^32 turns; the path names the turn.
    pub fn new(info: CallInfo, turns: Vec<Turn>) -> Result<Call, Error> {
        if u32::try_from(turns.len()).is_err() {
            return Err(Error::new(ErrorCode::TooLarge, "more than 2^32 turns").path("turns"));
        }
        for (index, turn) in turns.iter().enumerate() {
            if u32::try_from(turn.text.len()).is_err() {
                return Err(Error::new(ErrorCode::TooLarge, "text is larger than 4 GiB").path(format!("turns[{index}].text")));
            }
        }
        Ok(Call { info, turns })
    }

    /// What is known about the call.
    pub fn info(&self) -> &CallInfo {
        &self.info
    }

    /// The turns, in dialogue order.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }
}

fn check_times(start_ms: Option<Millis>, end_ms: Option<Millis>) -> Result<(), Error> {
    match (start_ms, end_ms) {
        (Some(start), Some(end)) if end < start => {
            Err(Error::new(ErrorCode::InvalidTime, format!("end_ms {end} is before start_ms {start}")))
        }
        _ => Ok(()),
    }
}

#[cfg(feature = "serde")]
mod json;
