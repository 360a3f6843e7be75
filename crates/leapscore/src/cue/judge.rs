//! Judges at work: the weights of a window's words and signals add up, one sum a cue. Where a sum reaches its threshold the cue
//! is there; what carried it is the evidence. A judged cue's hand-written patterns are features like others.

use super::Hit;
use crate::rulebook::{Cue, CueId, Judges, LANES, Row, Signal, WORDS, run_key};
use crate::text::{Token, WordId};

/// Words of a window. A floor of up to `WHOLE` words is one window.
const WINDOW: usize = 32;
const WHOLE: usize = 40;
/// Words from one window's start to the next one's.
const STRIDE: usize = 8;
/// A feature is quoted as evidence if it weighs at least this share of the heaviest, in percent.
const QUOTED_PERCENT: i32 = 30;
/// Words quoted where the signals alone carried the cue.
const OPENING: usize = 10;

type Sums = [i16; LANES];

/// What is known of a floor beside its words.
pub(crate) struct Context<'a> {
    /// Cues whose patterns matched in the floor before, if there is one.
    pub before: Option<&'a [CueId]>,
    /// Distinct content words of the customer's that are said again.
    pub echo: usize,
    /// The ids of the marks `^` and `$`.
    pub marks: [WordId; 2],
}

/// Buffers, reused from floor to floor.
#[derive(Default)]
pub(crate) struct Bench {
    /// Per word, the weights of the features that start with it.
    sums: Vec<Sums>,
    ids: Vec<WordId>,
}

fn add(sums: &mut Sums, row: &Row) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += i16::from(*weight);
    }
}

/// The signals of a window of `words` words that do not depend on where its hits are.
fn signals(context: &Context<'_>, words: usize) -> impl Iterator<Item = Signal> {
    let class = WORDS.iter().position(|bound| words < *bound).unwrap_or(WORDS.len());
    let before = context.before.unwrap_or_default().iter().map(|cue| Signal::Before(*cue));
    let first = context.before.is_none().then_some(Signal::First);
    before.chain(first).chain([Signal::Words(class as u8), Signal::Echo(context.echo.min(3) as u8)])
}

/// The cues whose patterns matched, each once.
pub(crate) fn distinct(hits: &[Hit]) -> Vec<CueId> {
    let mut cues: Vec<CueId> = hits.iter().map(|hit| hit.cue).collect();
    cues.sort_unstable();
    cues.dedup();
    cues
}

/// The features of a floor of these words, read as one window, as a judge's table writes them: what judges are fitted on.
pub(crate) fn features(cues: &[Cue], words: &[&str], matched: &[CueId], context: &Context<'_>) -> Vec<String> {
    let marked: Vec<&str> = [&["^"], words, &["$"]].concat();
    let mut features = Vec::new();
    for length in 1..=3 {
        // A mark alone says nothing.
        let runs = marked.windows(length).filter(|run| !matches!(run, ["^"] | ["$"]));
        features.extend(runs.map(|run| run.join(" ")));
    }
    let name = |cue: CueId| cues[cue as usize].id.as_str();
    features.extend(matched.iter().map(|cue| Signal::Here(*cue)).chain(signals(context, words.len())).map(|signal| match signal {
        Signal::Here(cue) => format!("@{}", name(cue)),
        Signal::Before(cue) => format!("@before {}", name(cue)),
        Signal::First => "@first".to_string(),
        Signal::Words(class) => format!("@words {class}"),
        Signal::Echo(words) => format!("@echo {words}"),
    }));
    features
}

impl Bench {
    /// Replaces the hits of judged cues by what their judges say.
    pub fn judge(&mut self, judges: &Judges, tokens: &[Token], context: &Context<'_>, hits: &mut Vec<Hit>) {
        if judges.is_empty() || tokens.is_empty() {
            return;
        }
        self.weigh(judges, tokens, context.marks);
        let mut whole: Sums = [0; LANES];
        let window = if tokens.len() <= WHOLE { tokens.len() } else { WINDOW };
        signals(context, window).filter_map(|signal| judges.signal(signal)).for_each(|row| add(&mut whole, row));
        let mut found: Vec<Hit> = Vec::new();
        let last = tokens.len() - window;
        let mut start = 0;
        loop {
            let mut sums = whole;
            for word in &self.sums[start..start + window] {
                for (sum, weight) in sums.iter_mut().zip(word) {
                    *sum = sum.saturating_add(*weight);
                }
            }
            // Hits are in order of their start.
            let at = |word: usize| hits.partition_point(|hit| (hit.start as usize) < word);
            let inside = &hits[at(start)..at(start + window)];
            let mut here: Vec<CueId> = inside.iter().map(|hit| hit.cue).collect();
            here.sort_unstable();
            here.dedup();
            here.iter().filter_map(|cue| judges.signal(Signal::Here(*cue))).for_each(|row| add(&mut sums, row));
            for (lane, (cue, threshold)) in judges.lanes.iter().enumerate() {
                if i32::from(sums[lane]) >= *threshold {
                    let before = found.len();
                    found.extend(inside.iter().filter(|hit| hit.cue == *cue).cloned());
                    if found.len() == before {
                        found.push(self.carried(judges, lane, *cue, start..start + window));
                    }
                }
            }
            if start == last {
                break;
            }
            start = (start + STRIDE).min(last);
        }
        found.extend(hits.iter().filter(|hit| hit.always).cloned());
        hits.retain(|hit| judges.lanes.iter().all(|(cue, _)| *cue != hit.cue));
        found.sort_by_key(|hit| (hit.cue, hit.start, hit.end));
        for hit in found {
            match hits.last_mut() {
                // Windows overlap: the same hit, or the same matter found twice.
                Some(other) if other.cue == hit.cue && hit.start < other.end => {}
                _ => hits.push(hit),
            }
        }
        hits.sort_by_key(|hit| (hit.start, hit.end, hit.cue));
    }

    /// Per word, the weights of the runs that start with it; those that start with `^` go to the first word.
    fn weigh(&mut self, judges: &Judges, tokens: &[Token], marks: [WordId; 2]) {
        self.ids.clear();
        self.ids.push(marks[0]);
        self.ids.extend(tokens.iter().map(|token| token.id));
        self.ids.push(marks[1]);
        self.sums.clear();
        self.sums.resize(tokens.len(), [0; LANES]);
        for at in 0..=tokens.len() {
            let sums = &mut self.sums[at.saturating_sub(1)];
            each_run(judges, &self.ids, at, |_, row| add(sums, row));
        }
    }

    /// The stretch of the window that spoke loudest for a cue, and in it the runs that carried it.
    fn carried(&self, judges: &Judges, lane: usize, cue: CueId, window: std::ops::Range<usize>) -> Hit {
        let (mut best, mut best_run, mut sum, mut from) = (0, window.start..window.start, 0, window.start);
        for at in window.clone() {
            if sum <= 0 {
                (sum, from) = (0, at);
            }
            sum += i32::from(self.sums[at][lane]);
            if sum > best {
                (best, best_run) = (sum, from..at + 1);
            }
        }
        let mut runs: Vec<(i32, u32, u32)> = Vec::new();
        for at in best_run {
            each_run(judges, &self.ids, at + 1, |length, row| {
                let end = (at + length).min(window.end) as u32;
                runs.push((i32::from(row[lane]), at as u32, end));
            });
        }
        let heaviest = runs.iter().map(|run| run.0).max().unwrap_or(0);
        let quoted = runs.iter().filter(|run| run.0 > 0 && run.0 * 100 >= heaviest * QUOTED_PERCENT);
        let parts = join(quoted.map(|run| (run.1, run.2)).collect());
        match (parts.first().copied(), parts.last().copied()) {
            (Some(first), Some(last)) => Hit { cue, start: first.0, end: last.1, parts, always: false },
            _ => Hit::run(cue, window.start as u32, window.end.min(window.start + OPENING) as u32),
        }
    }
}

/// The weighted runs of one to three words that start at `at`.
#[inline]
fn each_run(judges: &Judges, ids: &[WordId], at: usize, mut give: impl FnMut(usize, &Row)) {
    if let Some(row) = judges.word(ids[at]) {
        give(1, row);
    }
    for length in 2..=3.min(ids.len() - at) {
        let key = run_key(&ids[at..at + length]);
        if key == 0 {
            return;
        }
        if let Some(row) = judges.run(key) {
            give(length, row);
        }
    }
}

/// Runs that touch or overlap become one.
fn join(mut parts: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    parts.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (start, end) in parts {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}
