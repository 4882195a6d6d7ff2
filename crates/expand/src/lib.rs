//! Runs a scenario along every branch into a game, keeping what queries need.
