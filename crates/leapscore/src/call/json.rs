//! The JSON door of a call. Errors name line, column and path.

use super::{Call, CallInfo, Channel, Meta, Role, Turn, Word};
use crate::error::{Error, ErrorCode};
use crate::unit::Millis;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeStruct};

impl Call {
    /// Reads one call in native JSON.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidJson`] or [`ErrorCode::InvalidCall`] and their kin, with 1-based line and column and the path of the value.
    ///
    /// ```
    /// let call = leapscore::Call::from_json(r#"{"turns":[{"role":"agent","text":"Hello"}]}"#)?;
    /// assert_eq!(call.turns().len(), 1);
    /// let error = leapscore::Call::from_json(r#"{"turns":[{"role":"robot","text":"Hello"}]}"#).unwrap_err();
    /// assert_eq!(error.place().path.as_deref(), Some("turns[0]"));
    /// # Ok::<(), leapscore::Error>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Call, Error> {
        let mut reader = serde_json::Deserializer::from_str(json);
        let call: Call = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let path = error.path().to_string();
            let path = path.trim_end_matches(".?").to_string();
            let inner = error.into_inner();
            json_error(json, &inner).path(path)
        })?;
        reader.end().map_err(|error| json_error(json, &error))?;
        Ok(call)
    }
}

impl Call {
    /// Reads one call in native JSON, from bytes that need not be UTF-8.
    ///
    /// # Errors
    /// As [`Call::from_json`], and [`ErrorCode::InvalidUtf8`] with line and column.
    pub fn from_json_bytes(json: &[u8]) -> Result<Call, Error> {
        Call::from_json(text_of(json)?)
    }
}

fn text_of(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Error::new(ErrorCode::InvalidUtf8, format!("not UTF-8 (byte {})", error.valid_up_to())).at(line, column)
    })
}

/// The library's error for a JSON error. Codes that a check of ours found travel in the message as `[LSnnn]`.
fn json_error(json: &str, error: &serde_json::Error) -> Error {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(head, _)| head);
    let (code, message) = match message.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        Some(("LS004", rest)) => (ErrorCode::UnknownRole, rest),
        Some(("LS005", rest)) => (ErrorCode::InvalidTime, rest),
        Some(("LS006", rest)) => (ErrorCode::TooLarge, rest),
        _ if error.is_data() => (ErrorCode::InvalidCall, message),
        _ => (ErrorCode::InvalidJson, message),
    };
    let line = error.line().max(1);
    let bytes = json.lines().nth(line - 1).unwrap_or("").as_bytes();
    let column = String::from_utf8_lossy(&bytes[..error.column().min(bytes.len())]).chars().count().max(1);
    Error::new(code, message).at(line, column)
}

fn coded<E: de::Error>(error: Error) -> E {
    E::custom(format_args!("[{}] {}", error.code().name(), error.message()))
}

fn millis<E: de::Error>(field: &str, value: Option<i64>) -> Result<Option<Millis>, E> {
    value
        .map(|ms| Millis::try_from(ms).map_err(|_| coded(Error::new(ErrorCode::InvalidTime, format!("{field} is negative: {ms}")))))
        .transpose()
}

#[derive(Deserialize)]
struct RawWord {
    text: String,
    start_ms: i64,
    end_ms: i64,
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
        let raw = RawWord::deserialize(deserializer)?;
        let start = millis::<D::Error>("start_ms", Some(raw.start_ms))?.unwrap_or(0);
        let end = millis::<D::Error>("end_ms", Some(raw.end_ms))?.unwrap_or(0);
        Word::new(raw.text, start, end).map_err(coded)
    }
}

#[derive(Deserialize)]
struct RawTurn {
    role: Option<String>,
    speaker: Option<String>,
    text: Option<String>,
    start_ms: Option<i64>,
    end_ms: Option<i64>,
    words: Option<Vec<Word>>,
    agent_id: Option<String>,
}

impl<'de> Deserialize<'de> for Turn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Turn, D::Error> {
        let raw = RawTurn::deserialize(deserializer)?;
        let role = raw.role.or(raw.speaker).ok_or_else(|| de::Error::custom("missing field `role`"))?;
        let text = raw.text.ok_or_else(|| de::Error::custom("missing field `text`"))?;
        let start = millis::<D::Error>("start_ms", raw.start_ms)?;
        let end = millis::<D::Error>("end_ms", raw.end_ms)?;
        let mut turn = Turn::new(Role::parse(&role).map_err(coded)?, text)
            .at(start, end)
            .map_err(coded)?
            .with_words(raw.words.unwrap_or_default());
        turn.agent_id = raw.agent_id;
        Ok(turn)
    }
}

#[derive(Deserialize)]
struct RawCall {
    id: Option<String>,
    channel: Option<Channel>,
    agent_id: Option<String>,
    started_at: Option<String>,
    language: Option<String>,
    meta: Option<Meta>,
    scripts: Option<Vec<String>>,
    latency_allowance_ms: Option<i64>,
    turns: Vec<Turn>,
}

impl<'de> Deserialize<'de> for Call {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Call, D::Error> {
        let raw = RawCall::deserialize(deserializer)?;
        let info = CallInfo {
            id: raw.id,
            channel: raw.channel.unwrap_or_default(),
            agent_id: raw.agent_id,
            started_at: raw.started_at,
            language: raw.language,
            meta: raw.meta.unwrap_or_default(),
            scripts: raw.scripts.unwrap_or_default(),
            latency_allowance_ms: 0,
        };
        let allowance = millis::<D::Error>("latency_allowance_ms", raw.latency_allowance_ms)?.unwrap_or(0);
        let info = info.with_latency_allowance_ms(allowance).map_err(coded)?;
        Call::new(info, raw.turns).map_err(coded)
    }
}

impl Serialize for Call {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Call", 9)?;
        out.serialize_field("id", &self.info.id)?;
        out.serialize_field("channel", &self.info.channel)?;
        out.serialize_field("agent_id", &self.info.agent_id)?;
        out.serialize_field("started_at", &self.info.started_at)?;
        out.serialize_field("language", &self.info.language)?;
        out.serialize_field("meta", &self.info.meta)?;
        out.serialize_field("scripts", &self.info.scripts)?;
        out.serialize_field("latency_allowance_ms", &self.info.latency_allowance_ms)?;
        out.serialize_field("turns", &self.turns)?;
        out.end()
    }
}
