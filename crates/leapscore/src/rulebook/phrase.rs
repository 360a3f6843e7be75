//! The phrase grammar.
//!
//! ```text
//! phrase := item+
//! item   := word | word? | [alt|alt ...] | [alt|alt]? | {lexicon} | {lexicon}? | *N | ^ | $
//! ```
//! `*N` is a gap of up to N words, `^` a clause's start, `$` a clause's end.

/// One element, before words and lexicons have numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Word(String),
    AnyOf(Vec<String>),
    Lexicon(String),
    Gap(u8),
    ClauseStart,
    ClauseEnd,
}

/// An item and whether it may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub item: Item,
    pub optional: bool,
}

/// Most sequences that one phrase may stand for.
const MAX_SEQUENCES: usize = 256;
/// Longest gap.
const MAX_GAP: u8 = 8;

/// Parses a phrase into the sequences that it stands for: alternatives of several words are written out.
pub(crate) fn parse(text: &str, fold: &mut dyn FnMut(&str) -> Vec<String>) -> Result<Vec<Vec<Element>>, String> {
    let mut sequences: Vec<Vec<Element>> = vec![Vec::new()];
    for piece in pieces(text)? {
        let (body, optional) = match piece.strip_suffix('?') {
            Some(body) => (body, true),
            None => (piece.as_str(), false),
        };
        let choices = choices(body, optional, fold)?;
        sequences = sequences
            .iter()
            .flat_map(|head| choices.iter().map(|tail| [head.as_slice(), tail.as_slice()].concat()))
            .collect();
        if sequences.len() > MAX_SEQUENCES {
            return Err(format!("stands for more than {MAX_SEQUENCES} sequences; split it"));
        }
    }
    for sequence in &sequences {
        let required = sequence
            .iter()
            .any(|element| !element.optional && matches!(element.item, Item::Word(_) | Item::AnyOf(_) | Item::Lexicon(_)));
        if !required {
            return Err("empty: nothing in it is required".into());
        }
        let gaps = sequence.iter().filter(|element| matches!(element.item, Item::Gap(_))).count();
        if gaps > 3 {
            return Err("more than three gaps".into());
        }
    }
    Ok(sequences)
}

/// Splits at blanks outside brackets.
fn pieces(text: &str) -> Result<Vec<String>, String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        if !(0..=1).contains(&depth) {
            return Err("brackets do not nest or do not match".into());
        }
        if c.is_whitespace() && depth == 0 {
            pieces.extend((!piece.is_empty()).then(|| std::mem::take(&mut piece)));
        } else {
            piece.push(c);
        }
    }
    if depth != 0 {
        return Err("a bracket is not closed".into());
    }
    pieces.extend((!piece.is_empty()).then_some(piece));
    Ok(pieces)
}

/// What one piece may be, each a short sequence.
fn choices(body: &str, optional: bool, fold: &mut dyn FnMut(&str) -> Vec<String>) -> Result<Vec<Vec<Element>>, String> {
    let one = |item| vec![vec![Element { item, optional }]];
    if body == "^" {
        return Ok(one(Item::ClauseStart));
    }
    if body == "$" {
        return Ok(one(Item::ClauseEnd));
    }
    if let Some(digits) = body.strip_prefix('*') {
        let words: u8 = digits.parse().map_err(|_| format!("{body:?} is no gap; write *3 for up to three words"))?;
        if words == 0 || words > MAX_GAP {
            return Err(format!("a gap is 1 to {MAX_GAP} words"));
        }
        return Ok(vec![vec![Element { item: Item::Gap(words), optional: false }]]);
    }
    if let Some(inner) = body.strip_prefix('{') {
        let name = inner.strip_suffix('}').ok_or("a lexicon slot is {name}")?;
        return Ok(one(Item::Lexicon(name.trim().to_string())));
    }
    let alternatives: Vec<&str> = match body.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']').ok_or("an alternative is [a|b]")?.split('|').collect(),
        None if body.contains(['[', ']', '{', '}', '|']) => return Err(format!("{body:?} mixes a word and a bracket")),
        None => vec![body],
    };
    let mut singles = Vec::new();
    let mut choices: Vec<Vec<Element>> = Vec::new();
    for alternative in alternatives {
        if let Some(name) = alternative.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            choices.push(vec![Element { item: Item::Lexicon(name.to_string()), optional: false }]);
            continue;
        }
        let mut words: Vec<String> = alternative.split_whitespace().flat_map(&mut *fold).collect();
        match words.len() {
            0 => return Err("an alternative is empty".into()),
            1 => singles.extend(words.pop()),
            _ => choices.push(words.into_iter().map(|word| Element { item: Item::Word(word), optional: false }).collect()),
        }
    }
    if optional && !choices.is_empty() {
        choices.push(Vec::new());
    }
    let single = match singles.len() {
        0 => None,
        1 => singles.pop().map(Item::Word),
        _ => Some(Item::AnyOf(singles)),
    };
    choices.extend(single.map(|item| vec![Element { item, optional }]));
    Ok(choices)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequences(text: &str) -> Result<Vec<Vec<Element>>, String> {
        parse(text, &mut |word| vec![word.to_lowercase()])
    }

    #[test]
    fn alternatives_of_one_word_stay_together_and_longer_ones_are_written_out() {
        assert_eq!(sequences("that [must|would] be {hard}").unwrap().len(), 1);
        assert_eq!(sequences("[give me|one] moment").unwrap().len(), 2);
        assert_eq!(sequences("so [very much]? sorry").unwrap().len(), 2);
    }

    #[test]
    fn what_the_grammar_does_not_know_is_an_error() {
        for bad in ["", "so? very?", "*3", "*9 word", "[a|b", "{open", "[a||b]", "[a [b]]", "wor[d]", "a *1 b *1 c *1 d *1 e"] {
            assert!(sequences(bad).is_err(), "{bad:?} was accepted");
        }
    }
}
