//! Findings rendered as text, HTML and SVG.
