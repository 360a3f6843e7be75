//! Rulebooks.

use crate::error::raise;
use crate::without_lock;
use pyo3::prelude::*;

/// Phrases, rules, weights and thresholds, compiled. Immutable; may be shared between threads.
#[pyclass(frozen, module = "leapscore")]
pub struct Rulebook(pub leapscore::Rulebook);

#[pymethods]
impl Rulebook {
    /// The built-in English rulebook.
    #[staticmethod]
    fn builtin() -> Rulebook {
        Rulebook(leapscore::Rulebook::builtin())
    }

    /// Compiles TOML text: a whole rulebook, or an overlay that says `extends = "leap-en"`.
    #[staticmethod]
    fn from_toml(py: Python<'_>, toml: &str) -> PyResult<Rulebook> {
        let compiled = without_lock(py, || leapscore::Rulebook::from_toml(toml));
        compiled.map(Rulebook).map_err(|error| raise(py, &error))
    }

    /// Compiles (name, text) pairs: one rulebook and then overlays, or overlays of the built-in one. Errors name the document.
    #[staticmethod]
    fn from_documents(py: Python<'_>, documents: Vec<(String, String)>) -> PyResult<Rulebook> {
        let compiled = without_lock(py, || {
            let pairs: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            leapscore::Rulebook::from_documents(&pairs)
        });
        compiled.map(Rulebook).map_err(|error| raise(py, &error))
    }

    /// Its id, such as "leap-en".
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// Its own version.
    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    /// SHA-256 of its canonical form, in hexadecimal.
    #[getter]
    fn fingerprint(&self) -> &str {
        self.0.fingerprint()
    }

    fn __repr__(&self) -> String {
        format!("Rulebook({:?}, version {:?}, fingerprint {}...)", self.0.id(), self.0.version(), &self.0.fingerprint()[..12])
    }
}
