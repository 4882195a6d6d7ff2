//! What the Python package `detente` is made of: scenarios, findings, runs and tables, each a thin shell around the
//! crates that do the work.
//!
//! The package's own modules (`python/detente`) give them names, types and documentation. Everything that takes longer
//! than a moment runs on a thread of its own while Python is let go ([`work`]), so that other threads run and Ctrl-C is
//! heard.

mod deal;
mod errors;
mod findings;
mod scenario;
mod sweep;
mod table;
mod tables;
mod work;

#[pyo3::pymodule]
mod _detente {
    #[pymodule_export]
    use crate::deal::Deal;
    #[pymodule_export]
    use crate::findings::Findings;
    #[pymodule_export]
    use crate::scenario::{Scenario, library};
    #[pymodule_export]
    use crate::sweep::{Rows, Run, describe, merge, rows, summary};
    #[pymodule_export]
    use crate::table::Table;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
