//! Word identities: every word a rulebook knows has a number and the set of lexicons it is in.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// Number of a word in its rulebook; 0 is "not known".
pub(crate) type WordId = u32;

/// A set of lexicons, one bit each. The three highest bits say what else there is to know of a word, so that a token that
/// has none of it costs the scan nothing.
pub(crate) type LexMask = u128;

/// Phrases are filed under the word.
pub(crate) const HAS_PHRASES: LexMask = 1 << 127;
/// Lexicon entries of several words are filed under the word.
pub(crate) const HAS_ENTRIES: LexMask = 1 << 126;
/// The word may be another one before certain words.
const IS_AMBIGUOUS: LexMask = 1 << 125;

/// Hash of a folded word, fed byte by byte. Stable: it decides nothing but identity.
#[derive(Clone, Copy)]
pub(super) struct WordHash {
    state: u64,
    block: u64,
    len: u32,
}

impl WordHash {
    pub const fn new() -> WordHash {
        WordHash { state: 0x51_7c_c1_b7_27_22_0a_95, block: 0, len: 0 }
    }

    #[inline(always)]
    pub fn push(&mut self, byte: u8) {
        self.block = (self.block << 8) | u64::from(byte);
        self.len += 1;
        if self.len & 7 == 0 {
            self.state = mix(self.state ^ self.block);
            self.block = 0;
        }
    }

    pub fn len(self) -> u32 {
        self.len
    }

    #[inline(always)]
    pub fn finish(self) -> u64 {
        // 0 marks an empty slot.
        mix(self.state ^ self.block ^ (u64::from(self.len) << 56)).max(1)
    }

    /// The hash of a word without its final "s", if it is longer than three letters.
    pub fn stem(word: &str) -> u64 {
        WordHash::of(match word.strip_suffix('s') {
            Some(stem) if stem.len() >= 3 => stem,
            _ => word,
        })
    }

    pub fn of(word: &str) -> u64 {
        let mut hash = WordHash::new();
        for byte in word.bytes() {
            hash.push(byte);
        }
        hash.finish()
    }
}

#[inline(always)]
fn mix(x: u64) -> u64 {
    let wide = u128::from(x) * 0x9e37_79b9_7f4a_7c15_u128;
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// What a surface word stands for: a word, or (with `EXPANDS`) several words or another one ("don't", "thx").
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Word {
    pub id: WordId,
    pub mask: LexMask,
}

/// One of the words that a surface word stands for.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Expanded {
    pub id: WordId,
    pub mask: LexMask,
    pub hash: u64,
    pub stem: u64,
}

/// In a [`Word`]'s id: the rest is an index into the expansions.
pub(super) const EXPANDS: WordId = 1 << 31;

/// A word that is another one before certain words, once its apostrophe is lost ("we'll get" - "well get").
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Ambiguous {
    pub surface: WordId,
    pub expansion: u32,
    /// The next word is in one of these lexicons.
    pub before: LexMask,
    /// And the word in front is in none of these.
    pub not_after: LexMask,
}

/// The words of a rulebook, immutable and shared.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// Hashes apart from what they lead to: most words that a rulebook does not know end at an empty slot.
    hashes: Vec<u64>,
    found: Vec<Word>,
    shift: u32,
    expansions: Vec<Vec<Expanded>>,
    words: Vec<String>,
    pub(super) ambiguous: Vec<Ambiguous>,
    pub(super) filler: LexMask,
    /// The lexicon that digits belong to.
    pub(super) number: LexMask,
}

impl Vocabulary {
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Option<Word> {
        let mut at = (hash >> self.shift) as usize;
        loop {
            match self.hashes[at] {
                0 => return None,
                other if other == hash => return Some(self.found[at]),
                _ => at = (at + 1) & (self.hashes.len() - 1),
            }
        }
    }

    pub(super) fn expansion(&self, index: u32) -> &[Expanded] {
        &self.expansions[index as usize]
    }

    /// How many words are known (ids are 1 to this number).
    pub fn len(&self) -> usize {
        self.words.len() - 1
    }

    /// A token's folded word; `text` is what it covers, which tells a word that is not known.
    pub fn word_of(&self, token: &super::Token, text: &str) -> String {
        match token.id {
            0 => fold_word(text).chars().filter(|c| *c != '\'').collect(),
            id => self.word(id).to_string(),
        }
    }

    /// The folded word `id`.
    pub fn word(&self, id: WordId) -> &str {
        &self.words[id as usize]
    }
}

/// Collects the words of a rulebook.
#[derive(Default)]
pub(crate) struct VocabularyBuilder {
    ids: BTreeMap<String, WordId>,
    words: Vec<String>,
    masks: Vec<LexMask>,
    /// Folded surface form (with its apostrophe, if any) to the words that it stands for.
    normalise: BTreeMap<String, Vec<String>>,
    ambiguous: Vec<(String, Vec<String>, LexMask, LexMask)>,
}

impl VocabularyBuilder {
    pub fn new() -> VocabularyBuilder {
        VocabularyBuilder { words: vec![String::new()], masks: vec![0], ..VocabularyBuilder::default() }
    }

    /// `surface` is to be read as `words`.
    pub fn add_normalisation(&mut self, surface: &str, words: &str) {
        let words = words.split_whitespace().map(str::to_string).collect();
        self.normalise.insert(fold_word(surface), words);
    }

    pub fn add_ambiguous(&mut self, surface: &str, words: &str, before: LexMask, not_after: LexMask) {
        let words = words.split_whitespace().map(str::to_string).collect();
        self.ambiguous.push((fold_word(surface), words, before, not_after));
    }

    /// The words that one written word stands for, folded; what [`super::fold_turn`] makes of it.
    pub fn normal_forms(&self, word: &str) -> Vec<String> {
        let folded = fold_word(word);
        if let Some(words) = self.normalise.get(&folded) {
            return words.clone();
        }
        let bare: String = folded.chars().filter(|c| *c != '\'').collect();
        match self.normalise.get(&bare) {
            Some(words) => words.clone(),
            None if bare.is_empty() => Vec::new(),
            None => vec![bare],
        }
    }

    /// How many words there are so far.
    pub fn len(&self) -> usize {
        self.words.len() - 1
    }

    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.words.len() as WordId;
        self.ids.insert(word.to_string(), id);
        self.words.push(word.to_string());
        self.masks.push(0);
        id
    }

    pub fn add_mask(&mut self, id: WordId, mask: LexMask) {
        self.masks[id as usize] |= mask;
    }

    /// `filler`: the lexicon whose words are dropped; `number`: the one that digits belong to.
    pub fn build(mut self, filler: LexMask, number: LexMask) -> Vocabulary {
        let normalise = std::mem::take(&mut self.normalise);
        let ambiguous = std::mem::take(&mut self.ambiguous);
        let mut expansions = Vec::new();
        let mut surfaces = Vec::new();
        let mut expand = |builder: &mut VocabularyBuilder, words: &[String]| {
            let ids: Vec<WordId> = words.iter().map(|word| builder.intern(word)).collect();
            expansions.push(ids);
            expansions.len() as u32 - 1
        };
        for (surface, words) in &normalise {
            let index = expand(&mut self, words);
            surfaces.push((WordHash::of(surface), index));
        }
        let ambiguous: Vec<Ambiguous> = ambiguous
            .into_iter()
            .map(|(surface, words, before, not_after)| Ambiguous {
                expansion: expand(&mut self, &words),
                surface: self.intern(&surface),
                before,
                not_after,
            })
            .collect();
        ambiguous.iter().for_each(|rule| self.add_mask(rule.surface, IS_AMBIGUOUS));
        let read = |id: WordId| Expanded {
            id,
            mask: self.masks[id as usize],
            hash: WordHash::of(&self.words[id as usize]),
            stem: WordHash::stem(&self.words[id as usize]),
        };
        let expansions = expansions.into_iter().map(|ids| ids.into_iter().map(read).collect()).collect();
        let mut vocabulary = Vocabulary { expansions, words: self.words, ambiguous, filler, number, ..Vocabulary::default() };
        vocabulary.make_room(vocabulary.words.len() + surfaces.len());
        for (hash, index) in surfaces {
            vocabulary.insert(hash, Word { id: EXPANDS | index, mask: 0 });
        }
        for id in 1..vocabulary.words.len() {
            let hash = WordHash::of(&vocabulary.words[id]);
            if vocabulary.get(hash).is_none() {
                vocabulary.insert(hash, Word { id: id as WordId, mask: self.masks[id] });
            }
        }
        vocabulary
    }
}

impl Vocabulary {
    fn make_room(&mut self, surfaces: usize) {
        let bits = (2 * surfaces).next_power_of_two().max(16).trailing_zeros();
        self.hashes = vec![0; 1 << bits];
        self.found = vec![Word { id: 0, mask: 0 }; 1 << bits];
        self.shift = 64 - bits;
    }

    fn insert(&mut self, hash: u64, word: Word) {
        let mut at = (hash >> self.shift) as usize;
        while self.hashes[at] != 0 {
            at = (at + 1) & (self.hashes.len() - 1);
        }
        self.hashes[at] = hash;
        self.found[at] = word;
    }

    /// The word may be another one, now that its successor is known.
    #[inline]
    pub(super) fn is_ambiguous(mask: LexMask) -> bool {
        mask & IS_AMBIGUOUS != 0
    }
}

/// A vocabulary as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    surfaces: Vec<(u64, Word)>,
    expansions: Vec<Vec<Expanded>>,
    words: Vec<String>,
    ambiguous: Vec<Ambiguous>,
    filler: LexMask,
    number: LexMask,
}

impl Serialize for Vocabulary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let slots = self.hashes.iter().copied().zip(self.found.iter().copied());
        let stored = Stored {
            surfaces: slots.filter(|(hash, _)| *hash != 0).collect(),
            expansions: self.expansions.clone(),
            words: self.words.clone(),
            ambiguous: self.ambiguous.clone(),
            filler: self.filler,
            number: self.number,
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Vocabulary, D::Error> {
        let Stored { surfaces, expansions, words, ambiguous, filler, number } = Stored::deserialize(deserializer)?;
        let mut vocabulary = Vocabulary { expansions, words, ambiguous, filler, number, ..Vocabulary::default() };
        vocabulary.make_room(surfaces.len());
        surfaces.into_iter().for_each(|(hash, word)| vocabulary.insert(hash, word));
        Ok(vocabulary)
    }
}

/// Lower case, straight apostrophes, no accents: one word as `fold_turn` sees it before it looks it up.
pub(super) fn fold_word(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    super::fold::fold_chars(word, |c, _| folded.push(c));
    folded
}
