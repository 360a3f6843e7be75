//! The vectors that every face of the library must meet, run on the Rust one.

use leapscore_suite::vectors::{Expected, all, pinned};

#[test]
fn every_vector_comes_out_as_it_must() {
    let pinned = pinned();
    let (mut reports, mut errors) = (0, 0);
    for (file, vectors) in all() {
        for case in &vectors.cases {
            let place = format!("{file}: {}", case.name);
            match case.run(&pinned) {
                Ok(report) => {
                    assert_eq!(Some(report.to_json()), case.report, "{place}");
                    assert_eq!(None, case.error, "{place}");
                    reports += 1;
                }
                Err(error) => {
                    assert_eq!(Some(Expected::from(error)), case.error, "{place}");
                    assert_eq!(None, case.report, "{place}");
                    errors += 1;
                }
            }
        }
    }
    assert!(reports >= 28 && errors >= 30, "vectors are lost: {reports} reports, {errors} errors");
}
