//! A site's own wording: an overlay over the built-in rulebook, shared by as many scorers as there are threads.

use leapscore::{Call, CallInfo, Rulebook, Scorer, Turn};

const OVERLAY: &str = r#"
extends = "leap-en"

[[cue]]
id = "acknowledge.reframe"
always = ["[land|park] this *2 together"]

[[rule]]
id = "personalize.call_back"
charge = 40
"#;

fn main() -> Result<(), leapscore::Error> {
    let rulebook = Rulebook::from_toml(OVERLAY)?;
    println!("{rulebook:?}, fingerprint {}", &rulebook.fingerprint()[..12]);
    let call = Call::new(
        CallInfo::default(),
        vec![
            Turn::customer("My wife died in May and I'm behind on everything."),
            Turn::agent("I'm so sorry. Anyone would be behind after that. Let's see how we land this gently together."),
        ],
    )?;
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let (rulebook, call) = (rulebook.clone(), call.clone());
            std::thread::spawn(move || Scorer::with_rulebook(rulebook).score(&call))
        })
        .collect();
    for thread in threads {
        let report = thread.join().expect("scoring does not panic");
        println!("reframed: {:?}", report.checkpoints.reframed.state);
    }
    Ok(())
}
