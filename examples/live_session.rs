//! A call while it runs: partial turns as they are heard, final ones as they end, what to tell the agent, and the report at any time.

use leapscore::{CallInfo, Channel, Nudge, Rulebook, Session, Turn};

fn main() {
    let mut session = Session::new(Rulebook::builtin(), CallInfo::new(Channel::Voice));
    let turns = [
        Turn::customer("Hi, I got a notice that says you're cutting me off Thursday."),
        Turn::agent("I can see the notice. What's going on at home at the moment?"),
        Turn::customer("I got my hours cut and I've got two kids, I'm so scared."),
        Turn::agent("Two kids and half the hours, that's frightening. How long has it been like this?"),
        Turn::customer("Since March."),
        Turn::agent("I can move the date to the 14th, or split it in two."),
        Turn::agent("Which of those would suit you better?"),
    ];
    for turn in turns {
        // Speech recognition has heard the first half.
        let words: Vec<&str> = turn.text().split(' ').collect();
        show(session.update(Turn::new(turn.role(), words[..words.len() / 2].join(" "))));
        show(session.push(turn));
        let report = session.report();
        println!("so far: overall {:?}, moves pending {}", report.overall.score, session.pending().len());
    }
    println!("{} bytes", session.memory_bytes());
    let report = session.finish();
    println!("in the end: overall {:?}, offered choice {:?}", report.overall.score, report.checkpoints.offered_choice.state);
}

fn show(nudges: Vec<Nudge>) {
    for nudge in nudges {
        println!("  turn {}, {}: {}", nudge.turn, nudge.id, nudge.text);
    }
}
