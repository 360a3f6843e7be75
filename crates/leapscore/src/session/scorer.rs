//! Whole calls.

use crate::call::{Call, CallInfo, Channel, Turn};
use crate::cue::Scanner;
use crate::dialogue::Machine;
use crate::report::LeapReport;
use crate::rulebook::Rulebook;
use crate::verdict::verdict;

/// Scores whole calls; reusable, so that its buffers are.
///
/// `Send`; one thread at a time. Memory between calls is bounded by the largest floor scored.
///
/// ```
/// use leapscore::{Call, Scorer};
/// let call = Call::from_json(r#"{"turns":[
///     {"role":"customer","text":"I lost my job and I can't pay this"},
///     {"role":"agent","text":"That sounds frightening. What happened with the job?"}]}"#)?;
/// let report = Scorer::new().score(&call);
/// assert!(report.pillars.empathize.score > Some(50));
/// # Ok::<(), leapscore::Error>(())
/// ```
pub struct Scorer {
    rulebook: Rulebook,
    scanner: Scanner,
}

impl Default for Scorer {
    fn default() -> Scorer {
        Scorer::new()
    }
}

impl Scorer {
    /// A scorer with the built-in rulebook.
    pub fn new() -> Scorer {
        Scorer::with_rulebook(Rulebook::builtin())
    }

    /// A scorer with this rulebook.
    pub fn with_rulebook(rulebook: Rulebook) -> Scorer {
        Scorer { rulebook, scanner: Scanner::default() }
    }

    /// The rulebook in use.
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// Scores a call. Cannot fail: a [`Call`] is valid by construction.
    pub fn score(&mut self, call: &Call) -> LeapReport {
        let mut machine = Machine::default();
        for turn in call.turns() {
            machine.push(self.rulebook.model(), &mut self.scanner, call.info().channel, turn);
        }
        machine.finish(self.rulebook.model(), &mut self.scanner);
        verdict(&self.rulebook, call.info(), &call.turns(), &machine, true)
    }

    /// What the judges read of each floor of a call, as their tables write it: what they are fitted on.
    #[doc(hidden)]
    pub fn features(&mut self, call: &Call) -> Vec<FloorFeatures> {
        let model = self.rulebook.model();
        let mut machine = Machine::default();
        for turn in call.turns() {
            machine.push(model, &mut self.scanner, call.info().channel, turn);
        }
        machine.finish(model, &mut self.scanner);
        let floor = |index: usize| FloorFeatures {
            turns: machine.floors[index].turns.clone(),
            features: machine.features(model, index, call.turns()),
        };
        (0..machine.floors.len()).map(floor).collect()
    }

    /// Reads and scans a call without judging it, and counts the work: for benchmarks.
    #[doc(hidden)]
    pub fn scan_only(&mut self, call: &Call) -> ScanStats {
        let (candidates, steps) = (self.scanner.candidates, self.scanner.steps);
        let mut machine = Machine::default();
        for turn in call.turns() {
            machine.push(self.rulebook.model(), &mut self.scanner, call.info().channel, turn);
        }
        machine.finish(self.rulebook.model(), &mut self.scanner);
        ScanStats {
            tokens: machine.floors.iter().map(|floor| floor.tokens.len() as u64).sum(),
            hits: machine.floors.iter().map(|floor| floor.hits.len() as u64).sum(),
            candidates: self.scanner.candidates - candidates,
            steps: self.scanner.steps - steps,
        }
    }

    /// Folds a text and gives how many tokens it has: for benchmarks.
    #[doc(hidden)]
    pub fn fold_only(&self, text: &str, buffer: &mut FoldBuffer) -> usize {
        buffer.0.clear();
        crate::text::fold_turn(&self.rulebook.model().vocabulary, 0, text, &mut buffer.0);
        buffer.0.len()
    }
}

/// What judges read of one floor.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct FloorFeatures {
    /// Its turns.
    pub turns: Vec<u32>,
    /// Its features, with repeats.
    pub features: Vec<String>,
}

/// Tokens of [`Scorer::fold_only`].
#[doc(hidden)]
#[derive(Default)]
pub struct FoldBuffer(Vec<crate::text::Token>);

/// Work done by a scan.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, Default)]
pub struct ScanStats {
    /// Folded words.
    pub tokens: u64,
    /// Cue hits.
    pub hits: u64,
    /// Phrases tried.
    pub candidates: u64,
    /// Verifier steps.
    pub steps: u64,
}

/// Scores turns with the built-in rulebook: channel voice, nothing else known of the call.
///
/// ```
/// use leapscore::{Turn, score_call};
/// let report = score_call(&[
///     Turn::customer("My husband died in May and I'm behind on everything."),
///     Turn::agent("I see your balance is overdue, how soon can you pay?"),
/// ]);
/// assert_eq!(report.findings[0].rule, "listen.straight_to_business");
/// ```
pub fn score_call(turns: &[Turn]) -> LeapReport {
    let rulebook = Rulebook::builtin();
    let mut scanner = Scanner::default();
    let mut machine = Machine::default();
    for turn in turns {
        machine.push(rulebook.model(), &mut scanner, Channel::Voice, turn);
    }
    machine.finish(rulebook.model(), &mut scanner);
    verdict(&rulebook, &CallInfo::new(Channel::Voice), &turns, &machine, true)
}
