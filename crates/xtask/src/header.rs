//! The C header, made from the sources of `bindings/c`.

use leapscore_suite::project;

pub fn text() -> String {
    let folder = project("bindings/c");
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml")).expect("cbindgen.toml can be read");
    let bindings = cbindgen::Builder::new().with_crate(&folder).with_config(config).generate().expect("the header can be made");
    let mut header = Vec::new();
    bindings.write(&mut header);
    let header = String::from_utf8(header).expect("a header is text");
    // What is a contract on unsafe code in Rust is a plain condition in C, and a negative number is kept together.
    let bracket = |line: &str| match line.rsplit_once(' ') {
        Some((head, number)) if line.starts_with("#define ") && number.starts_with('-') => format!("{head} ({number})\n"),
        _ => format!("{line}\n"),
    };
    header.replace(" * # Safety\n", " * Requires:\n").lines().map(bracket).collect()
}
