//! Extreme equilibria.
