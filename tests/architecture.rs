//! Imports go downward only: session > verdict, report, coach > scorecard > finding > dialogue, tension > cue > rulebook > text,
//! timing > call, evidence > unit, error.

use leapscore_suite::project;
use std::fs;
use std::path::{Path, PathBuf};

/// Layers from the bottom up; a module may import from its own layer and from those below.
const LAYERS: &[&[&str]] = &[
    &["unit", "error"],
    &["call", "evidence"],
    &["text", "timing"],
    &["rulebook"],
    &["cue"],
    &["dialogue", "tension"],
    &["finding"],
    &["scorecard"],
    &["coach", "report"],
    &["verdict"],
    &["session"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_module_imports_from_above() {
    let root = project("crates/leapscore/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut upward = Vec::new();
    let mut read = 0;
    for file in files {
        let relative = file.strip_prefix(&root).expect("below the root");
        let first = relative.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let module = first.trim_end_matches(".rs").to_string();
        if module == "lib" {
            continue;
        }
        let own = layer(&module).unwrap_or_else(|| panic!("{module} stands in no layer"));
        let text = fs::read_to_string(&file).expect("a source");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for piece in code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| line.split("crate::").skip(1))
        {
            let name: String = piece.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if let Some(other) = layer(&name) {
                read += 1;
                if other > own {
                    upward.push(format!("{} imports {name}", relative.display()));
                }
            }
        }
    }
    assert!(read > 30, "the test reads imports: {read}");
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}
