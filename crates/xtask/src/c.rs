//! The checks of the C and C++ face.

use crate::check::{Outcome, Trouble, output, run, tool, verdict, wrong};
use crate::test::Check;
use leapscore_suite::{example_calls, files, project};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How long eight threads share a rulebook.
const THREADS_SECONDS: &str = "60";
/// And how long under valgrind, which runs them one at a time.
const THREADS_VALGRIND_SECONDS: &str = "5";
/// Most bytes of the stripped shared object.
const MOST_BYTES: u64 = 3_000_000;

const WARNINGS: &[&str] = &["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wconversion", "-Wshadow", "-O1", "-g"];
const STATIC_LIBRARIES: &[&str] = &["-lpthread", "-ldl", "-lm"];

pub const CHECKS: &[Check] = &[
    Check { name: "C: the library, its symbols and its size", run: || verdict(library()) },
    Check { name: "C: the README's commands", run: || verdict(readme()) },
    Check { name: "C: tests and examples by gcc", run: || verdict(compile_and_run("gcc", "g++")) },
    Check { name: "C: tests and examples by clang", run: || verdict(compile_and_run("clang", "clang++")) },
    Check { name: "C: conformance vectors", run: || verdict(conformance()) },
    Check { name: "C: a forced panic", run: || verdict(panic()) },
    Check { name: "C: valgrind", run: || verdict(valgrind()) },
    Check { name: "C: eight threads share a rulebook for a minute", run: || verdict(threads()) },
    Check { name: "C: the ABI against the last released one", run: || verdict(abi()) },
    Check { name: "C: LuaJIT drives the library through its header", run: || verdict(luajit()) },
    Check { name: "C: CMake builds, installs and finds it; pkg-config too", run: || verdict(cmake()) },
];

/// Where what is built here lies.
pub fn build_folder() -> Result<PathBuf, Trouble> {
    let folder = project("target/c");
    fs::create_dir_all(&folder).map_err(|error| wrong(format!("{}: {error}", folder.display())))?;
    Ok(folder)
}

/// Builds the library as it is shipped. Gives the shared object, stripped, and the static library.
pub fn built() -> Result<(PathBuf, PathBuf), Trouble> {
    run(tool("cargo")?.args(["build", "--quiet", "--release", "-p", "leapscore-c"]))?;
    let stripped = build_folder()?.join("libleapscore.so.0");
    run(tool("strip")?.arg("--strip-unneeded").arg("-o").arg(&stripped).arg(project("target/release/libleapscore.so")))?;
    Ok((stripped, project("target/release/libleapscore.a")))
}

fn header_text() -> Result<String, Trouble> {
    fs::read_to_string(project("bindings/c/include/leapscore.h")).map_err(wrong)
}

/// The names of the functions that a header declares.
fn declared(header: &str) -> Vec<String> {
    let joined = header.replace('\n', " ");
    let name = |piece: &str| {
        let (head, _) = piece.split_once('(')?;
        let name = head.rsplit([' ', '*']).next()?;
        name.starts_with("leap_").then(|| name.to_string())
    };
    let mut names: Vec<String> = joined.split("LEAP_API ").skip(1).filter_map(name).collect();
    names.sort();
    names
}

/// Every opaque type says which threads may use it, and for how long.
fn documented(header: &str) -> Outcome {
    let mut opaque = 0;
    for (head, _) in header.match_indices("typedef struct leap_").map(|(at, _)| header.split_at(at)) {
        let rest = &header[head.len()..];
        let line = rest.lines().next().unwrap_or_default();
        if line.ends_with('{') {
            continue;
        }
        opaque += 1;
        let comment = head.rsplit("/**").next().unwrap_or_default();
        if !comment.contains("Threads:") || !comment.contains("Lifetime:") {
            return Err(wrong(format!("{line} says nothing of threads or its lifetime")));
        }
    }
    if opaque == 4 { Ok(()) } else { Err(wrong(format!("the header has {opaque} opaque types"))) }
}

/// The commands of the README's section, as they stand there.
fn readme() -> Outcome {
    let text = fs::read_to_string(project("README.md")).map_err(wrong)?;
    let block = || text.split_once("## C and C++\n")?.1.split_once("```sh\n")?.1.split_once("```").map(|(block, _)| block);
    let block = block().filter(|block| block.contains("score_call")).ok_or_else(|| wrong("the README has no commands for C"))?;
    run(tool("sh")?.arg("-exc").arg(block))
}

fn library() -> Outcome {
    let (shared, _) = built()?;
    let symbols = output(tool("nm")?.args(["-D", "--defined-only"]).arg(&shared))?;
    let mut exported: Vec<String> = symbols.lines().filter_map(|line| line.split(' ').nth(2)).map(str::to_string).collect();
    exported.sort();
    let declared = declared(&header_text()?);
    if exported != declared || declared.is_empty() {
        return Err(wrong(format!("the library exports {exported:?}, its header declares {declared:?}")));
    }
    documented(&header_text()?)?;
    let dynamic = output(tool("readelf")?.arg("-d").arg(&shared))?;
    if !dynamic.contains("[libleapscore.so.0]") {
        return Err(wrong(format!("the shared object's name is wrong:\n{dynamic}")));
    }
    let size = fs::metadata(&shared).map_or(0, |metadata| metadata.len());
    println!("{} functions exported, all of them declared; {size} bytes stripped", exported.len());
    match size <= MOST_BYTES {
        true => Ok(()),
        false => Err(wrong(format!("more than {MOST_BYTES} bytes"))),
    }
}

/// A program of one source, linked statically.
pub fn program(compiler: &str, source: &str, library: &Path, extra: &[&str]) -> Result<PathBuf, Trouble> {
    let source = project(source);
    let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let program = build_folder()?.join(format!("{name}-{compiler}"));
    let standard = if source.extension().is_some_and(|extension| extension == "c") { "-std=c99" } else { "-std=c++17" };
    let mut command = tool(compiler)?;
    command.arg(standard).args(WARNINGS).arg("-DLEAP_STATIC").arg("-I").arg(project("bindings/c/include"));
    command.arg(&source).arg("-o").arg(&program).arg(library).args(STATIC_LIBRARIES).args(extra);
    run(&mut command)?;
    Ok(program)
}

fn calls() -> Vec<PathBuf> {
    files("examples/calls", "json")
}

fn compile_and_run(c: &str, cpp: &str) -> Outcome {
    tool(c)?;
    tool(cpp)?;
    let (_, library) = built()?;
    for source in ["bindings/c/tests/misuse.c", "examples/c/live_assist.c"] {
        run(&mut Command::new(program(c, source, &library, &[])?))?;
    }
    let score_call = program(c, "examples/c/score_call.c", &library, &[])?;
    run(&mut Command::new(&score_call))?;
    for call in calls() {
        run(Command::new(&score_call).arg(call))?;
    }
    // What C99 compiles, a later C and C++ must too.
    run(tool(c)?.args(["-std=c11", "-fsyntax-only"]).args(WARNINGS).args([
        "-I",
        "bindings/c/include",
        "bindings/c/tests/misuse.c",
    ]))?;
    for source in ["bindings/c/tests/wrapper.cpp", "examples/cpp/compare_agents.cpp"] {
        run(&mut Command::new(program(cpp, source, &library, &[])?))?;
    }
    run(tool(cpp)?.args(["-std=c++20", "-fsyntax-only"]).args(WARNINGS).args([
        "-I",
        "bindings/c/include",
        "bindings/c/tests/wrapper.cpp",
    ]))
}

fn conformance() -> Outcome {
    let (_, library) = built()?;
    let there =
        tool("gcc")?.args(["-fsyntax-only", "-include", "jansson.h", "-x", "c", "/dev/null"]).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        return Err(Trouble::Missing("Jansson's header is not installed (libjansson-dev)".into()));
    }
    let program = program("gcc", "bindings/c/tests/conformance.c", &library, &["-ljansson"])?;
    let text =
        output(Command::new(program).arg(project("tests/conformance/rulebook.toml")).args(files("tests/conformance", "json")))?;
    text.lines().skip_while(|line| !line.contains("byte for byte")).for_each(|line| println!("{line}"));
    Ok(())
}

fn panic() -> Outcome {
    run(tool("cargo")?.args(["build", "--quiet", "-p", "leapscore-c", "--features", "forced-panic"]))?;
    let library = project("target/debug/libleapscore.a");
    run(&mut Command::new(program("gcc", "bindings/c/tests/panic.c", &library, &[])?))
}

fn valgrind() -> Outcome {
    tool("valgrind")?;
    let (_, library) = built()?;
    let checked = |program: &Path, arguments: &[&str]| {
        let mut command = tool("valgrind")?;
        command.args(["--quiet", "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect,possible"]);
        run(command.arg(program).args(arguments))
    };
    checked(&program("gcc", "bindings/c/tests/misuse.c", &library, &[])?, &[])?;
    checked(&program("gcc", "examples/c/live_assist.c", &library, &[])?, &["1000"])?;
    checked(&program("g++", "bindings/c/tests/wrapper.cpp", &library, &[])?, &[])?;
    let call = calls().remove(0).display().to_string();
    checked(&program("gcc", "bindings/c/tests/threads.c", &library, &[])?, &[THREADS_VALGRIND_SECONDS, &call])
}

fn threads() -> Outcome {
    let (_, library) = built()?;
    run(Command::new(program("gcc", "bindings/c/tests/threads.c", &library, &[])?).arg(THREADS_SECONDS).args(calls()))
}

/// A shared object whose functions do nothing, compiled from a header: with the types of C, which those of Rust hide from abidiff.
fn stub(header: &Path, name: &str) -> Result<PathBuf, Trouble> {
    let text = fs::read_to_string(header).map_err(|error| wrong(format!("{}: {error}", header.display())))?;
    let folder = build_folder()?;
    let mut source = format!("#include \"{}\"\n", header.display());
    for declaration in text.split("LEAP_API").skip(1).filter_map(|rest| rest.split_once(';')).map(|(head, _)| head.trim()) {
        // The macro's own definitions are no functions.
        if declaration.contains('(')
            && declaration.contains(" leap_") | declaration.contains("*leap_")
            && !declaration.contains('#')
        {
            let body = if declaration.starts_with("void ") { "{}" } else { "{ return 0; }" };
            source.push_str(&format!("{declaration} {body}\n"));
        }
    }
    let file = folder.join(format!("{name}.c"));
    fs::write(&file, source).map_err(wrong)?;
    let object = folder.join(format!("{name}.so"));
    run(tool("gcc")?.args(["-shared", "-fPIC", "-g", "-w", "-Wl,-soname,libleapscore.so.0", "-o"]).arg(&object).arg(&file))?;
    Ok(object)
}

fn abi() -> Outcome {
    tool("abidiff")?;
    let header = project("bindings/c/include/leapscore.h");
    let released = stub(&project("bindings/c/abi/leapscore-0.h"), "released")?;
    let now = stub(&header, "now")?;
    let functions = output(tool("nm")?.args(["-D", "--defined-only"]).arg(&now))?;
    if functions.matches(" T leap_").count() != declared(&header_text()?).len() {
        return Err(wrong("the stub lacks functions of the header"));
    }
    // Additions are no break; removals and changes are. The harmless bits say that something was added.
    let status = tool("abidiff")?.arg("--no-added-syms").arg(&released).arg(&now).status();
    match status.ok().and_then(|status| status.code()) {
        Some(0) => {}
        code => return Err(wrong(format!("the interface has changed (abidiff says {code:?}): docs/ABI.md tells what may change"))),
    }
    // The check must be able to fail: a struct that grows in its middle is a break.
    let broken = build_folder()?.join("broken.h");
    let text = header_text()?;
    let grown = text.replacen("uint32_t role;", "uint64_t role;", 1);
    if grown == text {
        return Err(wrong("the header has no role to break"));
    }
    fs::write(&broken, grown).map_err(wrong)?;
    let broken = stub(&broken, "broken")?;
    let status = tool("abidiff")?.arg(&released).arg(&broken).stdout(Stdio::null()).status();
    match status.is_ok_and(|status| !status.success()) {
        true => Ok(()),
        false => Err(wrong("abidiff does not see a field that was widened")),
    }
}

fn luajit() -> Outcome {
    tool("luajit")?;
    let (shared, _) = built()?;
    let folder = build_folder()?;
    // LuaJIT knows the types of the standard headers and wants no preprocessor.
    let empty = folder.join("no-headers");
    fs::create_dir_all(&empty).map_err(wrong)?;
    for header in ["stddef.h", "stdint.h"] {
        fs::write(empty.join(header), "").map_err(wrong)?;
    }
    let plain = output(tool("gcc")?.args(["-E", "-P", "-nostdinc", "-I"]).arg(&empty).arg("bindings/c/include/leapscore.h"))?;
    let header = folder.join("leapscore.plain.h");
    let (name, call) = example_calls().remove(0);
    let report = folder.join("report.json");
    fs::write(&header, plain).map_err(wrong)?;
    fs::write(&report, leapscore::Scorer::new().score(&call).to_json()).map_err(wrong)?;
    let call = project(&format!("examples/calls/{name}.json"));
    run(tool("luajit")?.arg("bindings/c/tests/host.lua").arg(&shared).arg(header).arg(call).arg(report))
}

fn cmake() -> Outcome {
    tool("cmake")?;
    tool("pkg-config")?;
    let folder = build_folder()?;
    let (build, install, consumer) = (folder.join("cmake"), folder.join("install"), folder.join("consumer"));
    for old in [&build, &install, &consumer] {
        let _ = fs::remove_dir_all(old);
    }
    let define = |name: &str, value: &Path| format!("-D{name}={}", value.display());
    let configure = |source: &str, build: &Path, defines: &[String]| {
        run(tool("cmake")?.args(["--log-level=WARNING", "-S", source, "-B"]).arg(build).args(defines).stdout(Stdio::null()))?;
        run(tool("cmake")?.arg("--build").arg(build).stdout(Stdio::null()))?;
        run(tool("ctest")?.arg("--test-dir").arg(build).arg("--output-on-failure"))
    };
    let defines = [
        define("CMAKE_INSTALL_PREFIX", &install),
        "-DCMAKE_INSTALL_LIBDIR=lib".to_string(),
        define("LEAPSCORE_TARGET_DIR", &project("target")),
        "-DLEAPSCORE_EXAMPLES=ON".to_string(),
    ];
    configure("bindings/c", &build, &defines)?;
    run(tool("cmake")?.arg("--install").arg(&build).stdout(Stdio::null()))?;
    let defines = [define("CMAKE_PREFIX_PATH", &install), define("EXAMPLES", &project("examples"))];
    configure("bindings/c/tests/consumer", &consumer, &defines)?;
    // And by pkg-config, as a makefile would.
    let packages = install.join("lib/pkgconfig");
    let flags = output(tool("pkg-config")?.args(["--cflags", "--libs", "leapscore"]).env("PKG_CONFIG_PATH", packages))?;
    let program = folder.join("score_call-pkg-config");
    run(tool("gcc")?.arg("examples/c/score_call.c").args(flags.split_whitespace()).arg("-o").arg(&program))?;
    run(Command::new(program).env("LD_LIBRARY_PATH", install.join("lib")))
}
