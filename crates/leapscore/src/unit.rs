//! Units: every integer in a report says what it counts.

/// Milliseconds from the start of the call.
pub type Millis = u64;

/// A half-open range of UTF-8 bytes, `start..end`, in the text of one input turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A pillar of LEAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Pillar {
    /// Listen first, then talk.
    Listen,
    /// Empathize, then clarify.
    Empathize,
    /// Acknowledge and reframe.
    Acknowledge,
    /// Personalize the path forward.
    Personalize,
}

impl Pillar {
    /// The four pillars, in report order.
    pub const ALL: [Pillar; 4] = [Pillar::Listen, Pillar::Empathize, Pillar::Acknowledge, Pillar::Personalize];

    /// The name used in reports: `listen`, `empathize`, `acknowledge`, `personalize`.
    pub fn name(self) -> &'static str {
        match self {
            Pillar::Listen => "listen",
            Pillar::Empathize => "empathize",
            Pillar::Acknowledge => "acknowledge",
            Pillar::Personalize => "personalize",
        }
    }

    pub(crate) fn index(self) -> usize {
        self as usize
    }
}
