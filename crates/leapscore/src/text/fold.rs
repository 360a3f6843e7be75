//! Folding: what differs between clean text, chat and raw speech recognition is levelled here, once.
//!
//! Case, apostrophes, accents and Unicode forms go; contractions are written out; fillers ("um") and immediate repeats
//! ("I I", "do I do I") collapse. Every token keeps the bytes of the word it came from.

use super::token::{Flags, Token};
use super::vocab::{EXPANDS, Vocabulary, WordHash};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

const WORD: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;

const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        if b.is_ascii_lowercase() {
            table[byte] = WORD;
        } else if b.is_ascii_uppercase() {
            table[byte] = WORD | UPPER;
        } else if b.is_ascii_digit() {
            table[byte] = WORD | DIGIT;
        }
        byte += 1;
    }
    table
};

/// Appends the tokens of one turn's text to the tokens of its floor; gives the number of words, fillers left out.
pub(crate) fn fold_turn(vocabulary: &Vocabulary, turn: u32, text: &str, tokens: &mut Vec<Token>) -> u32 {
    let mut out = Out { vocabulary, turn, tokens, words: 0 };
    if text.is_ascii() {
        fold_ascii(text.as_bytes(), &mut out);
    } else {
        fold_unicode(text, &mut out);
    }
    out.words
}

struct Out<'a> {
    vocabulary: &'a Vocabulary,
    turn: u32,
    tokens: &'a mut Vec<Token>,
    words: u32,
}

fn fold_ascii(text: &[u8], out: &mut Out<'_>) {
    let mut at = 0;
    while at < text.len() {
        let class = CLASS[text[at] as usize];
        if class & WORD == 0 {
            out.punctuation(text[at], text.get(at + 1).copied());
            at += 1;
            continue;
        }
        let start = at;
        let mut hash = WordHash::new();
        let mut bare = None;
        let mut before_s = hash;
        let mut classes = 0;
        let mut capitals = 0;
        loop {
            // Letters and digits: the whole of most words.
            while at < text.len() {
                let class = CLASS[text[at] as usize];
                if class & WORD == 0 {
                    break;
                }
                let upper = class & UPPER;
                if text[at] | 32 == b's' {
                    before_s = bare.unwrap_or(hash);
                }
                hash.push(text[at] | (upper << 4));
                if let Some(bare) = &mut bare {
                    WordHash::push(bare, text[at] | (upper << 4));
                }
                capitals += u32::from(upper >> 1);
                classes |= class;
                at += 1;
            }
            let joins = at < text.len()
                && text[at] == b'\''
                && text[at - 1].is_ascii_alphabetic()
                && text.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
            if !joins {
                break;
            }
            bare.get_or_insert(hash);
            hash.push(b'\'');
            at += 1;
        }
        let letters = (at - start) as u32;
        let mut flags = Flags::default();
        if classes & DIGIT != 0 && text[start..at].iter().all(u8::is_ascii_digit) {
            flags.add(Flags::DIGITS);
        }
        if capitals >= 2 && capitals + u32::from(bare.is_some()) == letters {
            flags.add(Flags::CAPITALS);
        }
        let ends_in_s = text[at - 1] | 32 == b's' && before_s.len() >= 3;
        let stem = if ends_in_s { before_s } else { bare.unwrap_or(hash) };
        out.word(hash.finish(), bare.map(WordHash::finish), stem.finish(), start as u32, at as u32, flags);
    }
}

fn fold_unicode(text: &str, out: &mut Out<'_>) {
    let mut done = 0;
    for (start, word) in text.unicode_word_indices() {
        out.between(&text[done..start]);
        done = start + word.len();
        fold_piece(word, start, out);
    }
    out.between(&text[done..]);
}

/// One word of Unicode's, cut where the ASCII path would cut it ("e.g", "1,310", "a_b").
fn fold_piece(word: &str, offset: usize, out: &mut Out<'_>) {
    let mut chars: Vec<(char, u32)> = Vec::with_capacity(word.len());
    fold_chars(word, |c, at| chars.push((c, (offset + at) as u32)));
    let end = (offset + word.len()) as u32;
    let mut at = 0;
    while at < chars.len() {
        if !is_word(chars[at].0) {
            if chars[at].0.is_ascii() {
                out.punctuation(chars[at].0 as u8, None);
            }
            at += 1;
            continue;
        }
        let first = at;
        let (mut hash, mut bare, mut apostrophe) = (WordHash::new(), WordHash::new(), false);
        let (mut digits, mut before_s) = (true, bare);
        while at < chars.len() {
            let c = chars[at].0;
            let joins =
                c == '\'' && chars[at - 1].0.is_alphabetic() && chars.get(at + 1).is_some_and(|(next, _)| next.is_alphabetic());
            if !is_word(c) && !joins {
                break;
            }
            if c == 's' {
                before_s = bare;
            }
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                hash.push(byte);
                if !joins {
                    bare.push(byte);
                }
            }
            apostrophe |= joins;
            digits &= c.is_ascii_digit();
            at += 1;
        }
        let stop = chars.get(at).map_or(end, |(_, byte)| *byte);
        let start = chars[first].1;
        let mut flags = Flags::default();
        if digits {
            flags.add(Flags::DIGITS);
        }
        let written = &word[start as usize - offset..stop as usize - offset];
        if written.chars().filter(|c| c.is_uppercase()).count() >= 2 && !written.chars().any(char::is_lowercase) {
            flags.add(Flags::CAPITALS);
        }
        let ends_in_s = chars[at - 1].0 == 's' && before_s.len() >= 3;
        let stem = if ends_in_s { before_s } else { bare };
        out.word(hash.finish(), apostrophe.then(|| bare.finish()), stem.finish(), start, stop, flags);
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Folds characters: compatibility decomposition, no marks, lower case, straight apostrophe. Gives each with the byte offset
/// of the character it came from.
pub(super) fn fold_chars(text: &str, mut give: impl FnMut(char, usize)) {
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            give(c.to_ascii_lowercase(), at);
            continue;
        }
        if matches!(c, '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{02bc}' | '\u{ff07}') {
            give('\'', at);
            continue;
        }
        for part in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
            for lower in part.to_lowercase().filter(|c| !is_combining_mark(*c)) {
                give(lower, at);
            }
        }
    }
}

impl Out<'_> {
    fn between(&mut self, text: &str) {
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            if byte.is_ascii() {
                self.punctuation(*byte, bytes.get(at + 1).copied());
            }
        }
        if text.contains(['\u{2014}', '\u{2026}', '\u{ff1f}', '\u{3002}']) {
            self.flag(Flags::EDGE);
        }
    }

    fn punctuation(&mut self, byte: u8, next: Option<u8>) {
        match byte {
            b'?' => {
                self.flag(Flags::QUESTION);
                self.flag(Flags::EDGE);
            }
            b'!' => {
                if next == Some(b'!') {
                    self.flag(Flags::BANGS);
                }
                self.flag(Flags::EDGE);
            }
            b'.' | b';' | b':' | b'\n' => self.flag(Flags::EDGE),
            b',' => self.flag(Flags::COMMA),
            _ => {}
        }
    }

    /// Flags the last word of this turn.
    fn flag(&mut self, flag: Flags) {
        if let Some(last) = self.tokens.last_mut().filter(|token| token.turn == self.turn) {
            last.flags.add(flag);
        }
    }

    #[inline(always)]
    fn word(&mut self, hash: u64, bare: Option<u64>, stem: u64, start: u32, end: u32, flags: Flags) {
        let turn = self.turn;
        let digits = if flags.has(Flags::DIGITS) { self.vocabulary.number } else { 0 };
        let token = |id, mask, hash, stem| Token { hash, stem, mask, id, turn, start, end, flags };
        let found = match self.vocabulary.get(hash) {
            None => bare.and_then(|bare| self.vocabulary.get(bare)),
            found => found,
        };
        self.words += 1;
        match found {
            Some(word) if word.id & EXPANDS == 0 => {
                if word.mask & self.vocabulary.filler == 0 {
                    self.push(token(word.id, word.mask | digits, bare.unwrap_or(hash), stem));
                } else {
                    self.words -= 1;
                }
            }
            Some(word) => {
                for word in self.vocabulary.expansion(word.id & !EXPANDS) {
                    self.push(token(word.id, word.mask, word.hash, word.stem));
                }
            }
            None => self.push(token(0, digits, bare.unwrap_or(hash), stem)),
        }
    }

    #[inline(always)]
    fn push(&mut self, token: Token) {
        if self.tokens.last().is_some_and(|last| Vocabulary::is_ambiguous(last.mask)) {
            self.resolve(token);
        }
        self.tokens.push(token);
        let n = self.tokens.len();
        for run in 1..=3 {
            if n >= 2 * run
                && self.tokens[n - 1 - run].hash == token.hash
                && (1..run).all(|i| self.tokens[n - 1 - i].hash == self.tokens[n - 1 - run - i].hash)
            {
                // The repeat goes, but what was written behind it stays.
                let flags = self.tokens[n - 1].flags;
                self.tokens.truncate(n - run);
                self.tokens[n - run - 1].flags.add(flags);
                return;
            }
        }
    }

    /// Reads the last word again now that its successor is known: "well get" is "we will get".
    #[cold]
    fn resolve(&mut self, next: Token) {
        let Some(last) = self.tokens.last().copied() else { return };
        for rule in &self.vocabulary.ambiguous {
            if rule.surface != last.id || next.mask & rule.before == 0 {
                continue;
            }
            let before = self.tokens.len().checked_sub(2).map(|at| self.tokens[at]);
            if before.is_some_and(|token| token.mask & rule.not_after != 0) {
                continue;
            }
            self.tokens.pop();
            for word in self.vocabulary.expansion(rule.expansion) {
                self.tokens.push(Token { id: word.id, mask: word.mask, hash: word.hash, stem: word.stem, ..last });
            }
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::VocabularyBuilder;
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut builder = VocabularyBuilder::new();
        builder.add_normalisation("don't", "do not");
        builder.add_normalisation("dont", "do not");
        for word in ["policy", "is", "you", "do", "not"] {
            builder.intern(word);
        }
        builder.build(0, 0)
    }

    fn both(text: &str) -> (Vec<Token>, Vec<Token>) {
        let vocabulary = vocabulary();
        let (mut ascii, mut unicode) = (Vec::new(), Vec::new());
        fold_ascii(text.as_bytes(), &mut Out { vocabulary: &vocabulary, turn: 0, tokens: &mut ascii, words: 0 });
        fold_unicode(text, &mut Out { vocabulary: &vocabulary, turn: 0, tokens: &mut unicode, words: 0 });
        (ascii, unicode)
    }

    #[test]
    fn the_path_for_ascii_and_the_path_for_unicode_agree() {
        let texts = [
            "Policy is policy, isn't it?",
            "DON'T tell me you don't! I I do do not",
            "e.g. 1,310.00 on 3/4 at 11:42, a_b c-d x@y.example",
            "rock'n'roll 3's 'quoted' o'clock's mum's mums'",
            "\t\0 odd \u{7f} bytes...!! (a) [b]",
            "",
        ];
        for text in texts {
            let (ascii, unicode) = both(text);
            assert_eq!(ascii, unicode, "{text:?}");
        }
    }

    #[test]
    fn apostrophes_accents_and_forms_are_levelled_and_bytes_kept() {
        let vocabulary = vocabulary();
        let fold = |text: &str| {
            let mut tokens = Vec::new();
            fold_turn(&vocabulary, 0, text, &mut tokens);
            tokens
        };
        let hashes = |text: &str| fold(text).iter().map(|token| token.hash).collect::<Vec<_>>();
        assert_eq!(hashes("don't"), hashes("DON\u{2019}T"));
        assert_eq!(hashes("don't"), hashes("dont"));
        assert_eq!(hashes("caf\u{e9}"), hashes("cafe\u{301}"));
        let token = fold("\u{1f642} caf\u{e9}!")[0];
        assert_eq!((token.start, token.end), (5, 10));
    }
}
