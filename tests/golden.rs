//! Whole reports of the example calls. After a wanted change: `cargo xtask generate`, then read the difference.

use leapscore::Scorer;
use leapscore_suite::{example_calls, files, golden, project};
use std::fs;

#[test]
fn reports_of_the_example_calls_are_as_kept() {
    let calls = example_calls();
    assert!(calls.len() >= 8);
    assert_eq!(calls.len(), files("tests/golden", "json").len(), "one golden report a call");
    for (name, call) in calls {
        let kept =
            fs::read_to_string(project(&format!("tests/golden/{name}.json"))).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            golden(&Scorer::new().score(&call)) == kept,
            "{name}: the report has changed; run `cargo xtask generate` and read the difference"
        );
    }
}
