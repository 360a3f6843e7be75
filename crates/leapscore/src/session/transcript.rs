//! The texts of a running call, end to end in one buffer.

use crate::dialogue::push;
use crate::evidence::Texts;

#[derive(Clone, Default)]
pub(super) struct Transcript {
    text: String,
    /// Where each turn ends.
    ends: Vec<usize>,
}

impl Transcript {
    pub fn push(&mut self, text: &str) {
        let room = self.text.capacity() - self.text.len();
        if room < text.len() {
            // Kept small rather than quick to grow.
            self.text.reserve_exact(text.len().max(self.text.len() / 16));
        }
        self.text.push_str(text);
        push(&mut self.ends, self.text.len());
    }

    /// Forgets turns from the front.
    pub fn forget(&mut self, turns: usize) {
        let Some(bytes) = turns.checked_sub(1).map(|last| self.ends[last]) else { return };
        self.text.drain(..bytes);
        self.ends.drain(..turns);
        self.ends.iter_mut().for_each(|end| *end -= bytes);
    }

    pub fn heap_bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<usize>()
    }
}

impl Texts for Transcript {
    fn text(&self, turn: u32) -> &str {
        let turn = turn as usize;
        let start = turn.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[turn]]
    }
}
