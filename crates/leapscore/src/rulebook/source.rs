//! Where an entry of a rulebook stands: every string of a document carries one offset into all sources laid end to end.

use super::document::{Document, Text};
use crate::error::{Error, ErrorCode};

struct Source {
    file: Option<String>,
    text: String,
    base: usize,
}

/// The texts of a rulebook's documents.
#[derive(Default)]
pub(crate) struct Sources(Vec<Source>);

impl Sources {
    /// Parses one document and remembers its text.
    pub fn parse(&mut self, file: Option<&str>, text: &str) -> Result<Document, Error> {
        let base = self.0.last().map_or(0, |last| last.base + last.text.len() + 1);
        self.0.push(Source { file: file.map(str::to_string), text: text.to_string(), base });
        let mut document: Document = toml::from_str(text).map_err(|error| {
            let message = error.message().to_string();
            self.error(ErrorCode::RulebookSyntax, base + error.span().map_or(0, |span| span.start), message)
        })?;
        document.texts_mut(&mut |text| {
            let span = text.span();
            let value = std::mem::take(text.as_mut());
            *text = Text::new(base + span.start..base + span.end, value);
        });
        Ok(document)
    }

    /// An error at an offset.
    pub fn error(&self, code: ErrorCode, offset: usize, message: impl Into<String>) -> Error {
        let error = Error::new(code, message);
        let Some(source) = self.0.iter().rev().find(|source| source.base <= offset) else { return error };
        let before = &source.text.as_bytes()[..(offset - source.base).min(source.text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        let error = error.at(line, column);
        match &source.file {
            Some(file) => error.in_file(file.clone()),
            None => error,
        }
    }

    /// An error at an entry.
    pub fn error_at(&self, code: ErrorCode, text: &Text, message: impl Into<String>) -> Error {
        self.error(code, text.span().start, message)
    }
}

impl Document {
    fn texts_mut(&mut self, visit: &mut dyn FnMut(&mut Text)) {
        let mut all = |texts: &mut [Text]| texts.iter_mut().for_each(&mut *visit);
        all(self.extends.as_mut_slice());
        for entry in &mut self.ambiguous {
            all(std::slice::from_mut(&mut entry.surface));
            all(&mut entry.before);
            all(&mut entry.not_after);
        }
        for lexicon in &mut self.lexicon {
            all(std::slice::from_mut(&mut lexicon.id));
            all(&mut lexicon.words);
            all(&mut lexicon.include);
        }
        for cue in &mut self.cue {
            all(std::slice::from_mut(&mut cue.id));
            all(&mut cue.phrases);
            all(&mut cue.always);
            all(&mut cue.unless);
        }
        for judge in &mut self.judge {
            all(std::slice::from_mut(&mut judge.cue));
            all(std::slice::from_mut(&mut judge.table));
        }
        for entry in &mut self.moves {
            all(std::slice::from_mut(&mut entry.id));
            entry.steps.iter_mut().for_each(|step| all(step));
        }
        for rule in &mut self.rule {
            all(std::slice::from_mut(&mut rule.id));
            all(&mut rule.wordings);
            all(&mut rule.cues);
            all(&mut rule.unless_cues);
            all(&mut rule.needs_cues);
            all(&mut rule.yields_to);
            all(rule.on_move.as_mut_slice());
            for credit in &mut rule.credit {
                all(&mut credit.cues);
                all(&mut credit.after_cues);
                all(&mut credit.unless_rules);
                all(credit.needs_rule.as_mut_slice());
            }
        }
        for slot in &mut self.slot {
            all(std::slice::from_mut(&mut slot.id));
            for fill in &mut slot.fills {
                all(std::slice::from_mut(&mut fill.text));
                all(&mut fill.said);
            }
        }
        for nudge in &mut self.nudge {
            all(std::slice::from_mut(&mut nudge.id));
            all(&mut nudge.cues);
            all(nudge.on_move.as_mut_slice());
        }
        for checkpoint in self.checkpoint.values_mut() {
            all(std::slice::from_mut(&mut checkpoint.rule));
            all(checkpoint.fallback.as_mut_slice());
        }
        if let Some(card) = &mut self.scorecard {
            for pillar in [&mut card.listen, &mut card.empathize, &mut card.acknowledge, &mut card.personalize] {
                all(&mut pillar.dos);
            }
            all(&mut card.personalize_opened_by);
            all(&mut card.difficult);
            all(&mut card.disclosure);
            all(&mut card.lasting);
            all(std::slice::from_mut(&mut card.recital));
        }
        if let Some(tension) = &mut self.tension {
            all(&mut tension.calm_cues);
            all(&mut tension.demands);
        }
        if let Some(timing) = &mut self.timing {
            all(&mut timing.hold_cues);
            all(&mut timing.resumed_cues);
        }
    }
}
