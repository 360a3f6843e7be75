//! Sums over the call: talk, pace, monologue.

use super::speech::{Cuts, Silence, Speech, Spurt};
use crate::unit::Millis;

/// Sums over a call that has segment times at least.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shares {
    pub talk_ratio_permille: Option<u32>,
    pub words_per_minute: Option<u32>,
    pub customer_words_per_minute: Option<u32>,
    pub non_talk_time_ms: Millis,
}

/// `words`: the agent's and the customer's, in all.
pub(crate) fn shares(agent: &Speech, customer: &Speech, words: [u64; 2], silences: &[Silence]) -> Shares {
    let (agent, customer) = (agent.talk_ms(), customer.talk_ms());
    let ratio = |part: u64, whole: u64, scale: u64| (whole > 0).then(|| (part.saturating_mul(scale) / whole) as u32);
    Shares {
        talk_ratio_permille: ratio(agent, agent.saturating_add(customer), 1000),
        words_per_minute: ratio(words[0], agent, 60_000),
        customer_words_per_minute: ratio(words[1], customer, 60_000),
        non_talk_time_ms: silences.iter().fold(0, |sum: Millis, silence| sum.saturating_add(silence.ms())),
    }
}

/// Words per minute of one turn, long pauses inside it left out. `spurts`: those of the turn, in order of time.
pub(crate) fn turn_pace(spurts: &[Spurt], words: u32, cuts: Cuts) -> Option<u32> {
    let mut talk: Millis = 0;
    let mut end = spurts.first()?.start;
    for spurt in spurts {
        let pause = spurt.start.saturating_sub(end);
        let spoken = spurt.end.saturating_sub(spurt.start.max(end)) + if pause <= cuts.split { pause } else { 0 };
        talk = talk.saturating_add(spoken);
        end = end.max(spurt.end);
    }
    (talk > 0).then(|| (u64::from(words) * 60_000 / talk) as u32)
}

/// How long the speech of these spurts lasts, silences up to `hold_on` counted in: time and first turn of the longest run.
pub(crate) fn longest_stretch(spurts: &[Spurt], hold_on: Millis) -> Option<(Millis, u32)> {
    let mut sorted: Vec<&Spurt> = spurts.iter().collect();
    sorted.sort_by_key(|spurt| (spurt.start, spurt.end, spurt.turn));
    let mut longest: Option<(Millis, u32)> = None;
    let mut run: Option<(Millis, Millis, u32)> = None;
    for spurt in sorted {
        let next = match run {
            Some((start, end, turn)) if spurt.start <= end.saturating_add(hold_on) => (start, end.max(spurt.end), turn),
            _ => (spurt.start, spurt.end, spurt.turn),
        };
        run = Some(next);
        let length = next.1 - next.0;
        if longest.is_none_or(|(most, _)| length > most) {
            longest = Some((length, next.2));
        }
    }
    longest
}
