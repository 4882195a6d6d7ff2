//! Names beside marks: each as near to its mark as it can stand without touching another name, a mark, or the frame.

/// A box: left, top, right, bottom.
pub(crate) type Block = [f64; 4];

/// A mark and the size of its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub(crate) at: (f64, f64),
    pub(crate) size: (f64, f64),
}

/// Radius around a mark that no name enters.
pub(crate) const MARK: f64 = 7.0;
/// Distances of a name from its mark that are tried, the nearest first.
const DISTANCES: [f64; 8] = [9.0, 16.0, 26.0, 40.0, 58.0, 80.0, 108.0, 140.0];
/// Directions that are tried.
const DIRECTIONS: usize = 16;

/// The box of every name, or `None` where none is free. `taken` are boxes that names must not touch either.
pub(crate) fn placed(wishes: &[Wish], frame: Block, taken: &[Block]) -> Vec<Option<Block>> {
    let mut taken = taken.to_vec();
    taken.extend(wishes.iter().map(|wish| {
        let (x, y) = wish.at;
        [x - MARK, y - MARK, x + MARK, y + MARK]
    }));
    wishes
        .iter()
        .map(|wish| {
            let free = DISTANCES
                .iter()
                .flat_map(|distance| (0..DIRECTIONS).map(|turn| candidate(wish, *distance, turn)))
                .find(|block| {
                    inside(block, &frame) && !taken.iter().any(|other| touch(block, other))
                });
            taken.extend(free);
            free
        })
        .collect()
}

/// The box whose nearest point lies at this distance in this direction: first to the right, then alternately above
/// and below, last to the left.
fn candidate(wish: &Wish, distance: f64, turn: usize) -> Block {
    let step = turn.div_ceil(2) as f64 * if turn.is_multiple_of(2) { 1.0 } else { -1.0 };
    let angle = step * std::f64::consts::TAU / DIRECTIONS as f64;
    let (wide, high) = wish.size;
    let x = wish.at.0 + distance * angle.cos();
    let y = wish.at.1 + distance * angle.sin();
    let left = x - wide * (1.0 - angle.cos()) / 2.0;
    let top = y - high * (1.0 - angle.sin()) / 2.0;
    [left, top, left + wide, top + high]
}

fn inside(block: &Block, frame: &Block) -> bool {
    block[0] >= frame[0] && block[1] >= frame[1] && block[2] <= frame[2] && block[3] <= frame[3]
}

pub(crate) fn touch(a: &Block, b: &Block) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_touch_and_stay_in_the_frame() {
        let frame = [0.0, 0.0, 400.0, 300.0];
        let wishes: Vec<Wish> = (0..12)
            .map(|i| Wish {
                at: (
                    200.0 + f64::from(i % 4) * 9.0,
                    290.0 - f64::from(i / 4) * 8.0,
                ),
                size: (90.0, 15.0),
            })
            .collect();
        let blocks = placed(&wishes, frame, &[]);
        assert!(blocks.iter().flatten().count() >= 8, "{blocks:?}");
        let found: Vec<Block> = blocks.into_iter().flatten().collect();
        for (i, block) in found.iter().enumerate() {
            assert!(inside(block, &frame));
            assert!(found[..i].iter().all(|other| !touch(block, other)));
            let marks = wishes.iter().map(|wish| wish.at);
            for (x, y) in marks {
                assert!(!touch(block, &[x - 1.0, y - 1.0, x + 1.0, y + 1.0]));
            }
        }
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        let wish = Wish {
            at: (5.0, 5.0),
            size: (90.0, 15.0),
        };
        assert_eq!(placed(&[wish], [0.0, 0.0, 50.0, 50.0], &[]), [None]);
    }
}
