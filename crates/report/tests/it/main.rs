//! The renderings, tried on an invented sample.

mod html;
mod sample;
mod text;
