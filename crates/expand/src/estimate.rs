//! How large a tree will be, from random dives (Knuth 1975, "Estimating the efficiency of backtrack programs").

use crate::machine::{Machine, Stop};
use crate::program::{Opens, Program};

/// Number of dives.
const DIVES: u32 = 400;
/// Most decisions and draws over all dives, so that the estimate stays cheap on long plays.
const MOST_STOPS: u32 = 200_000;

/// An unbiased estimate of the number of nodes: the mean, over random dives, of the sum of products of the
/// numbers of options met. Deterministic. Guards are not looked at, so that it leans to too much.
pub fn estimate(program: &Program, variables: usize, actors: usize) -> f64 {
    let mut state = 0x853c_49e6_748f_ea9b_u64;
    let mut sum = 0.0;
    let (mut dives, mut stops) = (0, 0);
    while dives < DIVES && stops < MOST_STOPS {
        dives += 1;
        let mut machine = Machine::new(program, variables, actors);
        let (mut weight, mut nodes) = (1.0, 1.0);
        while let Ok(Stop::Branch(branch)) = machine.run() {
            let declared = &program.branches[branch];
            let open = match declared.opens {
                Opens::Guards => declared.options.len(),
                Opens::Settled(_) => 1,
                Opens::Answers { .. } => 2,
            };
            weight *= open as f64;
            nodes += weight;
            let taken = match declared.opens {
                Opens::Answers {
                    offer,
                    packages,
                    repeat,
                } => machine.answers(offer, packages, repeat)[random(&mut state, open)],
                // Of what is settled at once any point will do.
                _ => random(&mut state, declared.options.len()),
            };
            machine.take(branch, taken);
            stops += 1;
        }
        sum += nodes;
    }
    sum / f64::from(dives)
}

/// The next of a fixed sequence of random numbers below `bound` (xorshift*).
fn random(state: &mut u64, bound: usize) -> usize {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    let high = state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
    (high as usize) % bound.max(1)
}
