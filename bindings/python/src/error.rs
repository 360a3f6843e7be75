//! Errors of the core as Python exceptions: the class by the code, the place as attributes.

use leapscore::Error;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The exception for an error of the core.
pub fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let place = error.place();
    fail(py, error.code() as u32, &error.to_string(), place.path.as_deref(), place.line, place.column)
}

/// `make` of `leapscore._errors` knows the classes.
pub fn fail(py: Python<'_>, code: u32, message: &str, path: Option<&str>, line: Option<usize>, column: Option<usize>) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let make = || {
        let make = MAKE.get_or_try_init(py, || PyResult::Ok(py.import("leapscore._errors")?.getattr("make")?.unbind()))?;
        make.bind(py).call1((code, message, path, line, column))
    };
    match make() {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// A value of the caller's that is wrong.
pub fn wrong(py: Python<'_>, path: &str, message: impl std::fmt::Display) -> PyErr {
    let code = leapscore::ErrorCode::InvalidCall;
    fail(py, code as u32, &format!("{}: {path}: {message}", code.name()), Some(path), None, None)
}

/// The same error with a longer path: what failed inside a turn names the turn.
pub fn within(py: Python<'_>, parent: &str, error: &Error) -> PyErr {
    let path = match &error.place().path {
        Some(path) => format!("{parent}.{path}"),
        None => parent.to_string(),
    };
    let message = format!("{}: {path}: {}", error.code().name(), error.message());
    fail(py, error.code() as u32, &message, Some(&path), None, None)
}

/// The name of a value's type, for messages.
pub fn kind(value: &Bound<'_, PyAny>) -> String {
    let kind: Bound<'_, PyType> = value.get_type();
    kind.name().map_or_else(|_| "?".to_string(), |name| name.to_string())
}
