//! Shared by the tests, benches and examples.
