//! The order in which formulas can be looked at: what is used before what uses it.

/// Formulas in order, and the circles among them.
pub(super) struct Order {
    /// Every node, each behind those it uses (as far as there is no circle).
    pub(super) sorted: Vec<usize>,
    /// Circles, each from its first node along uses back to it. Every circle goes through at least one of
    /// them, but circles that share nodes are told once.
    pub(super) circles: Vec<Vec<usize>>,
}

/// Depth-first search without recursion, since texts may chain formulas as long as they like. Node `i` uses
/// the nodes `uses[i]`.
pub(super) fn order(uses: &[Vec<usize>]) -> Order {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; uses.len()];
    let mut result = Order {
        sorted: Vec::with_capacity(uses.len()),
        circles: Vec::new(),
    };
    for start in 0..uses.len() {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Open;
        let mut path = vec![(start, 0)];
        while let Some(&mut (node, ref mut next)) = path.last_mut() {
            let Some(&used) = uses[node].get(*next) else {
                marks[node] = Mark::Done;
                result.sorted.push(node);
                path.pop();
                continue;
            };
            *next += 1;
            match marks[used] {
                Mark::New => {
                    marks[used] = Mark::Open;
                    path.push((used, 0));
                }
                Mark::Open => {
                    // Few circles are told, so that long paths with many ways back cost no more than linear time.
                    if result.circles.len() < 20
                        && let Some(from) = path.iter().position(|&(node, _)| node == used)
                    {
                        result
                            .circles
                            .push(path[from..].iter().map(|&(node, _)| node).collect());
                    }
                }
                Mark::Done => {}
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_comes_first() {
        let found = order(&[vec![1, 2], vec![2], vec![], vec![0]]);
        assert_eq!(found.sorted, [2, 1, 0, 3]);
        assert!(found.circles.is_empty());
    }

    #[test]
    fn circles_are_told_from_their_first_node() {
        let found = order(&[vec![1], vec![2], vec![1], vec![3]]);
        assert_eq!(found.circles, [vec![1, 2], vec![3]]);
        assert_eq!(found.sorted.len(), 4);
    }

    #[test]
    fn long_chains_need_no_stack() {
        let uses: Vec<Vec<usize>> = (0..300_000).map(|i| vec![(i + 1) % 300_000]).collect();
        let found = order(&uses);
        assert_eq!(found.circles.len(), 1);
        assert_eq!(found.sorted.len(), 300_000);
    }
}
