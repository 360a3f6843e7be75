//! What is told to the agent: wordings with their slots, nudges.

use super::Compiler;
use crate::error::{Error, ErrorCode};
use crate::rulebook::document::{self, Document, Text};
use crate::rulebook::model::{Nudge, Piece, Wording};

impl Compiler<'_> {
    /// What the customer said, and what a wording says for it.
    pub(super) fn slot<'a>(&self, entry: &'a document::Slot) -> Result<(bool, &'a [document::Fill]), Error> {
        let empty = |fill: &&document::Fill| fill.said.is_empty() || fill.said.iter().any(|said| said.as_ref().trim().is_empty());
        if let Some(fill) = entry.fills.iter().find(empty) {
            return Err(self.sources.error_at(ErrorCode::RulebookSyntax, &fill.text, "a fill needs what the customer said"));
        }
        Ok((entry.of_self.unwrap_or(false), &entry.fills))
    }

    pub(super) fn wording(&self, text: &Text, document: &Document) -> Result<Wording, Error> {
        let mut pieces = Vec::new();
        for (index, piece) in text.as_ref().split('{').enumerate() {
            let (name, rest) = match index {
                0 => (None, piece),
                _ => {
                    let closed = piece.split_once('}');
                    let (name, rest) = closed.ok_or_else(|| {
                        self.sources.error_at(ErrorCode::RulebookSyntax, text, "a slot in a wording is written {slot}")
                    })?;
                    (Some(name), rest)
                }
            };
            if let Some(name) = name {
                let bare = name.strip_suffix("_cap").unwrap_or(name);
                let slot = document.slot.iter().position(|slot| slot.id.as_ref() == bare);
                let message = || format!("there is no slot {bare:?}");
                let slot = slot.ok_or_else(|| self.sources.error_at(ErrorCode::RulebookUnknownName, text, message()))?;
                pieces.push(Piece::Slot(slot, bare.len() < name.len()));
            }
            if !rest.is_empty() {
                pieces.push(Piece::Text(rest.to_string()));
            }
        }
        Ok(Wording { pieces })
    }

    pub(super) fn nudges(&self, document: &Document) -> Result<Vec<Nudge>, Error> {
        use document::NudgeKind;
        let one = |entry: &document::Nudge| {
            let syntax = |message: &str| self.sources.error_at(ErrorCode::RulebookSyntax, &entry.id, message);
            let watch = entry.watch.ok_or_else(|| syntax("a nudge needs `watch`"))?;
            let nudge = Nudge {
                id: entry.id.as_ref().clone(),
                text: entry.text.clone().filter(|text| !text.is_empty()).ok_or_else(|| syntax("a nudge needs `text`"))?,
                kind: watch,
                cues: self.cues(&entry.cues)?,
                times: entry.times.unwrap_or(1).max(1),
                on_move: self.move_at(&entry.on_move, document)?,
                level: entry.level.unwrap_or(0),
                rearm_level: entry.rearm_level.or(entry.level).unwrap_or(0),
                quiet_floors: entry.quiet_floors.unwrap_or(6),
            };
            match watch {
                NudgeKind::Cue if nudge.cues.is_empty() => Err(syntax("a nudge that watches for cues needs `cues`")),
                NudgeKind::PendingMove if nudge.on_move.is_none() => Err(syntax("a nudge that watches a move needs `move`")),
                NudgeKind::Tension if entry.level.is_none() => Err(syntax("a nudge that watches tension needs `level`")),
                _ => Ok(nudge),
            }
        };
        document.nudge.iter().map(one).collect()
    }
}
