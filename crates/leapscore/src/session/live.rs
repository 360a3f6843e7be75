//! A call while it runs.

use super::nudge::{Desk, Nudge, Scene};
use super::transcript::Transcript;
use crate::call::{CallInfo, Role, Turn};
use crate::cue::Scanner;
use crate::dialogue::{Archive, Machine, runs};
use crate::evidence::Texts;
use crate::report::LeapReport;
use crate::rulebook::{Model, Rulebook};
use crate::text::{Token, fold_turn};
use crate::verdict::verdict;
use std::cell::RefCell;

thread_local! {
    /// A scan's buffers are no part of a session: a thread that serves a hundred thousand of them needs one.
    static SCANNER: RefCell<Scanner> = RefCell::default();
}

fn with_scanner<T>(work: impl FnOnce(&mut Scanner) -> T) -> T {
    let mut work = Some(work);
    let mut run = |scanner: &mut Scanner| work.take().map(|work| work(scanner));
    // While a thread ends its own buffers may be gone already.
    let done = SCANNER.try_with(|scanner| scanner.try_borrow_mut().ok().and_then(|mut scanner| run(&mut scanner)));
    match done {
        Ok(Some(result)) => result,
        _ => run(&mut Scanner::default()).expect("the work was not done yet"),
    }
}

/// A move that was begun and may still be completed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct PendingMove {
    /// The move's id.
    #[serde(rename = "move")]
    pub id: String,
    /// The turn in which it began.
    pub turn: u32,
    /// Any of these cues would be its next step.
    pub next: Vec<String>,
}

/// A call while it runs: turns are pushed as they become final, partial ones updated meanwhile.
///
/// `Send`; one thread at a time. Scanning uses a buffer of the thread it runs on, as large as the largest floor scanned there. The session
/// keeps the texts pushed and what was found in them: for a call of forty turns about 6,000 bytes beside the text
/// ([`Session::memory_bytes`] tells), growing with the call unless it is [windowed](Session::windowed).
///
/// ```
/// use leapscore::{CallInfo, Channel, Rulebook, Session, Turn};
/// let mut session = Session::new(Rulebook::builtin(), CallInfo::new(Channel::Voice));
/// let nudges = session.push(Turn::customer("My husband died in May and I can't pay this"));
/// assert_eq!(nudges[0].id, "take_a_beat");
/// session.push(Turn::agent("That sounds so hard. What happened with the payments?"));
/// assert!(!session.report().complete);
/// assert!(session.finish().complete);
/// ```
pub struct Session {
    rulebook: Rulebook,
    info: CallInfo,
    texts: Transcript,
    machine: Machine,
    archive: Archive,
    desk: Desk,
    /// The open partial of the agent and of the customer.
    partials: [Option<Box<Turn>>; 2],
    /// Words of the open floor when it was last scanned.
    scanned_words: usize,
    window: Option<usize>,
    /// Turns forgotten.
    forgotten: u32,
}

/// An open floor up to so many words is scanned at each turn; beyond, whenever it has grown by a quarter, so that a turn's cost stays level.
const SCANNED_AT_ONCE: usize = 400;

impl Session {
    /// A session of a call that begins.
    pub fn new(rulebook: Rulebook, info: CallInfo) -> Session {
        Session {
            rulebook,
            info,
            texts: Transcript::default(),
            machine: Machine::default(),
            archive: Archive::default(),
            desk: Desk::default(),
            partials: [None, None],
            scanned_words: 0,
            window: None,
            forgotten: 0,
        }
    }

    /// A session that keeps between `turns` and twice as many of the last turns (whole floors; at least two), for calls without end. Once turns are
    /// forgotten its reports are marked `truncated`; their turn numbers still count from the start of the call.
    pub fn windowed(rulebook: Rulebook, info: CallInfo, turns: usize) -> Session {
        Session { window: Some(turns.max(2)), ..Session::new(rulebook, info) }
    }

    /// Takes a final turn; closes the open partial of its role. Gives what to tell the agent now, mostly nothing.
    pub fn push(&mut self, turn: Turn) -> Vec<Nudge> {
        if let Some(slot) = slot(turn.role()) {
            self.partials[slot] = None;
        }
        with_scanner(|scanner| self.take(scanner, &turn))
    }

    fn take(&mut self, scanner: &mut Scanner, turn: &Turn) -> Vec<Nudge> {
        let model = self.rulebook.model();
        self.machine.wake(|turns| fold(model, &self.texts, turns));
        let closed = self.machine.floors.len();
        self.machine.push(model, scanner, self.info.channel, turn);
        self.texts.push(turn.text());
        for floor in closed..self.machine.floors.len() {
            self.scanned_words = 0;
            self.desk.close(model, &self.machine, floor);
        }
        let words = self.machine.open().map_or(0, |open| open.tokens.len());
        if words <= SCANNED_AT_ONCE || words * 4 >= self.scanned_words * 5 {
            self.scanned_words = words;
            self.machine.scan_open(model, scanner);
        }
        let mut nudges =
            self.desk.look(&Scene { model, machine: &self.machine, archive: &self.archive, channel: self.info.channel });
        self.machine.rest(&mut self.archive);
        self.trim();
        nudges.iter_mut().for_each(|nudge| nudge.turn += self.forgotten);
        nudges
    }

    fn trim(&mut self) {
        let Some(keep) = self.window.filter(|keep| self.machine.turns.len() > 2 * keep) else { return };
        let model = self.rulebook.model();
        if self.machine.open().is_some_and(|open| open.turns.len() > keep) {
            self.machine.wake(|turns| fold(model, &self.texts, turns));
            self.machine.shorten_open(keep);
        }
        let gone = self.machine.forget(&mut self.archive, keep);
        self.texts.forget(gone as usize);
        self.forgotten += gone;
        self.machine.rest(&mut self.archive);
    }

    /// Sets or replaces the open partial of the turn's role: what speech recognition has heard so far. It moves no score; its nudges are
    /// those that the turn would give if it ended here. Agent and customer each may have one open.
    pub fn update(&mut self, turn: Turn) -> Vec<Nudge> {
        let Some(slot) = slot(turn.role()) else { return Vec::new() };
        let model = self.rulebook.model();
        let mut probe = self.machine.clone();
        let mut nudges = with_scanner(|scanner| {
            probe.wake(|turns| fold(model, &self.texts, turns));
            let closed = probe.floors.len();
            probe.push(model, scanner, self.info.channel, &turn);
            probe.scan_open(model, scanner);
            let mut desk = self.desk.clone();
            for floor in closed..probe.floors.len() {
                desk.close(model, &probe, floor);
            }
            let nudges = desk.look(&Scene { model, machine: &probe, archive: &self.archive, channel: self.info.channel });
            self.desk.remember(&desk);
            nudges
        });
        nudges.iter_mut().for_each(|nudge| nudge.turn += self.forgotten);
        self.partials[slot] = Some(Box::new(turn));
        nudges
    }

    /// The open partial of a role.
    pub fn partial(&self, role: Role) -> Option<&Turn> {
        self.partials[slot(role)?].as_deref()
    }

    /// Moves that were begun and may still be completed, in order of their turn.
    pub fn pending(&self) -> Vec<PendingMove> {
        let model = self.rulebook.model();
        let mut floors = self.archive.last(2 * model.moves.iter().map(|one| one.floors as usize).max().unwrap_or(0));
        floors.extend(self.machine.floors.iter().chain(self.machine.open()).cloned());
        let pending = |run: crate::dialogue::MoveRun| {
            let (floor, _) = run.steps.first()?;
            let definition = &model.moves[run.entry];
            Some(PendingMove {
                id: definition.id.clone(),
                turn: floors[*floor].first_turn() + self.forgotten,
                next: definition.steps[run.steps.len()].iter().map(|cue| model.cues[*cue as usize].id.clone()).collect(),
            })
        };
        runs(model, &floors).into_iter().filter(|run| run.open && !run.completed).filter_map(pending).collect()
    }

    /// How the call stands by its final turns. Charges no absence that could still be mended: what the customer said last is not yet an
    /// opportunity, a do that may still be done counts neither way, and a move that may still be completed is pending.
    pub fn report(&self) -> LeapReport {
        self.draw(false)
    }

    /// Closes the call. Equals [`crate::Scorer::score`] of the turns pushed, unless turns were forgotten. An open partial is dropped.
    pub fn finish(self) -> LeapReport {
        self.draw(true)
    }

    fn draw(&self, complete: bool) -> LeapReport {
        let model = self.rulebook.model();
        let whole =
            with_scanner(|scanner| self.machine.whole(model, scanner, &self.archive, |turns| fold(model, &self.texts, turns)));
        let mut report = verdict(&self.rulebook, &self.info, &self.texts, &whole, complete);
        if self.forgotten > 0 {
            report.truncated = true;
            report.count_turns_from(self.forgotten);
        }
        report
    }

    /// Bytes that this session holds, itself included; the rulebook is shared and not counted.
    pub fn memory_bytes(&self) -> usize {
        let turn = |turn: &Turn| size_of::<Turn>() + turn.text().len() + std::mem::size_of_val(turn.words());
        let partials: usize = self.partials.iter().flatten().map(|partial| turn(partial)).sum();
        let info = &self.info;
        let strings = [&info.id, &info.agent_id, &info.started_at, &info.language];
        let given: usize = strings.into_iter().flatten().chain(&info.scripts).map(String::len).sum();
        size_of::<Session>()
            + self.texts.heap_bytes()
            + self.machine.heap_bytes()
            + self.archive.heap_bytes()
            + self.desk.heap_bytes()
            + partials
            + given
    }
}

fn slot(role: Role) -> Option<usize> {
    match role {
        Role::Agent => Some(0),
        Role::Customer => Some(1),
        Role::System => None,
    }
}

/// The words of a floor, from its turns.
fn fold(model: &Model, texts: &Transcript, turns: &[u32]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for turn in turns {
        fold_turn(&model.vocabulary, *turn, texts.text(*turn), &mut tokens);
    }
    tokens
}
