//! The crate as a whole.

mod cases;
