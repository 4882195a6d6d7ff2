//! Solution of linear systems whose unknowns come in small groups.
//!
//! The systems come from Newton's method on a game: the unknowns of an information set form a group, and two
//! groups are coupled only if a node of one lies below a node of the other. Information sets of different
//! publicly known histories are therefore not coupled at all, and eliminating the latest information sets
//! first fills in little: the game's own backward induction is a nearly optimal elimination order.

//!
//! Where even that would take too much, [`gmres`] needs the matrix only as a map.

mod dense;
mod fronts;
mod gmres;
mod symbolic;

pub(crate) use fronts::Factors;
pub(crate) use gmres::{gmres, gmres_bytes};
pub(crate) use symbolic::{Plan, Target};
