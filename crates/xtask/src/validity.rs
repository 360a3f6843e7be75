//! `cargo xtask validity`: how well the library's cues and don'ts agree with the labels of the corpus.

use crate::paraphrases::fires;
use crate::rows::call;
use leapscore::Scorer;
use leapscore_corpus::{Corpus, LABELS, Split, Style, Value};
use std::process::ExitCode;

#[derive(Default, Clone, Copy)]
struct Count {
    hit: u32,
    missed: u32,
    false_hit: u32,
}

impl Count {
    fn add(&mut self, present: bool, fires: bool) {
        self.hit += u32::from(present && fires);
        self.missed += u32::from(present && !fires);
        self.false_hit += u32::from(!present && fires);
    }

    fn recall(self) -> f64 {
        ratio(self.hit, self.hit + self.missed)
    }

    fn precision(self) -> f64 {
        ratio(self.hit, self.hit + self.false_hit)
    }

    fn f1(self) -> f64 {
        ratio(2 * self.hit, 2 * self.hit + self.missed + self.false_hit)
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

pub fn run(split: Split) -> ExitCode {
    let corpus = Corpus::builtin();
    let mut scorer = Scorer::new();
    let mut counts = vec![Count::default(); LABELS.len()];
    let mut styles = vec![[Count::default(); 3]; LABELS.len()];
    for row in corpus.rows(split) {
        let report = scorer.score(&call(row));
        for (index, label) in LABELS.iter().enumerate() {
            let present = match row.value(label.id) {
                Some(Value::Present) => true,
                Some(Value::Absent) => false,
                Some(Value::Unsure) | None => continue,
            };
            let fires = fires(&report, label.id, row.turn as u32);
            counts[index].add(present, fires);
            styles[index][row.style as usize].add(present, fires);
        }
    }
    println!("Rows of `{}`: {}. Labels that are unsure are left out.\n", split.name(), corpus.rows(split).count());
    println!("| label | positives | recall | precision | F1 |\n| --- | --- | --- | --- | --- |");
    for (label, count) in LABELS.iter().zip(&counts) {
        let (recall, precision) = (count.recall(), count.precision());
        println!("| `{}` | {} | {recall:.2} | {precision:.2} | {:.2} |", label.id, count.hit + count.missed, count.f1());
    }
    let mean = |of: &dyn Fn(usize) -> bool, f1: &dyn Fn(usize) -> f64| {
        let some: Vec<f64> = (0..LABELS.len()).filter(|&index| of(index)).map(f1).collect();
        some.iter().sum::<f64>() / some.len() as f64
    };
    let f1 = |index: usize| counts[index].f1();
    println!(
        "\nMean F1: {:.2}; the agent's cues {:.2}, don'ts {:.2}, the customer's cues {:.2}.",
        mean(&|_| true, &f1),
        mean(&|index| !LABELS[index].dont && LABELS[index].role == leapscore_corpus::Role::Agent, &f1),
        mean(&|index| LABELS[index].dont, &f1),
        mean(&|index| LABELS[index].role == leapscore_corpus::Role::Customer, &f1)
    );
    for style in [Style::Clean, Style::Asr, Style::Chat] {
        println!("{style:?}: {:.2}", mean(&|_| true, &|index| styles[index][style as usize].f1()));
    }
    ExitCode::SUCCESS
}
