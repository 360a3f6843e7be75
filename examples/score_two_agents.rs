//! The same hard call, two agents: what the difference that everyone hears looks like in numbers.

use leapscore::{Pillar, Turn, score_call};

fn main() {
    let customer = "I lost my job in March and I'm so worried, I can't pay this.";
    let a = [Turn::customer(customer), Turn::agent("I see your balance is overdue, how soon can you pay?")];
    let b = [
        Turn::customer(customer),
        Turn::agent(
            "I know this can feel stressful, let's see what we can do to make this manageable together. What happened in March?",
        ),
    ];
    for (name, turns) in [("Agent A", &a), ("Agent B", &b)] {
        let report = score_call(turns);
        println!("{name}: {:?}", report.overall.score);
        for pillar in Pillar::ALL {
            println!("  {:<12} {:?}", pillar.name(), report.pillar(pillar).score);
            for line in &report.pillar(pillar).ledger {
                let words: Vec<&str> = line.evidence.iter().map(|part| part.quote.as_str()).collect();
                println!("    {:>+4} {:<30} {words:?}", line.points, line.reason);
            }
        }
    }
}
