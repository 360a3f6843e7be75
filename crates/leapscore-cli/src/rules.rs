//! `leapscore rules` and `leapscore explain`.

use anstyle::Style;
use leapscore::Rulebook;
use std::process::ExitCode;

const BOLD: Style = Style::new().bold();
/// Weights shown of a judged cue.
const SHOWN: usize = 40;
const DIM: Style = Style::new().dimmed();

pub fn list(rulebook: &Rulebook) -> ExitCode {
    anstream::println!("{BOLD}{} {}{BOLD:#}", rulebook.id(), rulebook.version());
    for rule in rulebook.rules() {
        let points = match (rule.kind, rule.cap) {
            ("do", _) => format!("+{}", rule.worth),
            ("dont", Some(cap)) => format!("-{}, at most {cap}", rule.charge),
            ("dont", None) => format!("-{}", rule.charge),
            _ => "advice".to_string(),
        };
        anstream::println!("  {:<32} {points:<18} {}", rule.id, rule.summary);
    }
    ExitCode::SUCCESS
}

pub fn explain(rulebook: &Rulebook, id: &str) -> ExitCode {
    if let Some(rule) = rulebook.rule(id) {
        anstream::println!("{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}\n{}", rule.id, rule.kind, rule.summary);
        let points = match rule.kind {
            "do" => format!("worth {} among the dos of its pillar", rule.worth),
            "dont" => format!("costs {} points of its pillar", rule.charge),
            _ => "never charged".to_string(),
        };
        anstream::println!(
            "\n{points}{}",
            rule.cap.map_or(String::new(), |cap| format!("; the pillar reaches at most {cap} after it"))
        );
        anstream::println!("Why      {}\nInstead  {}\nSource   {}", rule.why, rule.instead, rule.source);
        if !rule.cues.is_empty() {
            anstream::println!("Cues     {}", rule.cues.join(", "));
        }
        return ExitCode::SUCCESS;
    }
    if let Some(cue) = rulebook.cues().find(|cue| cue.id == id) {
        let role = format!("{:?}", cue.role).to_lowercase();
        anstream::println!("{BOLD}{}{BOLD:#}  {DIM}cue, {role}{DIM:#}\n{}\n", cue.id, cue.summary);
        if let Some(judge) = &cue.judge {
            anstream::println!(
                "It is there where the weights of what is said add up to {} or more. The heaviest of {}:\n",
                judge.threshold,
                judge.weights.len()
            );
            judge.weights.iter().take(SHOWN).for_each(|(weight, feature)| anstream::println!("  {weight:>5}  {feature}"));
            anstream::println!(
                "\n{DIM}@ is a signal: @CUE, its patterns match here; @before CUE, in the floor before.{DIM:#}\n\nPatterns:\n"
            );
        }
        cue.phrases.iter().for_each(|phrase| anstream::println!("  {phrase}"));
        return ExitCode::SUCCESS;
    }
    anstream::eprintln!("leapscore: no rule or cue is called {id:?}; `leapscore rules` lists the rules");
    ExitCode::from(2)
}
