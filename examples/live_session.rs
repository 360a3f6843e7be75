//! A call while it runs: turns are pushed as they become final, the report can be read at any time.

use leapscore::{CallInfo, Channel, Rulebook, Session, Turn};

fn main() {
    let mut session = Session::new(Rulebook::builtin(), CallInfo::new(Channel::Voice));
    let turns = [
        Turn::customer("Hi, I got a notice that says you're cutting me off Thursday."),
        Turn::agent("I can see the notice. What's going on at home at the moment?"),
        Turn::customer("I got my hours cut and I've got two kids, I'm so scared."),
        Turn::agent("Two kids and half the hours, that's frightening. How long has it been like this?"),
        Turn::customer("Since March."),
        Turn::agent("I can move the date to the 14th, or split it in two. Which of those would suit you better?"),
    ];
    for turn in turns {
        session.push(turn);
        let report = session.report();
        println!("so far: overall {:?}, findings {}", report.overall.score, report.findings.len());
    }
    let report = session.finish();
    println!("in the end: overall {:?}, offered choice {:?}", report.overall.score, report.checkpoints.offered_choice.state);
}
