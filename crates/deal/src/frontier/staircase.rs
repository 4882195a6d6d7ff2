//! The undominated points of the plane seen so far, as steps that rise in one coordinate and fall in the other.

/// Steps with the first coordinate rising and the second falling.
#[derive(Default)]
pub(crate) struct Staircase {
    steps: Vec<(f64, f64)>,
}

impl Staircase {
    /// Adds a point unless a step is at least as large in both coordinates; says whether it was added.
    pub(crate) fn insert(&mut self, x: f64, y: f64) -> bool {
        let at = self.steps.partition_point(|step| step.0 < x);
        // Of the steps at least as far right, the first is the highest.
        if self.steps.get(at).is_some_and(|step| step.1 >= y) {
            return false;
        }
        let end = at + self.steps[at..].partition_point(|step| step.0 <= x);
        let start = self.steps[..at].partition_point(|step| step.1 > y);
        self.steps.splice(start..end, [(x, y)]);
        true
    }
}
