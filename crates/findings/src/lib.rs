//! What a solved scenario says: answers to the asks, endings, decisions, courses.

pub mod model;
