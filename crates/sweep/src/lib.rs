//! The whole line many times over doubtful numbers: tornado and sampled ranges.
