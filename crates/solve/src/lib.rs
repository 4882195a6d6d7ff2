//! Equilibrium solvers and the judge that certifies any profile.
