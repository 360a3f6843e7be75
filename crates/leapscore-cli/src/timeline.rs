//! The call along time: who spoke when, how tension stood, and what was found where.

use anstyle::{AnsiColor, Color, Style};
use leapscore::report::{FindingKind, LeapReport, OverlapKind};
use leapscore::{Call, Millis, Role, Turn};
use std::collections::BTreeSet;
use std::fmt::Write;

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const AGENT: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));
const CUSTOMER: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Blue)));
const GOOD: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));
const BAD: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Red)));
const WARN: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Yellow)));

/// Cells of one row.
const CELLS: usize = 86;
/// Most rows, unless the call is longer than the coarsest scale allows.
const ROWS: u64 = 6;
/// Milliseconds a cell may stand for.
const SCALES: [Millis; 9] = [100, 250, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000];
/// Where turns have no times, a word takes this long on paper.
const WORD: Millis = 350;
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Marks of the last lane: sign, style, what it means. Where two fall on one cell the first one is shown.
const MARKS: [(char, Style, &str); 7] = [
    ('!', BAD, "interruption"),
    ('x', BAD, "don't"),
    ('^', BAD, "tension spikes"),
    ('i', WARN, "advice"),
    ('p', WARN, "reply to hard news without a pause"),
    ('P', GOOD, "reply to hard news after a pause"),
    ('h', DIM, "hold"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Speech {
    None,
    Speaks,
    /// With the other one, by that one's leave or not.
    Over(bool),
}

/// When each turn was spoken: one span a word where words have times.
fn spans(call: &Call) -> (Vec<Vec<(Millis, Millis)>>, bool) {
    let of = |turn: &Turn| -> Vec<(Millis, Millis)> {
        let words: Vec<_> = turn.words().iter().map(|word| (word.start_ms(), word.end_ms())).collect();
        match (turn.start_ms(), turn.end_ms()) {
            _ if !words.is_empty() => words,
            (Some(start), Some(end)) => vec![(start, end)],
            _ => Vec::new(),
        }
    };
    let spans: Vec<_> = call.turns().iter().map(of).collect();
    let timed = call.turns().iter().zip(&spans).all(|(turn, spans)| !spans.is_empty() || turn.text().trim().is_empty());
    if timed && !spans.iter().all(Vec::is_empty) {
        return (spans, true);
    }
    let mut now = 0;
    let drawn = |turn: &Turn| {
        let start = now;
        now += turn.text().split_whitespace().count() as Millis * WORD;
        if now > start { vec![(start, now)] } else { Vec::new() }
    };
    (call.turns().iter().map(drawn).collect(), false)
}

struct Lanes {
    scale: Millis,
    first: Millis,
    numbers: Vec<Option<u32>>,
    speech: [Vec<Speech>; 2],
    tension: Vec<i32>,
    /// The place of a mark in [`MARKS`].
    marks: Vec<Option<usize>>,
}

impl Lanes {
    fn of(call: &Call, report: &LeapReport, spans: &[Vec<(Millis, Millis)>]) -> Lanes {
        let all = || spans.iter().flatten();
        let first = all().map(|span| span.0).min().unwrap_or(0);
        let length = all().map(|span| span.1).max().unwrap_or(0) - first;
        let fits = |scale: &Millis| length / scale < ROWS * CELLS as u64;
        let scale = SCALES.into_iter().find(fits).unwrap_or(length / (ROWS * CELLS as u64) + 1);
        let cells = length.div_ceil(scale).max(1) as usize;
        let mut lanes = Lanes {
            scale,
            first,
            numbers: vec![None; cells],
            speech: [vec![Speech::None; cells], vec![Speech::None; cells]],
            tension: vec![0; cells],
            marks: vec![None; cells],
        };
        for (index, (turn, spans)) in call.turns().iter().zip(spans).enumerate() {
            let lane = match turn.role() {
                Role::Agent => 0,
                Role::Customer => 1,
                _ => continue,
            };
            if let Some(span) = spans.first() {
                let at = lanes.cell(span.0);
                lanes.numbers[at].get_or_insert(index as u32);
            }
            for (start, end) in spans {
                let range = lanes.range(*start, *end);
                lanes.speech[lane][range].fill(Speech::Speaks);
            }
        }
        for overlap in &report.pacing.overlaps {
            let range = lanes.range(overlap.start_ms, overlap.start_ms.saturating_add(overlap.ms));
            let rude = overlap.kind == OverlapKind::Interruption;
            for cell in range {
                if lanes.speech.iter().all(|lane| lane[cell] != Speech::None) {
                    lanes.speech.iter_mut().for_each(|lane| lane[cell] = Speech::Over(rude));
                }
            }
        }
        for level in &report.tension.turns {
            for (start, end) in &spans[level.turn as usize] {
                let range = lanes.range(*start, *end);
                lanes.tension[range].fill(level.level);
            }
        }
        lanes.mark(report, spans);
        lanes
    }

    fn cell(&self, time: Millis) -> usize {
        ((time.saturating_sub(self.first) / self.scale) as usize).min(self.marks.len() - 1)
    }

    /// The cells of a span; a span that ends where a cell begins does not touch it.
    fn range(&self, start: Millis, end: Millis) -> std::ops::RangeInclusive<usize> {
        let first = self.cell(start);
        first..=self.cell(end.saturating_sub(1)).max(first)
    }

    fn mark(&mut self, report: &LeapReport, spans: &[Vec<(Millis, Millis)>]) {
        let start = |turn: u32| spans[turn as usize].first().map(|span| span.0);
        let sign = |sign: char| MARKS.iter().position(|mark| mark.0 == sign);
        let mut marks: Vec<(Option<Millis>, Option<usize>)> = Vec::new();
        for finding in &report.findings {
            let sort = match finding.kind {
                _ if finding.rule == "listen.interruption" => '!',
                FindingKind::Dont => 'x',
                _ => 'i',
            };
            marks.push((start(finding.turn), sign(sort)));
        }
        marks.extend(report.tension.spikes.iter().map(|spike| (start(spike.turn), sign('^'))));
        for latency in &report.pacing.response_latency_ms {
            let sort = latency.credit_permille.map(|credit| if credit >= 500 { 'P' } else { 'p' });
            marks.push((start(latency.turn), sort.and_then(sign)));
        }
        marks.extend(report.pacing.holds.iter().map(|hold| (Some(hold.start_ms), sign('h'))));
        for (time, mark) in marks {
            if let (Some(time), Some(mark)) = (time, mark) {
                let cell = self.cell(time);
                self.marks[cell] = Some(self.marks[cell].map_or(mark, |other| other.min(mark)));
            }
        }
    }
}

/// The timeline of one call.
pub fn render(call: &Call, report: &LeapReport) -> String {
    let (spans, timed) = spans(call);
    let mut out = String::new();
    if spans.iter().all(Vec::is_empty) {
        return out;
    }
    let lanes = Lanes::of(call, report, &spans);
    let scale = if lanes.scale.is_multiple_of(1000) { format!("{} s", lanes.scale / 1000) } else { format!("{} ms", lanes.scale) };
    let how = match timed {
        true => format!("a column is {scale}; numbers are turns"),
        false => format!("no times: drawn by words, a column is about {} of them; numbers are turns", (lanes.scale / WORD).max(1)),
    };
    let _ = writeln!(out, "\n{BOLD}Timeline{BOLD:#} {DIM}{how}{DIM:#}");
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let cells = lanes.marks.len();
    for row in (0..cells).step_by(CELLS) {
        let range = row..cells.min(row + CELLS);
        let time = (lanes.first + row as Millis * lanes.scale) / 1000;
        let clock = if timed { format!("{}:{:02}", time / 60, time % 60) } else { String::new() };
        line(&mut out, &clock, &numbers(&lanes.numbers[range.clone()]));
        line(&mut out, "agent", &speech(&lanes.speech[0][range.clone()], AGENT));
        line(&mut out, "customer", &speech(&lanes.speech[1][range.clone()], CUSTOMER));
        line(&mut out, "tension", &tension(&lanes.tension[range.clone()]));
        let marks = &lanes.marks[range];
        if marks.iter().any(Option::is_some) {
            line(&mut out, "found", &found(marks));
            seen.extend(marks.iter().flatten());
        }
        out.push('\n');
    }
    let over = |rude: bool| lanes.speech[0].contains(&Speech::Over(rude));
    let mut legend: Vec<String> = seen
        .into_iter()
        .map(|mark| {
            let (sign, style, text) = MARKS[mark];
            format!("{style}{sign}{style:#} {text}")
        })
        .collect();
    legend.extend(over(true).then(|| format!("{BAD}▓{BAD:#} cuts in")));
    legend.extend(over(false).then(|| format!("{WARN}▒{WARN:#} both speak")));
    if !legend.is_empty() {
        let _ = writeln!(out, "  {}", legend.join("   "));
    }
    out
}

fn line(out: &mut String, name: &str, cells: &str) {
    let _ = writeln!(out, "  {DIM}{name:>8}{DIM:#}{}{cells}", if cells.is_empty() { "" } else { " " });
}

/// Turn numbers, as many as there is room for.
fn numbers(cells: &[Option<u32>]) -> String {
    let mut text = String::new();
    for (cell, turn) in cells.iter().enumerate() {
        let Some(turn) = turn else { continue };
        let used = text.len();
        if used == 0 || used < cell {
            let _ = write!(text, "{}{turn}", " ".repeat(cell - used));
        }
    }
    format!("{DIM}{text}{DIM:#}")
}

fn speech(cells: &[Speech], style: Style) -> String {
    runs(cells, |cell| match cell {
        Speech::None => (' ', Style::new()),
        Speech::Speaks => ('█', style),
        Speech::Over(true) => ('▓', BAD),
        Speech::Over(false) => ('▒', WARN),
    })
}

fn tension(cells: &[i32]) -> String {
    runs(cells, |level| match level {
        ..=0 => (' ', Style::new()),
        level => {
            let style = if level >= 50 { BAD } else { WARN };
            (LEVELS[(level as usize * LEVELS.len() / 101).min(LEVELS.len() - 1)], style)
        }
    })
}

fn found(cells: &[Option<usize>]) -> String {
    runs(cells, |mark| mark.map_or((' ', Style::new()), |mark| (MARKS[mark].0, MARKS[mark].1)))
}

/// The cells' signs, each run of one style set once.
fn runs<T: Copy>(cells: &[T], sign: impl Fn(T) -> (char, Style)) -> String {
    let signs: Vec<(char, Style)> = cells.iter().map(|cell| sign(*cell)).collect();
    let end = signs.iter().rposition(|(sign, _)| *sign != ' ').map_or(0, |last| last + 1);
    let mut text = String::new();
    for run in signs[..end].chunk_by(|a, b| a.1 == b.1) {
        let style = run[0].1;
        let cells: String = run.iter().map(|(sign, _)| *sign).collect();
        let _ = write!(text, "{style}{cells}{style:#}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use leapscore::Scorer;

    fn drawn(json: &str) -> String {
        let call = Call::from_json(json).expect("a call");
        let text = render(&call, &Scorer::new().score(&call));
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn two_lanes_overlap_and_marks_stand_where_they_were_spoken() {
        let page = drawn(
            r#"{"turns":[
            {"role":"customer","text":"I lost my job in March and I'm so scared we'll lose the","start_ms":0,"end_ms":4000},
            {"role":"agent","text":"I see your balance is overdue, how soon can you pay?","start_ms":3000,"end_ms":6000},
            {"role":"customer","text":"I can't","start_ms":8000,"end_ms":8600}]}"#,
        );
        let expected = "
Timeline a column is 100 ms; numbers are turns
      0:00 0                             1                                                 2
     agent                               ▓▓▓▓▓▓▓▓▓▓████████████████████
  customer ██████████████████████████████▓▓▓▓▓▓▓▓▓▓                                        ██████
   tension ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄                                        ▃▃▃▃▃▃
     found ^                             !

  ! interruption   ^ tension spikes   ▓ cuts in
";
        assert_eq!(page, expected, "{page}");
    }

    #[test]
    fn a_call_without_times_is_drawn_by_its_words() {
        let page = drawn(r#"{"turns":[{"role":"customer","text":"hello there"},{"role":"agent","text":"hello"}]}"#);
        assert!(page.contains("no times: drawn by words"), "{page}");
        assert!(page.contains("customer ███████\n"), "{page}");
    }

    #[test]
    fn a_long_call_takes_a_handful_of_rows_and_an_empty_one_none() {
        let turn =
            |at: u64| format!(r#"{{"role":"agent","text":"so","start_ms":{},"end_ms":{}}}"#, at * 10_000, at * 10_000 + 4000);
        let turns: Vec<String> = (0..700).map(turn).collect();
        let page = drawn(&format!(r#"{{"turns":[{}]}}"#, turns.join(",")));
        assert!(page.lines().count() < 40, "{}", page.lines().count());
        assert_eq!(drawn(r#"{"turns":[]}"#), "");
        assert!(drawn(r#"{"turns":[{"role":"system","text":"recorded"}]}"#).contains("agent\n"));
    }
}
