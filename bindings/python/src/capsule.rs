//! Tables in and out through Arrow's C stream, in the capsules of its PyCapsule interface: the one file with unsafe code.

#![allow(unsafe_code, reason = "the C structs of the Arrow interface come as raw pointers")]

use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::ffi::CStr;

const NAME: &CStr = c"arrow_array_stream";

/// The batches of anything that has `__arrow_c_stream__`.
pub fn read(table: &Bound<'_, PyAny>) -> PyResult<ArrowArrayStreamReader> {
    let Some(method) = table.getattr_opt("__arrow_c_stream__")? else {
        let message = format!("{} is no table that speaks Arrow: it has no __arrow_c_stream__", table.get_type());
        return Err(PyTypeError::new_err(message));
    };
    let capsule = method.call0()?;
    // SAFETY: the function checks that it is a capsule of this name, and fails otherwise.
    let stream = unsafe { ffi::PyCapsule_GetPointer(capsule.as_ptr(), NAME.as_ptr()) };
    if stream.is_null() {
        return Err(PyErr::fetch(table.py()));
    }
    // SAFETY: by the interface, a capsule of this name holds such a struct. It is moved out; an empty one stays for the capsule to free.
    let reader = unsafe { ArrowArrayStreamReader::from_raw(stream.cast::<FFI_ArrowArrayStream>()) };
    reader.map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A capsule with these batches.
pub fn write<'py>(py: Python<'py>, reader: Box<dyn RecordBatchReader + Send>) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), NAME)
}
