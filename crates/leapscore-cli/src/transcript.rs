//! Plain-text transcripts: `Agent: ...` and `Customer: ...`, one turn a line, with or without `[mm:ss]` in front.

use leapscore::{Call, CallInfo, Channel, Error, Role, Turn};

/// Reads a plain-text transcript. A line without a speaker goes on with the turn before it.
pub fn parse(text: &str) -> Result<Call, Error> {
    let mut turns: Vec<(Role, String, Option<u64>)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (start, rest) = time(line);
        match speaker(rest) {
            Some((role, words)) => turns.push((role, words.to_string(), start)),
            None => match turns.last_mut() {
                Some((_, words, _)) => {
                    words.push('\n');
                    words.push_str(rest);
                }
                None => {
                    return Err(Error::in_text(
                        index + 1,
                        "no speaker; a turn starts with \"Agent:\", \"Customer:\" or \"System:\"",
                    ));
                }
            },
        }
    }
    let turn = |(role, words, start)| Turn::new(role, words).at(start, None);
    Call::new(CallInfo::new(Channel::Voice), turns.into_iter().map(turn).collect::<Result<_, Error>>()?)
}

/// `[mm:ss]`, `[hh:mm:ss]`, with or without `.mmm`, in milliseconds.
fn time(line: &str) -> (Option<u64>, &str) {
    let read = || {
        let (inside, rest) = line.strip_prefix('[')?.split_once(']')?;
        let (clock, fraction) = inside.split_once('.').unwrap_or((inside, "0"));
        let mut seconds = 0_u64;
        for part in clock.split(':') {
            seconds = seconds.checked_mul(60)?.checked_add(part.trim().parse().ok()?)?;
        }
        let thousandths: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
        Some((seconds.checked_mul(1000)?.checked_add(thousandths)?, rest.trim_start()))
    };
    match read() {
        Some((start, rest)) => (Some(start), rest),
        None => (None, line),
    }
}

fn speaker(line: &str) -> Option<(Role, &str)> {
    let (name, words) = line.split_once(':')?;
    Role::parse(name).ok().map(|role| (role, words.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_times_and_continued_lines() {
        let call =
            parse("[00:04] Customer: I lost my job.\n  It was in March.\n\n[01:02:03.5] AGENT: Oh no: what happened?\n").unwrap();
        let turns = call.turns();
        assert_eq!((turns[0].text(), turns[0].start_ms()), ("I lost my job.\nIt was in March.", Some(4_000)));
        assert_eq!((turns[1].text(), turns[1].start_ms()), ("Oh no: what happened?", Some(3_723_500)));
    }

    #[test]
    fn a_first_line_without_a_speaker_is_an_error_with_its_line() {
        let error = parse("\nhello there\n").unwrap_err();
        assert_eq!(error.place().line, Some(2));
    }
}
