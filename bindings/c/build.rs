//! The shared object's name carries the ABI version, so that a program is never run with one that it was not linked for.

fn main() {
    println!("cargo::rerun-if-changed=src/version.rs");
    let source = std::fs::read_to_string("src/version.rs").expect("the source is there");
    let (_, rest) = source.split_once("pub const LEAP_ABI_VERSION: u32 = ").expect("the ABI version is there");
    let (version, _) = rest.split_once(';').expect("it ends");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libleapscore.so.{version}");
    }
}
