//! Who would accept what.

use detente_findings::model::Deal as Found;
use detente_report::{TextOptions, deal_html, deal_text};
use pyo3::prelude::*;

use crate::errors::other;

/// What is known about a negotiation from preferences alone.
#[pyclass(frozen, module = "detente._detente")]
pub struct Deal {
    found: Found,
}

impl Deal {
    /// Around what was found.
    pub fn new(found: Found) -> Deal {
        Deal { found }
    }
}

#[pymethods]
impl Deal {
    /// All of it as JSON, as it stands under `deal` in `findings.json`.
    fn json(&self) -> PyResult<String> {
        serde_json::to_string(&self.found).map_err(|error| other(&error))
    }

    /// The page that `detente deal` writes.
    fn html(&self) -> String {
        deal_html(&self.found)
    }

    /// What `detente deal` prints.
    fn text(&self, width: usize) -> String {
        deal_text(&self.found, plain(width))
    }
}

/// Text of so many columns, without colour.
pub fn plain(width: usize) -> TextOptions {
    TextOptions {
        width,
        color: false,
        unicode: true,
    }
}
