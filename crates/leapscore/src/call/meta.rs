//! The caller's own keys and values: flat, and without floating point.

use serde::{Deserialize, Deserializer, de};
use std::collections::BTreeMap;
use std::fmt;

/// A flat value of `meta`, echoed in the report. Floating point is refused: reports hold none.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum MetaValue {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A string.
    String(String),
}

/// The caller's own keys and values.
pub type Meta = BTreeMap<String, MetaValue>;

impl<'de> Deserialize<'de> for MetaValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MetaValue, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = MetaValue;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, a boolean, an integer or null (meta is flat, and reports hold no floating point)")
            }
            fn visit_unit<E>(self) -> Result<MetaValue, E> {
                Ok(MetaValue::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<MetaValue, E> {
                Ok(MetaValue::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<MetaValue, E> {
                Ok(MetaValue::Integer(value))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<MetaValue, E> {
                i64::try_from(value).map(MetaValue::Integer).map_err(|_| E::custom("integer does not fit 64 bits, signed"))
            }
            fn visit_str<E>(self, value: &str) -> Result<MetaValue, E> {
                Ok(MetaValue::String(value.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
