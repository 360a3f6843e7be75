//! The report for the terminal.

use anstyle::{AnsiColor, Color, Style};
use leapscore::report::{Checkpoint, FindingKind, LeapReport, OutcomeState, PillarReport, State};
use leapscore::{Call, Evidence, Pillar, Role};
use std::fmt::Write;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));
const YELLOW: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Yellow)));
const RED: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Red)));
const CYAN: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));

/// Width of the page, in columns.
const WIDTH: usize = 100;
/// Width of a full pillar bar, in columns.
const BAR: usize = 25;
/// Lines of what went well.
const STRENGTHS: usize = 4;
/// Words shown behind the evidence, to the end of its clause.
const MORE_WORDS: usize = 6;
/// Longest quote, in characters.
const QUOTE: usize = 90;

/// The report of one call.
pub fn render(name: &str, call: &Call, report: &LeapReport) -> String {
    let mut page = Page { out: String::new(), call, report };
    page.head(name);
    page.pillars();
    page.checkpoints();
    page.strengths();
    page.findings();
    page.tension();
    page.coaching();
    for warning in &report.warnings {
        page.line(format!("{DIM}Note: {warning}.{DIM:#}"));
    }
    page.out
}

struct Page<'a> {
    out: String,
    call: &'a Call,
    report: &'a LeapReport,
}

impl Page<'_> {
    fn line(&mut self, line: String) {
        self.out.push_str(&line);
        self.out.push('\n');
    }

    fn title(&mut self, title: &str) {
        self.line(format!("\n{BOLD}{title}{BOLD:#}"));
    }

    /// Text set in a column behind `indent` blanks.
    fn wrapped(&mut self, indent: usize, style: Style, text: &str) {
        let blank = " ".repeat(indent);
        for line in textwrap::wrap(text, WIDTH - indent) {
            self.line(format!("{blank}{style}{line}{style:#}"));
        }
    }

    fn head(&mut self, name: &str) {
        let report = self.report;
        let id = report.call_id.as_deref().unwrap_or(name);
        let agent = report.agent_id.as_deref().map_or(String::new(), |agent| format!(", agent {agent}"));
        let turns = self.call.turns().len();
        self.line(format!("{BOLD}{id}{BOLD:#}{DIM}{agent}, {turns} turns{DIM:#}"));
        let line = match report.overall.score {
            Some(score) => {
                let style = shade(score);
                format!("LEAP score {BOLD}{style}{score}{style:#}{BOLD:#} {DIM}of 100{DIM:#}")
            }
            None => format!("LEAP score {DIM}none: {}{DIM:#}", reason(report.overall.reason)),
        };
        self.line(line);
    }

    fn pillars(&mut self) {
        self.out.push('\n');
        for pillar in Pillar::ALL {
            let name = match pillar {
                Pillar::Listen => "Listen",
                Pillar::Empathize => "Empathize",
                Pillar::Acknowledge => "Acknowledge",
                _ => "Personalize",
            };
            let line = bar(name, self.report.pillar(pillar));
            self.line(line);
        }
    }

    fn checkpoints(&mut self) {
        self.title("Checkpoints");
        let points = &self.report.checkpoints;
        let lines = [
            ("Paused to listen", &points.paused_to_listen),
            ("Acknowledged emotions", &points.acknowledged_emotions),
            ("Reframed the situation", &points.reframed),
            ("Offered choice", &points.offered_choice),
        ];
        for (name, point) in lines {
            let line = self.checkpoint(name, point);
            self.line(line);
        }
    }

    fn checkpoint(&self, name: &str, point: &Checkpoint) -> String {
        let (sign, style, word) = match point.state {
            State::Met => ("✓", GREEN, "met"),
            State::Missed => ("✗", RED, "missed"),
            State::NotApplicable => ("–", DIM, "no occasion"),
            _ => ("?", DIM, "cannot be judged"),
        };
        let quote = match (point.state, point.evidence.first()) {
            (State::Met, Some(part)) => format!("  {DIM}{} {}{DIM:#}", place(part), quoted(self.call, &point.evidence)),
            _ => String::new(),
        };
        format!("  {style}{sign}{style:#} {name:<23}{style}{word:<11}{style:#}{quote}")
    }

    /// The dos that earned most, with their words.
    fn strengths(&mut self) {
        let mut lines: Vec<(i32, &str, &[Evidence])> = Pillar::ALL
            .into_iter()
            .flat_map(|pillar| &self.report.pillar(pillar).ledger)
            .filter(|line| line.points > 0 && !line.reason.starts_with("limit.") && !line.reason.starts_with("cap."))
            .map(|line| (line.points, line.reason.as_str(), line.evidence.as_slice()))
            .collect();
        lines.sort_by_key(|(points, _, _)| -points);
        lines.truncate(STRENGTHS);
        if lines.is_empty() {
            return;
        }
        self.title("What went well");
        for (points, reason, evidence) in lines {
            let turn = evidence.first().map_or(String::new(), place);
            self.line(format!("  {GREEN}{points:>+4}{GREEN:#} {reason:<32}{DIM}{turn}{DIM:#} {}", quoted(self.call, evidence)));
        }
    }

    fn findings(&mut self) {
        if self.report.findings.is_empty() {
            return;
        }
        self.title("What got in the way");
        for finding in &self.report.findings {
            let style = if finding.kind == FindingKind::Dont { RED } else { YELLOW };
            self.line(format!(
                "  {style}●{style:#} {DIM}turn {}{DIM:#} {BOLD}{}{BOLD:#}  {}",
                finding.turn, finding.rule, finding.message
            ));
            let said: Vec<Evidence> = finding.evidence.iter().filter(|part| self.role(part) == Role::Agent).cloned().collect();
            self.wrapped(4, style, &quoted(self.call, &said));
            self.wrapped(4, DIM, &format!("Instead: {}", finding.instead));
        }
    }

    fn role(&self, part: &Evidence) -> Role {
        self.call.turns()[part.turn as usize].role()
    }

    fn tension(&mut self) {
        let tension = &self.report.tension;
        if tension.turns.iter().all(|turn| turn.level == 0) {
            return;
        }
        self.title("Tension");
        let bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let curve: String = tension.turns.iter().map(|turn| bars[(turn.level.clamp(0, 100) * 7 / 100) as usize]).collect();
        let outcome = match self.report.outcome.state {
            OutcomeState::ChoiceMade => "the customer made a choice",
            OutcomeState::PromiseToPay => "the customer promised to pay",
            OutcomeState::Thanked => "the customer gave thanks",
            OutcomeState::Calmer => "the customer calmed down",
            OutcomeState::LeftAngry => "the customer left angry",
            _ => "",
        };
        self.line(format!("  {CYAN}{curve}{CYAN:#}  {DIM}{outcome}{DIM:#}"));
        for spike in &tension.spikes {
            let calmed = spike.calmed_at_turn.map_or("never calmed".to_string(), |turn| format!("calmed at turn {turn}"));
            self.line(format!(
                "  {YELLOW}▲{YELLOW:#} {DIM}turn {}{DIM:#} rose by {} to {}, {calmed}",
                spike.turn, spike.jump, spike.level
            ));
        }
    }

    fn coaching(&mut self) {
        if self.report.coaching.is_empty() {
            return;
        }
        self.title("Next steps");
        for (index, step) in self.report.coaching.iter().enumerate() {
            let gain =
                format!("{} {} → {}", step.pillar.name(), self.report.pillar(step.pillar).score.unwrap_or(0), step.pillar_score_if);
            let overall = format!("call {} → {}", self.report.overall.score.unwrap_or(0), step.overall_if);
            self.line(format!(
                "  {CYAN}{}{CYAN:#} {DIM}turn {}{DIM:#} {BOLD}{}{BOLD:#}  {GREEN}{gain}, {overall}{GREEN:#}",
                index + 1,
                step.turn,
                step.rule
            ));
            self.wrapped(4, Style::new(), &step.why);
            self.wrapped(4, Style::new(), &format!("Try: {}", step.to_try));
        }
    }
}

fn reason(reason: Option<leapscore::report::NoScore>) -> &'static str {
    match reason {
        Some(leapscore::report::NoScore::InsufficientEvidence) => "too little to judge",
        _ => "the call gave no occasion",
    }
}

fn shade(score: i32) -> Style {
    match score {
        70.. => GREEN,
        40..70 => YELLOW,
        _ => RED,
    }
}

fn bar(name: &str, pillar: &PillarReport) -> String {
    let Some(score) = pillar.score else {
        return format!("  {name:<12} {DIM}{}    – {}{DIM:#}", "·".repeat(BAR), reason(pillar.reason));
    };
    let full = (score.clamp(0, 100) as usize * BAR).div_ceil(100);
    let style = shade(score);
    format!("  {name:<12} {style}{}{style:#}{DIM}{}{DIM:#} {BOLD}{score:>4}{BOLD:#}", "█".repeat(full), "░".repeat(BAR - full))
}

fn place(part: &Evidence) -> String {
    format!("turn {}", part.turn)
}

/// The words of the evidence as a reader wants them: of each turn the stretch from its first part to the end of the clause behind
/// its last, cut to one line's length.
fn quoted(call: &Call, evidence: &[Evidence]) -> String {
    let mut text = String::new();
    let mut at = 0;
    while at < evidence.len() {
        let turn = evidence[at].turn;
        let count = evidence[at..].iter().take_while(|part| part.turn == turn).count();
        let (first, last) = (&evidence[at], &evidence[at + count - 1]);
        let joint = if text.is_empty() { "" } else { " … " };
        let words = call.turns()[turn as usize].text();
        let end = clause_end(words, last.span.end as usize);
        let stretch = words.get(first.span.start as usize..end).unwrap_or(&first.quote);
        let _ = write!(text, "{joint}{}", stretch.split_whitespace().collect::<Vec<_>>().join(" "));
        at += count;
    }
    if text.chars().count() > QUOTE {
        text = text.chars().take(QUOTE - 1).collect::<String>() + "…";
    }
    format!("“{text}”")
}

/// Where the clause ends that goes on at `from`: at punctuation, or after a few words.
fn clause_end(text: &str, from: usize) -> usize {
    let mut words = 0;
    for (at, c) in text[from..].char_indices() {
        if matches!(c, '.' | '?' | '!' | ';' | '\n') {
            return from + at + c.len_utf8();
        }
        words += usize::from(c == ' ');
        if words > MORE_WORDS || (c == ',' && words > 1) {
            return from + at;
        }
    }
    text.len()
}
