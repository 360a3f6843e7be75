//! Calls as C structs.

use crate::ffi::{array, leap_str, optional, sized, sized_array, text};
use crate::guard::Failure;
use crate::status::leap_status;
use core::{Call, CallInfo, Channel, Meta, Role, Turn, Word};

/// A time that is not known.
pub const LEAP_NO_TIME: i64 = -1;

/// The person whose conduct is scored.
pub const LEAP_ROLE_AGENT: u32 = 1;
/// The person who called or was called.
pub const LEAP_ROLE_CUSTOMER: u32 = 2;
/// IVR and bot notices: never scored.
pub const LEAP_ROLE_SYSTEM: u32 = 3;

/// Spoken.
pub const LEAP_CHANNEL_VOICE: u32 = 0;
/// Typed: times never judge a pause or an interruption.
pub const LEAP_CHANNEL_CHAT: u32 = 1;

/// A word with its times. Never grows.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_word {
    /// The word.
    pub text: leap_str,
    /// When it starts, in milliseconds from the start of the call.
    pub start_ms: i64,
    /// When it ends, likewise.
    pub end_ms: i64,
}

/// A turn. Set it to LEAP_TURN_INIT first; read during the call only.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_turn {
    /// sizeof(leap_turn)
    pub struct_size: usize,
    /// LEAP_ROLE_*
    pub role: u32,
    /// 0
    pub flags: u32,
    /// What was said. Must be there, may be empty.
    pub text: leap_str,
    /// When it starts, in milliseconds from the start of the call, or LEAP_NO_TIME.
    pub start_ms: i64,
    /// When it ends, likewise.
    pub end_ms: i64,
    /// Word times, or NULL.
    pub words: *const leap_word,
    /// How many.
    pub n_words: usize,
    /// The agent of this turn after a transfer, or no text.
    pub agent_id: leap_str,
}

/// What is known about a call beside its turns. Set it to LEAP_CALL_INFO_INIT first; read during the call only.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_call_info {
    /// sizeof(leap_call_info)
    pub struct_size: usize,
    /// LEAP_CHANNEL_*
    pub channel: u32,
    /// 0
    pub flags: u32,
    /// Your id of the call, or no text. This and the next three are echoed in the report.
    pub id: leap_str,
    /// The agent.
    pub agent_id: leap_str,
    /// Start of the call, RFC 3339.
    pub started_at: leap_str,
    /// Language of the call, BCP 47.
    pub language: leap_str,
    /// Your own keys, echoed: a JSON object of strings, booleans, integers and nulls, or no text.
    pub meta_json: leap_str,
    /// Texts that the agent is given to read, or NULL.
    pub scripts: *const leap_str,
    /// How many.
    pub n_scripts: usize,
    /// Milliseconds by which the line delays speech, 0 to 400.
    pub latency_allowance_ms: i64,
}

/// A whole call. Set it to LEAP_CALL_INIT first; read during the call only.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct leap_call {
    /// sizeof(leap_call)
    pub struct_size: usize,
    /// 0
    pub flags: u32,
    /// 0
    pub reserved: u32,
    /// What is known about it, or NULL: a voice call of which nothing else is known.
    pub info: *const leap_call_info,
    /// Its turns, in dialogue order.
    pub turns: *const leap_turn,
    /// How many.
    pub n_turns: usize,
}

fn unknown(field: &str, value: u32) -> Failure {
    Failure::new(leap_status::LEAP_ERROR_INVALID_FLAG, format!("{field} is {value}, which this library does not know")).at(field)
}

fn zero(field: &str, value: u32) -> Result<(), Failure> {
    if value == 0 { Ok(()) } else { Err(unknown(field, value)) }
}

fn time(field: &str, value: i64) -> Result<u64, Failure> {
    u64::try_from(value)
        .map_err(|_| Failure::new(leap_status::LEAP_ERROR_INVALID_TIME, format!("{field} is negative: {value}")).at(field))
}

fn optional_time(field: &str, value: i64) -> Result<Option<u64>, Failure> {
    if value == LEAP_NO_TIME { Ok(None) } else { time(field, value).map(Some) }
}

impl leap_word {
    /// # Safety
    /// Its text is what it says to be.
    unsafe fn read(&self) -> Result<Word, Failure> {
        // SAFETY: the caller's word.
        let text = unsafe { text(self.text.data, self.text.len, "text") }?;
        Ok(Word::new(text, time("start_ms", self.start_ms)?, time("end_ms", self.end_ms)?)?)
    }
}

impl leap_turn {
    /// # Safety
    /// Its pointers and lengths are what they say to be.
    pub(crate) unsafe fn read(&self) -> Result<Turn, Failure> {
        zero("flags", self.flags)?;
        let role = match self.role {
            LEAP_ROLE_AGENT => Role::Agent,
            LEAP_ROLE_CUSTOMER => Role::Customer,
            LEAP_ROLE_SYSTEM => Role::System,
            other => {
                let message = format!("role is {other}; known are LEAP_ROLE_AGENT, LEAP_ROLE_CUSTOMER, LEAP_ROLE_SYSTEM");
                return Err(Failure::new(leap_status::LEAP_ERROR_UNKNOWN_ROLE, message).at("role"));
            }
        };
        // SAFETY: the caller's word, here and below.
        let said = unsafe { text(self.text.data, self.text.len, "text") }?;
        if u32::try_from(said.len()).is_err() {
            return Err(Failure::new(leap_status::LEAP_ERROR_TOO_LARGE, "text is larger than 4 GiB").at("text"));
        }
        force_panic(said);
        let mut turn = Turn::new(role, said);
        let (start, end) = (optional_time("start_ms", self.start_ms)?, optional_time("end_ms", self.end_ms)?);
        if start.is_some() || end.is_some() {
            turn = turn.at(start, end)?;
        }
        let words = unsafe { array(self.words, self.n_words, "words") }?;
        if !words.is_empty() {
            let read = |(index, word): (usize, &leap_word)| {
                unsafe { word.read() }.map_err(|failure| failure.within(&format!("words[{index}]")))
            };
            turn = turn.with_words(words.iter().enumerate().map(read).collect::<Result<_, Failure>>()?);
        }
        if let Some(agent) = unsafe { optional(self.agent_id, "agent_id") }? {
            turn = turn.with_agent_id(agent);
        }
        Ok(turn)
    }
}

/// A text at which a library built for its tests panics.
fn force_panic(text: &str) {
    if cfg!(feature = "forced-panic") && text == "leapscore: panic" {
        panic!("as the test asked for");
    }
}

/// # Safety
/// `turn` is NULL or leads to a turn whose pointers and lengths are what they say to be.
pub(crate) unsafe fn read_turn(turn: *const leap_turn) -> Result<Turn, Failure> {
    // SAFETY: the caller's word.
    unsafe { sized(turn, "turn") }.and_then(|(turn, _)| unsafe { turn.read() }.map_err(|failure| failure.within("turn")))
}

/// # Safety
/// As [`read_turn`], for each of `len` turns.
pub(crate) unsafe fn read_turns(turns: *const leap_turn, len: usize) -> Result<Vec<Turn>, Failure> {
    // SAFETY: the caller's word.
    let turns = unsafe { sized_array(turns, len, "turns") }?;
    let read = |(index, turn): (usize, &leap_turn)| {
        // SAFETY: the caller's word.
        unsafe { turn.read() }.map_err(|failure| failure.within(&format!("turns[{index}]")))
    };
    turns.into_iter().enumerate().map(read).collect()
}

/// # Safety
/// `info` is NULL or leads to one whose pointers and lengths are what they say to be.
pub(crate) unsafe fn read_info(info: *const leap_call_info) -> Result<CallInfo, Failure> {
    // SAFETY: the caller's word.
    let (info, _) = unsafe { sized(info, "info") }?;
    // SAFETY: the caller's word.
    unsafe { info.read() }.map_err(|failure| failure.within("info"))
}

impl leap_call_info {
    /// # Safety
    /// Its pointers and lengths are what they say to be.
    unsafe fn read(&self) -> Result<CallInfo, Failure> {
        zero("flags", self.flags)?;
        let channel = match self.channel {
            LEAP_CHANNEL_VOICE => Channel::Voice,
            LEAP_CHANNEL_CHAT => Channel::Chat,
            other => return Err(unknown("channel", other)),
        };
        // SAFETY: the caller's word, here and below.
        let string = |text: leap_str, what: &str| unsafe { optional(text, what) }.map(|text| text.map(str::to_string));
        let mut info = CallInfo::new(channel);
        info.id = string(self.id, "id")?;
        info.agent_id = string(self.agent_id, "agent_id")?;
        info.started_at = string(self.started_at, "started_at")?;
        info.language = string(self.language, "language")?;
        if let Some(meta) = string(self.meta_json, "meta_json")? {
            info.meta = serde_json::from_str::<Meta>(&meta).map_err(|error| {
                let status = match error.is_data() {
                    true => leap_status::LEAP_ERROR_INVALID_CALL,
                    false => leap_status::LEAP_ERROR_INVALID_JSON,
                };
                Failure::new(status, format!("meta_json: {error}")).at("meta_json")
            })?;
        }
        for (index, script) in unsafe { array(self.scripts, self.n_scripts, "scripts") }?.iter().enumerate() {
            let script = unsafe { text(script.data, script.len, &format!("scripts[{index}]")) }?;
            info.scripts.push(script.to_string());
        }
        Ok(info.with_latency_allowance_ms(time("latency_allowance_ms", self.latency_allowance_ms)?)?)
    }
}

impl leap_call {
    /// # Safety
    /// Its pointers and lengths are what they say to be.
    pub(crate) unsafe fn read(&self) -> Result<Call, Failure> {
        zero("flags", self.flags)?;
        zero("reserved", self.reserved)?;
        let info = match self.info.is_null() {
            true => CallInfo::new(Channel::Voice),
            // SAFETY: the caller's word.
            false => unsafe { read_info(self.info) }?,
        };
        // SAFETY: the caller's word.
        Ok(Call::new(info, unsafe { read_turns(self.turns, self.n_turns) }?)?)
    }
}
