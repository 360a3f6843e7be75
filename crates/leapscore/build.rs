//! Compiles the built-in rulebook: every `.toml` under `rulebook/en`, in the order of its path. The compiler is the library's own,
//! so an error in a rulebook file is an error of the build that names the file, line and column.

#![allow(dead_code, unused_imports, reason = "the compiler is shared with the library, which uses all of it")]

use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/error.rs"]
mod error;
#[path = "src/text/mod.rs"]
mod text;
#[path = "src/unit.rs"]
mod unit;

mod rulebook {
    #[path = "../src/rulebook/anchor.rs"]
    mod anchor;
    #[path = "../src/rulebook/builtin.rs"]
    pub mod builtin;
    #[path = "../src/rulebook/compile/mod.rs"]
    mod compile;
    #[path = "../src/rulebook/document/mod.rs"]
    mod document;
    #[path = "../src/rulebook/judge.rs"]
    mod judge;
    #[path = "../src/rulebook/merge.rs"]
    mod merge;
    #[path = "../src/rulebook/model.rs"]
    mod model;
    #[path = "../src/rulebook/phrase.rs"]
    mod phrase;
    #[path = "../src/rulebook/snapshot.rs"]
    mod snapshot;
    #[path = "../src/rulebook/source.rs"]
    mod source;
}

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("rulebook/en");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let read = |file: &PathBuf| {
        let name = file.strip_prefix(&root).expect("it is below the root").display().to_string();
        (name, fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
    };
    let texts: Vec<(String, String)> = files.iter().map(read).collect();
    let stored = rulebook::builtin::store(&texts).unwrap_or_else(|error| {
        println!("cargo::error=rulebook/en/{error}");
        Default::default()
    });
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    for (name, bytes) in ["builtin.bin", "builtin.texts"].into_iter().zip(stored) {
        fs::write(out.join(name), bytes).expect("the output folder can be written");
    }
    println!("cargo::rerun-if-changed=src/text");
    println!("cargo::rerun-if-changed=src/rulebook");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("the rulebook folder is there") {
        let path = entry.expect("a folder entry can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
}
