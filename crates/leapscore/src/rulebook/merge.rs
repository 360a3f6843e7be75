//! Joins the documents of one rulebook, and lays overlays over it.

use super::document::{Cue, Document, Judge, Lexicon, Move, Nudge, Rule, Slot, Text};
use super::source::Sources;
use crate::error::{Error, ErrorCode};

trait Entry {
    fn id(&self) -> &Text;
    fn remove(&self) -> bool;
    /// Takes over what `over` says: fields replace, lists append.
    fn lay(&mut self, over: Self);
}

fn replace<T>(field: &mut Option<T>, over: Option<T>) {
    if over.is_some() {
        *field = over;
    }
}

impl Entry for Lexicon {
    fn id(&self) -> &Text {
        &self.id
    }
    fn remove(&self) -> bool {
        self.remove
    }
    fn lay(&mut self, over: Lexicon) {
        self.words.extend(over.words);
        self.include.extend(over.include);
    }
}

impl Entry for Cue {
    fn id(&self) -> &Text {
        &self.id
    }
    fn remove(&self) -> bool {
        self.remove
    }
    fn lay(&mut self, over: Cue) {
        replace(&mut self.role, over.role);
        replace(&mut self.summary, over.summary);
        replace(&mut self.detect, over.detect);
        replace(&mut self.negation, over.negation);
        replace(&mut self.quotation, over.quotation);
        replace(&mut self.question, over.question);
        replace(&mut self.within_first, over.within_first);
        replace(&mut self.tension, over.tension);
        self.phrases.extend(over.phrases);
        self.always.extend(over.always);
        self.unless.extend(over.unless);
        self.examples.extend(over.examples);
        self.counterexamples.extend(over.counterexamples);
    }
}

impl Entry for Judge {
    fn id(&self) -> &Text {
        &self.cue
    }
    fn remove(&self) -> bool {
        self.remove
    }
    /// Weights are fitted together: a new table takes the old one's place.
    fn lay(&mut self, over: Judge) {
        *self = over;
    }
}

impl Entry for Move {
    fn id(&self) -> &Text {
        &self.id
    }
    fn remove(&self) -> bool {
        self.remove
    }
    fn lay(&mut self, over: Move) {
        replace(&mut self.summary, over.summary);
        replace(&mut self.floors, over.floors);
        if !over.steps.is_empty() {
            self.steps = over.steps;
        }
    }
}

impl Entry for Nudge {
    fn id(&self) -> &Text {
        &self.id
    }
    fn remove(&self) -> bool {
        self.remove
    }
    fn lay(&mut self, over: Nudge) {
        replace(&mut self.watch, over.watch);
        replace(&mut self.text, over.text);
        replace(&mut self.source, over.source);
        replace(&mut self.times, over.times);
        replace(&mut self.on_move, over.on_move);
        replace(&mut self.level, over.level);
        replace(&mut self.rearm_level, over.rearm_level);
        replace(&mut self.quiet_floors, over.quiet_floors);
        self.cues.extend(over.cues);
    }
}

impl Entry for Slot {
    fn id(&self) -> &Text {
        &self.id
    }
    fn remove(&self) -> bool {
        self.remove
    }
    /// The overlay's fills are tried first.
    fn lay(&mut self, over: Slot) {
        replace(&mut self.of_self, over.of_self);
        self.fills.splice(0..0, over.fills);
    }
}

impl Entry for Rule {
    fn id(&self) -> &Text {
        &self.id
    }
    fn remove(&self) -> bool {
        self.remove
    }
    fn lay(&mut self, over: Rule) {
        replace(&mut self.kind, over.kind);
        replace(&mut self.trigger, over.trigger);
        replace(&mut self.summary, over.summary);
        replace(&mut self.why, over.why);
        replace(&mut self.instead, over.instead);
        if !over.wordings.is_empty() {
            self.wordings = over.wordings;
        }
        replace(&mut self.source, over.source);
        replace(&mut self.unless_after, over.unless_after);
        replace(&mut self.on_move, over.on_move);
        replace(&mut self.charge, over.charge);
        replace(&mut self.cap, over.cap);
        replace(&mut self.worth, over.worth);
        self.cues.extend(over.cues);
        self.unless_cues.extend(over.unless_cues);
        self.needs_cues.extend(over.needs_cues);
        self.yields_to.extend(over.yields_to);
        if !over.credit.is_empty() {
            self.credit = over.credit;
        }
        self.examples.extend(over.examples);
        self.counterexamples.extend(over.counterexamples);
    }
}

/// Adds the entries of another document of the same rulebook: an id may stand only once.
pub(super) fn join(into: &mut Document, document: Document, sources: &Sources) -> Result<(), Error> {
    fn entries<T: Entry>(into: &mut Vec<T>, more: Vec<T>, sources: &Sources) -> Result<(), Error> {
        for entry in more {
            let id = entry.id();
            if into.iter().any(|other| other.id().as_ref() == id.as_ref()) {
                let message = format!("{:?} is defined twice", id.as_ref());
                return Err(sources.error_at(ErrorCode::RulebookDuplicate, id, message));
            }
            into.push(entry);
        }
        Ok(())
    }
    entries(&mut into.lexicon, document.lexicon, sources)?;
    entries(&mut into.cue, document.cue, sources)?;
    entries(&mut into.judge, document.judge, sources)?;
    entries(&mut into.moves, document.moves, sources)?;
    entries(&mut into.rule, document.rule, sources)?;
    entries(&mut into.nudge, document.nudge, sources)?;
    entries(&mut into.slot, document.slot, sources)?;
    into.ambiguous.extend(document.ambiguous);
    into.normalise.extend(document.normalise);
    into.checkpoint.extend(document.checkpoint);
    replace(&mut into.rulebook, document.rulebook);
    replace(&mut into.scorecard, document.scorecard);
    replace(&mut into.tension, document.tension);
    replace(&mut into.timing, document.timing);
    Ok(())
}

/// Lays an overlay over a rulebook: the same id merges, `remove = true` drops.
pub(super) fn lay(into: &mut Document, overlay: Document, sources: &Sources) -> Result<(), Error> {
    fn entries<T: Entry>(into: &mut Vec<T>, over: Vec<T>, sources: &Sources) -> Result<(), Error> {
        for entry in over {
            let id = entry.id().as_ref().as_str();
            let found = into.iter().position(|other| other.id().as_ref() == id);
            match (found, entry.remove()) {
                (Some(at), true) => {
                    into.remove(at);
                }
                (Some(at), false) => into[at].lay(entry),
                (None, false) => into.push(entry),
                (None, true) => {
                    let message = format!("{id:?} is to be removed and is not there");
                    return Err(sources.error_at(ErrorCode::RulebookUnknownName, entry.id(), message));
                }
            }
        }
        Ok(())
    }
    entries(&mut into.lexicon, overlay.lexicon, sources)?;
    entries(&mut into.cue, overlay.cue, sources)?;
    entries(&mut into.judge, overlay.judge, sources)?;
    entries(&mut into.moves, overlay.moves, sources)?;
    entries(&mut into.rule, overlay.rule, sources)?;
    entries(&mut into.nudge, overlay.nudge, sources)?;
    entries(&mut into.slot, overlay.slot, sources)?;
    into.ambiguous.extend(overlay.ambiguous);
    into.normalise.extend(overlay.normalise);
    into.checkpoint.extend(overlay.checkpoint);
    replace(&mut into.rulebook, overlay.rulebook);
    replace(&mut into.scorecard, overlay.scorecard);
    replace(&mut into.tension, overlay.tension);
    replace(&mut into.timing, overlay.timing);
    Ok(())
}
