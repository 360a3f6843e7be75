//! The Python face of leapscore: handles over the core. What a user sees of them is in `python/leapscore`.

mod capsule;
mod error;
mod input;
mod report;
mod rulebook;
mod session;
mod table;

use pyo3::prelude::*;

/// The compiled half of the package `leapscore`.
#[pymodule(gil_used = false)]
mod _leapscore {
    #[pymodule_export]
    use crate::report::{RawReport, score_json, score_turns};
    #[pymodule_export]
    use crate::rulebook::Rulebook;
    #[pymodule_export]
    use crate::session::RawSession;
    #[pymodule_export]
    use crate::table::{RawStream, RawTable, score_stream, score_table};

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// What keeps the interpreter's lock goes first; the work is done without it.
fn without_lock<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    py.detach(work)
}
