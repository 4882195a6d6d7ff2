//! The renderings, tried on an invented sample.

#![allow(clippy::unwrap_used)]

mod deal;
mod forecast;
mod graph;
mod html;
mod lenses;
mod minimal;
mod sample;
mod solved;
mod text;
mod tree;
mod vary;
