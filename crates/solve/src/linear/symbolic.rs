//! Which groups are eliminated together, in which order, and where everything lies.

use std::ops::Range;

/// Fronts whose own unknowns are fewer than this are joined to their parents more readily.
const SMALL: usize = 24;
/// Branches into which the tree is parted, about.
const BRANCHES: f64 = 24.0;
/// Multiplications of the smallest branch.
const SMALLEST_BRANCH: f64 = 3e5;

/// A front: groups that are eliminated together, and the later groups that they touch.
#[derive(Clone, Debug)]
pub(super) struct Front {
    /// Unknowns that are eliminated here.
    pub(super) pivots: usize,
    /// All unknowns of the front.
    pub(super) order: usize,
    /// The unknowns: those eliminated here first.
    pub(super) unknowns: Vec<u32>,
    /// Fronts whose remainders are added here.
    pub(super) children: Vec<u32>,
    /// Where the unknowns that remain lie in the parent's front, in runs of neighbours.
    pub(super) in_parent: Vec<Run>,
    /// Where its factors begin in the common array.
    pub(super) at: usize,
    /// Where its unknowns begin, counted front after front.
    pub(super) local: usize,
    /// Where its pivots begin, counted front after front.
    pub(super) pivot: usize,
}

impl Front {
    /// Unknowns that remain after the elimination here.
    pub(super) fn rest(&self) -> usize {
        self.order - self.pivots
    }

    /// Numbers that its factors hold.
    pub(super) fn stored(&self) -> usize {
        self.pivots * (2 * self.order - self.pivots)
    }

    /// Multiplications of its elimination, roughly.
    pub(super) fn work(&self) -> f64 {
        let (p, n) = (self.pivots as f64, self.order as f64);
        p * (n * n - p * n + p * p / 3.0)
    }
}

/// Neighbouring unknowns of a remainder that are neighbours in the parent's front too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Place of the first one in the remainder.
    pub(super) from: u32,
    /// Its place in the parent's front.
    pub(super) to: u32,
    /// How many there are.
    pub(super) length: u32,
}

/// The runs of a list of places, none of which leads over the place `border`.
fn runs(places: impl Iterator<Item = u32>, border: u32) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (from, to) in (0..).zip(places) {
        match runs.last_mut() {
            Some(run) if run.to + run.length == to && to != border => run.length += 1,
            _ => runs.push(Run {
                from,
                to,
                length: 1,
            }),
        }
    }
    runs
}

/// Where a block of coefficients goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    /// The front.
    pub(crate) front: u32,
    /// Place of the first group in the front.
    pub(crate) first: u32,
    /// Place of the second group in the front.
    pub(crate) second: u32,
}

/// The plan of an elimination.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(super) fronts: Vec<Front>,
    /// Number of unknowns.
    pub(super) unknowns: usize,
    /// Numbers that the factors hold.
    pub(super) stored: usize,
    /// Order of the largest front.
    largest: usize,
    /// Sum of the orders of all fronts.
    pub(super) locals: usize,
    /// Sum of the pivots of all fronts so far.
    pivots: usize,
    /// Ranges of fronts that form whole branches of the tree and can be worked on apart, about equally large.
    pub(super) branches: Vec<Range<usize>>,
    /// The fronts below all branches, children first.
    pub(super) trunk: Vec<u32>,
    /// Per group: its front and its place there.
    place: Vec<(u32, u32)>,
    /// Per group: size.
    size: Vec<u32>,
    /// Per group: first unknown.
    first: Vec<u32>,
}

impl Plan {
    /// Plans the elimination of groups of the given sizes in the given order; `neighbours` are pairs of
    /// coupled groups (in any order, repeated or not). None where plan or factors would take more than
    /// `memory` bytes.
    pub(crate) fn new(
        size: &[u32],
        order: &[u32],
        neighbours: &[(u32, u32)],
        memory: usize,
    ) -> Option<Plan> {
        let mut first = vec![0u32; size.len()];
        let mut unknowns = 0;
        for (group, &count) in size.iter().enumerate() {
            first[group] = unknowns;
            unknowns += count;
        }
        let tree = Tree::new(size, order, neighbours, memory / size_of::<u32>())?;
        let mut plan = Plan {
            fronts: Vec::new(),
            unknowns: unknowns as usize,
            stored: 0,
            largest: 0,
            locals: 0,
            pivots: 0,
            branches: Vec::new(),
            trunk: Vec::new(),
            place: vec![(0, 0); size.len()],
            size: size.to_vec(),
            first,
        };
        plan.lay_out(tree.joined());
        plan.part();
        Some(plan)
    }

    /// Number of fronts.
    pub(crate) fn fronts(&self) -> usize {
        self.fronts.len()
    }

    /// Bytes that the factors take, with the room to make them.
    pub(crate) fn bytes(&self) -> usize {
        (self.stored + 2 * self.largest * self.largest) * size_of::<f64>()
    }

    /// Multiplications of one factorisation, roughly.
    pub(crate) fn work(&self) -> f64 {
        self.fronts.iter().map(Front::work).sum()
    }

    /// Where the coefficients between two coupled groups go.
    pub(crate) fn target(&self, a: usize, b: usize) -> Target {
        let (front_a, place_a) = self.place[a];
        let (front_b, place_b) = self.place[b];
        if front_a == front_b {
            return Target {
                front: front_a,
                first: place_a,
                second: place_b,
            };
        }
        let front = front_a.min(front_b);
        let seek = |group: usize| {
            let unknown = self.first[group];
            let rest = &self.fronts[front as usize];
            let at = rest.unknowns[rest.pivots..]
                .iter()
                .position(|&u| u == unknown);
            (rest.pivots + at.unwrap_or(0)) as u32
        };
        if front == front_a {
            Target {
                front,
                first: place_a,
                second: seek(b),
            }
        } else {
            Target {
                front,
                first: seek(a),
                second: place_b,
            }
        }
    }

    /// Parts the tree into branches and trunk.
    fn part(&mut self) {
        let grain = (self.work() / BRANCHES).max(SMALLEST_BRANCH);
        // Per front: where its branch begins, and the work in it.
        let mut whole: Vec<(usize, f64)> = Vec::with_capacity(self.fronts.len());
        for (number, front) in self.fronts.iter().enumerate() {
            let (mut first, mut work) = (number, front.work());
            for &child in &front.children {
                first = first.min(whole[child as usize].0);
                work += whole[child as usize].1;
            }
            whole.push((first, work));
        }
        let mut number = self.fronts.len();
        let mut found: Vec<(Range<usize>, f64)> = Vec::new();
        while let Some(last) = number.checked_sub(1) {
            let (first, work) = whole[last];
            if work > grain {
                self.trunk.push(last as u32);
                number = last;
                continue;
            }
            match found.last_mut() {
                Some((range, sum)) if range.start == number && *sum + work <= grain => {
                    range.start = first;
                    *sum += work;
                }
                _ => found.push((first..number, work)),
            }
            number = first;
        }
        self.trunk.reverse();
        found.reverse();
        self.branches = found.into_iter().map(|(range, _)| range).collect();
    }

    fn unknowns_of(&self, group: u32) -> std::ops::Range<u32> {
        let first = self.first[group as usize];
        first..first + self.size[group as usize]
    }

    fn lay_out(&mut self, joined: Vec<Joined>) {
        let mut place_in_front = vec![u32::MAX; self.unknowns];
        for (number, node) in joined.iter().enumerate() {
            let mut unknowns = Vec::new();
            for &group in &node.groups {
                self.place[group as usize] = (number as u32, unknowns.len() as u32);
                unknowns.extend(self.unknowns_of(group));
            }
            let pivots = unknowns.len();
            for &group in &node.later {
                unknowns.extend(self.unknowns_of(group));
            }
            let order = unknowns.len();
            let (at, local, pivot) = (self.stored, self.locals, self.pivots);
            self.stored += pivots * (2 * order - pivots);
            self.locals += order;
            self.pivots += pivots;
            self.largest = self.largest.max(order);
            for (place, &unknown) in unknowns.iter().enumerate() {
                place_in_front[unknown as usize] = place as u32;
            }
            for &child in &node.children {
                let child: &mut Front = &mut self.fronts[child as usize];
                let rest = child.unknowns[child.pivots..].iter();
                child.in_parent = runs(rest.map(|&u| place_in_front[u as usize]), pivots as u32);
            }
            let children = node.children.clone();
            self.fronts.push(Front {
                pivots,
                order,
                unknowns,
                children,
                in_parent: Vec::new(),
                at,
                local,
                pivot,
            });
        }
    }
}

/// Groups eliminated together, children before parents.
struct Joined {
    groups: Vec<u32>,
    later: Vec<u32>,
    children: Vec<u32>,
}

/// The elimination tree over single groups (Liu 1990).
struct Tree<'a> {
    size: &'a [u32],
    order: &'a [u32],
    /// Per position of the order: later groups that are touched, ascending by position.
    later: Vec<Vec<u32>>,
    /// Per position: position of the parent, or none.
    parent: Vec<Option<u32>>,
    position: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// None where more than `most` numbers would have to be kept.
    fn new(
        size: &'a [u32],
        order: &'a [u32],
        neighbours: &[(u32, u32)],
        most: usize,
    ) -> Option<Tree<'a>> {
        let mut position = vec![0u32; size.len()];
        for (at, &group) in order.iter().enumerate() {
            position[group as usize] = at as u32;
        }
        let mut later: Vec<Vec<u32>> = vec![Vec::new(); order.len()];
        for &(a, b) in neighbours {
            let (a, b) = (position[a as usize], position[b as usize]);
            if a != b {
                later[a.min(b) as usize].push(a.max(b));
            }
        }
        let mut parent = vec![None; order.len()];
        let mut kept = 0;
        for at in 0..order.len() {
            later[at].sort_unstable();
            later[at].dedup();
            kept += later[at].len();
            if kept > most {
                return None;
            }
            let Some(&up) = later[at].first() else {
                continue;
            };
            parent[at] = Some(up);
            let (mine, above) = later.split_at_mut(at + 1);
            above[up as usize - at - 1].extend_from_slice(&mine[at][1..]);
        }
        Some(Tree {
            size,
            order,
            later,
            parent,
            position,
        })
    }

    fn width(&self, positions: &[u32]) -> usize {
        positions
            .iter()
            .map(|&at| self.size[self.order[at as usize] as usize] as usize)
            .sum()
    }

    /// Joins a child to its parent where few zeros are stored for it, and numbers the result in postorder.
    fn joined(&self) -> Vec<Joined> {
        let count = self.order.len();
        let mut children: Vec<Vec<u32>> = vec![Vec::new(); count];
        let mut roots = Vec::new();
        for at in 0..count {
            match self.parent[at] {
                Some(up) => children[up as usize].push(at as u32),
                None => roots.push(at as u32),
            }
        }
        let mut own: Vec<Vec<u32>> = (0..count as u32).map(|at| vec![at]).collect();
        let mut pivots: Vec<usize> = own.iter().map(|positions| self.width(positions)).collect();
        let rest: Vec<usize> = self
            .later
            .iter()
            .map(|positions| self.width(positions))
            .collect();
        for at in 0..count {
            let mut kept = Vec::new();
            let mut candidates = std::mem::take(&mut children[at]);
            candidates.sort_by_key(|&child| (std::cmp::Reverse(rest[child as usize]), child));
            for child in candidates {
                let c = child as usize;
                let zeros =
                    pivots[c] * 2 * (pivots[at] + rest[at] - rest[c].min(pivots[at] + rest[at]));
                let stored = pivots[c] * (pivots[c] + 2 * rest[c]);
                let small = pivots[c] < SMALL && pivots[at] < SMALL && zeros <= 2 * stored;
                if zeros * 2 <= stored || small {
                    pivots[at] += pivots[c];
                    let mut merged = std::mem::take(&mut own[c]);
                    merged.append(&mut own[at]);
                    own[at] = merged;
                    kept.append(&mut children[c]);
                } else {
                    kept.push(child);
                }
            }
            children[at] = kept;
        }
        self.postorder(&roots, &children, &own)
    }

    fn postorder(&self, roots: &[u32], children: &[Vec<u32>], own: &[Vec<u32>]) -> Vec<Joined> {
        let group = |&at: &u32| self.order[at as usize];
        let mut number = vec![0u32; self.position.len()];
        let mut joined: Vec<Joined> = Vec::new();
        let mut open: Vec<(u32, usize)> = Vec::new();
        for &root in roots {
            open.push((root, 0));
            while let Some((at, next)) = open.last_mut() {
                let node = *at as usize;
                if let Some(&child) = children[node].get(*next) {
                    *next += 1;
                    open.push((child, 0));
                    continue;
                }
                number[node] = joined.len() as u32;
                joined.push(Joined {
                    groups: own[node].iter().map(group).collect(),
                    later: self.later[node].iter().map(group).collect(),
                    children: children[node]
                        .iter()
                        .map(|&child| number[child as usize])
                        .collect(),
                });
                open.pop();
            }
        }
        joined
    }
}
