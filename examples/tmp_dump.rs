use leapscore::{Call, Scorer};
fn main() {
    let mut s = Scorer::new();
    for f in std::env::args().skip(1) {
        let t = std::fs::read_to_string(&f).unwrap();
        if f.ends_with(".json") { println!("{}", s.score(&Call::from_json(&t).unwrap()).to_json()); continue; }
        for l in t.lines() { println!("{}", s.score(&Call::from_json(l).unwrap_or_else(|e| panic!("{e}"))).to_json()); }
    }
}
