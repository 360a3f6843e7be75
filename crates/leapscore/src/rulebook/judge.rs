//! Judges: fitted tables of weights that decide whether a cue is there, compiled to rows of small integers.
//!
//! A table has a line a feature, `WEIGHT FEATURE`. A feature is a run of one to three folded words, where `^` stands for the
//! floor's start and `$` for its end, or a signal:
//!
//! ```text
//! @CUE          the cue's hand-written patterns (or grammar) match here
//! @before CUE   they match in the floor before, which is the other party's
//! @first        there is no floor before
//! @words N      the window has so many words, see `WORDS`
//! @echo N       so many distinct content words of the customer's last floors are said again, 3 for three and more
//! ```

use super::model::CueId;
use crate::text::WordId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// Most judged cues of one role: what a row holds.
pub(crate) const LANES: usize = 32;

/// A row of weights, one a judged cue.
pub(crate) type Row = [i8; LANES];

/// Upper bounds of the classes of `@words`.
pub(crate) const WORDS: [usize; 5] = [4, 8, 14, 22, 35];

/// Something that is so of a window, beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Signal {
    Here(CueId),
    Before(CueId),
    First,
    Words(u8),
    Echo(u8),
}

/// A feature of a window.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    Words(Vec<WordId>),
    Signal(Signal),
}

/// The judges of one role.
#[derive(Debug, Default)]
pub(crate) struct Judges {
    /// The cue of each lane, and the sum from which on it is there.
    pub lanes: Vec<(CueId, i32)>,
    /// Row 0 is all zeros.
    rows: Vec<Row>,
    /// Rows of single words, by word id.
    words: Vec<u32>,
    /// Rows of runs of two and three words, by their key.
    runs: Runs,
    signals: BTreeMap<Signal, u32>,
}

impl Judges {
    /// `weights`: feature, lane, weight.
    pub fn build(lanes: Vec<(CueId, i32)>, weights: Vec<(Feature, usize, i8)>) -> Judges {
        let mut table: BTreeMap<Feature, Row> = BTreeMap::new();
        for (feature, lane, weight) in weights {
            table.entry(feature).or_insert([0; LANES])[lane] = weight;
        }
        let mut judges = Judges { lanes, rows: vec![[0; LANES]], ..Judges::default() };
        let mut runs = Vec::new();
        for (feature, row) in table {
            let number = judges.rows.len() as u32;
            judges.rows.push(row);
            match feature {
                Feature::Signal(signal) => {
                    judges.signals.insert(signal, number);
                }
                Feature::Words(words) if words.len() == 1 => {
                    let word = words[0] as usize;
                    judges.words.resize(judges.words.len().max(word + 1), 0);
                    judges.words[word] = number;
                }
                Feature::Words(words) => runs.push((run_key(&words), number)),
            }
        }
        judges.runs = Runs::build(&runs);
        judges
    }

    pub fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }

    /// The row of a single word; none if it has no weight.
    #[inline]
    pub fn word(&self, id: WordId) -> Option<&Row> {
        match self.words.get(id as usize) {
            None | Some(0) => None,
            Some(row) => Some(&self.rows[*row as usize]),
        }
    }

    /// The row of a run of two or three words.
    #[inline]
    pub fn run(&self, key: u64) -> Option<&Row> {
        self.runs.get(key).map(|row| &self.rows[row as usize])
    }

    /// The table of a lane as its rulebook file has it: the heaviest weights first, the features of one weight in alphabetical order.
    pub fn table(&self, lane: usize, word: impl Fn(WordId) -> String, cue: impl Fn(CueId) -> String) -> String {
        let words = self.words.iter().enumerate().map(|(id, row)| (word(id as WordId), *row));
        let runs = self.runs.slots.iter().filter(|(key, _)| *key != 0).map(|(key, row)| {
            let ids = (0..3).rev().map(|at| (key >> (21 * at)) as WordId & 0x1f_ffff).filter(|id| *id != 0);
            (ids.map(&word).collect::<Vec<String>>().join(" "), *row)
        });
        let signals = self.signals.iter().map(|(signal, row)| {
            let name = match signal {
                Signal::Here(id) => cue(*id),
                Signal::Before(id) => format!("before {}", cue(*id)),
                Signal::First => "first".to_string(),
                Signal::Words(class) => format!("words {class}"),
                Signal::Echo(number) => format!("echo {number}"),
            };
            (format!("@{name}"), *row)
        });
        let weighed = |(feature, row): (String, u32)| (self.rows[row as usize][lane], feature);
        let mut lines: Vec<(i8, String)> =
            words.chain(runs).chain(signals).map(weighed).filter(|(weight, _)| *weight != 0).collect();
        lines.sort_by(|(a, first), (b, second)| b.unsigned_abs().cmp(&a.unsigned_abs()).then_with(|| first.cmp(second)));
        lines.iter().map(|(weight, feature)| format!("{weight:>4} {feature}\n")).collect()
    }

    pub fn signal(&self, signal: Signal) -> Option<&Row> {
        self.signals.get(&signal).map(|row| &self.rows[*row as usize])
    }
}

/// The key of a run of words, 21 bits each. A run with a word that the rulebook does not know has no weight: its key is 0.
#[inline]
pub(crate) fn run_key(ids: &[WordId]) -> u64 {
    let mut key = 0;
    for id in ids {
        if *id == 0 {
            return 0;
        }
        key = (key << 21) | u64::from(*id);
    }
    key
}

/// Judges as they are stored: rows without their zeros, runs in the order of their keys, each with what its key is above the one before.
#[derive(Serialize, Deserialize)]
struct Stored {
    lanes: Vec<(CueId, i32)>,
    rows: Vec<Vec<(u8, i8)>>,
    words: Vec<u32>,
    runs: Vec<(u64, u32)>,
    signals: BTreeMap<Signal, u32>,
}

impl Serialize for Judges {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let weights =
            |row: &Row| (0..).zip(row).filter(|(_, weight)| **weight != 0).map(|(lane, weight)| (lane, *weight)).collect();
        let mut runs: Vec<(u64, u32)> = self.runs.slots.iter().filter(|(key, _)| *key != 0).copied().collect();
        runs.sort_unstable();
        let mut before = 0;
        for (key, _) in &mut runs {
            (*key, before) = (*key - before, *key);
        }
        let stored = Stored {
            lanes: self.lanes.clone(),
            rows: self.rows.iter().map(weights).collect(),
            words: self.words.clone(),
            runs,
            signals: self.signals.clone(),
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Judges {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Judges, D::Error> {
        let mut stored = Stored::deserialize(deserializer)?;
        let mut before = 0;
        for (key, _) in &mut stored.runs {
            before += *key;
            *key = before;
        }
        let mut rows = vec![[0; LANES]; stored.rows.len()];
        for (row, weights) in rows.iter_mut().zip(&stored.rows) {
            weights.iter().for_each(|(lane, weight)| row[usize::from(*lane) % LANES] = *weight);
        }
        let runs = Runs::build(&stored.runs);
        Ok(Judges { lanes: stored.lanes, rows, words: stored.words, runs, signals: stored.signals })
    }
}

/// A hash table from keys to rows.
#[derive(Debug, Default)]
struct Runs {
    /// One bit a key, several times as many bits as keys: most runs of words end here.
    sieve: Vec<u64>,
    slots: Vec<(u64, u32)>,
    shift: u32,
}

#[inline]
fn spread(key: u64) -> u64 {
    let x = (key ^ (key >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (x ^ (x >> 32)).wrapping_mul(0x94d0_49bb_1331_11eb)
}

impl Runs {
    fn build(keys: &[(u64, u32)]) -> Runs {
        if keys.is_empty() {
            return Runs::default();
        }
        let bits = (2 * keys.len()).next_power_of_two().max(16).trailing_zeros();
        let mut runs = Runs { sieve: vec![0; (1 << bits) / 8], slots: vec![(0, 0); 1 << bits], shift: 64 - bits };
        for (key, row) in keys {
            let (word, bit) = runs.sieve_bit(spread(*key));
            runs.sieve[word] |= bit;
            let mut at = (spread(*key) >> runs.shift) as usize;
            while runs.slots[at].0 != 0 {
                at = (at + 1) & (runs.slots.len() - 1);
            }
            runs.slots[at] = (*key, *row);
        }
        runs
    }

    #[inline]
    fn sieve_bit(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & (self.sieve.len() - 1), 1 << (hash & 63))
    }

    #[inline]
    fn get(&self, key: u64) -> Option<u32> {
        if key == 0 || self.slots.is_empty() {
            return None;
        }
        let hash = spread(key);
        let (word, bit) = self.sieve_bit(hash);
        if self.sieve[word] & bit == 0 {
            return None;
        }
        let mut at = (hash >> self.shift) as usize;
        loop {
            match self.slots[at] {
                (found, row) if found == key => return Some(row),
                (0, _) => return None,
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }
}
