//! All that a solve found.

use detente_findings::model::Findings as Found;
use detente_report::{endings_svg, html, text};
use pyo3::prelude::*;

use crate::deal::{Deal, plain};
use crate::errors::{DetenteError, other};
use crate::table::Table;
use crate::tables::table;

/// Findings of one solve.
#[pyclass(frozen, module = "detente._detente")]
pub struct Findings {
    found: Found,
}

impl Findings {
    /// Around what was found.
    pub fn new(found: Found) -> Findings {
        Findings { found }
    }
}

#[pymethods]
impl Findings {
    /// All of it as JSON: the text of `findings.json`.
    fn json(&self) -> PyResult<String> {
        let text = serde_json::to_string_pretty(&self.found).map_err(|error| other(&error))?;
        Ok(text + "\n")
    }

    /// The report: a page with everything inside.
    fn html(&self) -> PyResult<String> {
        html(&self.found).map_err(|error| other(&error))
    }

    /// How likely each ending is, as a picture.
    fn svg(&self) -> String {
        endings_svg(&self.found)
    }

    /// What `detente run` prints.
    fn text(&self, width: usize) -> String {
        text(&self.found, plain(width))
    }

    /// Who would accept what, where the scenario has issues.
    fn deal(&self) -> Option<Deal> {
        self.found.deal.clone().map(Deal::new)
    }

    /// The table of this name.
    fn table(&self, name: &str) -> PyResult<Table> {
        match table(&self.found, name) {
            Ok(batch) => batch.map(Table::new).map_err(|error| other(&error)),
            Err(known) => Err(DetenteError::new_err(format!(
                "there is no table `{name}`; there are {}",
                known.join(", ")
            ))),
        }
    }
}
