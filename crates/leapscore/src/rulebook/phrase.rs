//! The phrase grammar.
//!
//! ```text
//! phrase := item+
//! item   := take | take? | *N | ^ | $
//! take   := word | {lexicon} | [choice|choice ...]
//! choice := word+ | {lexicon}
//! ```
//! `*N` is a gap of up to N words, `^` a clause's start, `$` a clause's end. Phrases are folded like the text they are to meet:
//! write "don't" or "do not", "OK" or "okay".

/// What one element takes, before words and lexicons have numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// One of these runs of words, or a member of one of these lexicons.
    Take {
        runs: Vec<Vec<String>>,
        lexicons: Vec<String>,
    },
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

/// Most ways to fill the gaps of a phrase, which bounds the verifier's work.
const MAX_WAYS: u32 = 1024;
/// Longest gap.
const MAX_GAP: u8 = 15;

/// Parses a phrase. `fold` gives the words that one written word stands for.
pub(crate) fn parse(text: &str, fold: &mut dyn FnMut(&str) -> Vec<String>) -> Result<Vec<Element>, String> {
    let mut elements: Vec<Element> = Vec::new();
    for piece in pieces(text)? {
        element(&piece, fold, &mut elements)?;
    }
    if !elements.iter().any(|element| !element.optional && matches!(element.item, Item::Take { .. })) {
        return Err("empty: nothing in it is required".into());
    }
    let ways = elements.iter().fold(1_u32, |ways, element| match element.item {
        Item::Gap(words) => ways.saturating_mul(u32::from(words) + 1),
        _ => ways,
    });
    if ways > MAX_WAYS {
        return Err("its gaps can be filled in too many ways; shorten them".into());
    }
    Ok(elements)
}

/// Splits at blanks outside brackets.
fn pieces(text: &str) -> Result<Vec<String>, String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
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

fn element(piece: &str, fold: &mut dyn FnMut(&str) -> Vec<String>, elements: &mut Vec<Element>) -> Result<(), String> {
    let (body, optional) = match piece.strip_suffix('?') {
        Some(body) => (body, true),
        None => (piece, false),
    };
    let mut push = |item| elements.push(Element { item, optional });
    if body == "^" {
        push(Item::ClauseStart);
    } else if body == "$" {
        push(Item::ClauseEnd);
    } else if let Some(digits) = body.strip_prefix('*') {
        let words: u8 = digits.parse().map_err(|_| format!("{body:?} is no gap; write *3 for up to three words"))?;
        if words == 0 || words > MAX_GAP {
            return Err(format!("a gap is 1 to {MAX_GAP} words"));
        }
        push(Item::Gap(words));
    } else if let Some(inner) = body.strip_prefix('[') {
        let inner = inner.strip_suffix(']').ok_or("an alternative is [a|b]")?;
        let (mut runs, mut lexicons) = (Vec::new(), Vec::new());
        for choice in inner.split('|').map(str::trim) {
            match lexicon(choice)? {
                Some(name) => lexicons.push(name),
                None => {
                    let run: Vec<String> = plain(choice)?.split_whitespace().flat_map(&mut *fold).collect();
                    if run.is_empty() {
                        return Err("an alternative is empty".into());
                    }
                    runs.push(run);
                }
            }
        }
        push(Item::Take { runs, lexicons });
    } else if let Some(name) = lexicon(body)? {
        push(Item::Take { runs: Vec::new(), lexicons: vec![name] });
    } else {
        let words = fold(plain(body)?);
        if optional {
            push(Item::Take { runs: vec![words], lexicons: Vec::new() });
        } else {
            // A contraction is several words, each of which can be an anchor.
            words.into_iter().for_each(|word| push(Item::Take { runs: vec![vec![word]], lexicons: Vec::new() }));
        }
    }
    Ok(())
}

fn lexicon(text: &str) -> Result<Option<String>, String> {
    let Some(inner) = text.strip_prefix('{') else { return Ok(None) };
    let name = inner.strip_suffix('}').ok_or("a lexicon slot is {name}, alone in its place")?;
    Ok(Some(plain(name)?.to_string()))
}

fn plain(text: &str) -> Result<&str, String> {
    if text.contains(['[', ']', '{', '}', '|', '*', '?', '^', '$']) {
        return Err(format!("{text:?} mixes words and signs"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(text: &str) -> Result<Vec<Element>, String> {
        parse(text, &mut |word| vec![word.to_lowercase()])
    }

    #[test]
    fn alternatives_words_lexicons_and_options() {
        assert_eq!(elements("that [must|would have to] be {hard}").unwrap().len(), 4);
        let Item::Take { runs, lexicons } = &elements("[a|b c|{hard}]").unwrap()[0].item else { panic!("takes words") };
        assert_eq!((runs.len(), lexicons.as_slice()), (2, ["hard".to_string()].as_slice()));
        assert!(elements("so [very much]? sorry").unwrap()[1].optional);
    }

    #[test]
    fn what_the_grammar_does_not_know_is_an_error() {
        for bad in
            ["", "so? very?", "*3", "*16 word", "[a|b", "{open", "[a||b]", "[a [b]]", "wor[d]", "[{a} b]", "a *9 b *9 c *9 d *9 e"]
        {
            assert!(elements(bad).is_err(), "{bad:?} was accepted");
        }
    }
}
