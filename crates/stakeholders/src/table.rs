//! Who wants what, how much it matters to them, and how much they count.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::error::{StakeholderError, within};

/// A stakeholder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Its short name.
    pub name: String,
    /// What it is called in full; may be empty.
    pub label: String,
    /// Its influence (capability, power): any number that is not negative; only ratios between actors count.
    pub influence: f64,
}

/// A question that is settled somewhere on a numeric scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// Its name.
    pub name: String,
    /// The lower end of its scale.
    pub lower: f64,
    /// The upper end of its scale, above the lower.
    pub upper: f64,
    /// What holds without agreement, where that is known.
    pub reference: Option<f64>,
}

impl Issue {
    /// An issue without a reference point.
    pub fn new(name: impl Into<String>, lower: f64, upper: f64) -> Issue {
        Issue {
            name: name.into(),
            lower,
            upper,
            reference: None,
        }
    }

    /// The length of the scale.
    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }

    /// Where `x` lies on the scale: 0 at the lower end, 1 at the upper.
    pub fn share(&self, x: f64) -> f64 {
        (x - self.lower) / self.width()
    }

    /// The place on the scale that a share names.
    pub fn place(&self, share: f64) -> f64 {
        self.lower + share * self.width()
    }
}

/// What an actor wants on an issue.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// The position, on the issue's scale.
    pub position: f64,
    /// How much the issue matters to the actor, from 0 to 1.
    pub salience: f64,
}

/// Actors, issues, and the stance of every actor on every issue where it has one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stakeholders {
    actors: Vec<Actor>,
    issues: Vec<Issue>,
    /// Actor by actor, one entry per issue.
    stances: Vec<Option<Stance>>,
}

impl Stakeholders {
    /// A table; `stances` holds one entry per issue, actor by actor.
    ///
    /// # Errors
    /// No actors or issues; equal names; a wrong number of stances; influence that is negative, salience outside 0 to
    /// 1, scales without width, positions off the scale by more than rounding, numbers that are not finite.
    pub fn new(
        actors: Vec<Actor>,
        issues: Vec<Issue>,
        stances: Vec<Option<Stance>>,
    ) -> Result<Stakeholders, StakeholderError> {
        distinct(actors.iter().map(|actor| actor.name.as_str()), "actors")?;
        distinct(issues.iter().map(|issue| issue.name.as_str()), "issues")?;
        let expected = actors.len() * issues.len();
        if stances.len() != expected {
            let found = stances.len();
            return Err(StakeholderError::Length { expected, found });
        }
        for issue in &issues {
            check_issue(issue)?;
        }
        for actor in &actors {
            let good = actor.influence.is_finite() && actor.influence >= 0.0;
            let range = "finite and not negative";
            within(&actor.name, "the influence", actor.influence, good, range)?;
        }
        for (at, stance) in stances.iter().enumerate() {
            if let Some(stance) = stance {
                let (actor, issue) = (&actors[at / issues.len()], &issues[at % issues.len()]);
                check_stance(actor, issue, *stance)?;
            }
        }
        Ok(Stakeholders {
            actors,
            issues,
            stances,
        })
    }

    /// The actors.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// The issues.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// What `actor` wants on `issue`, both by their place in the lists.
    pub fn stance(&self, actor: usize, issue: usize) -> Option<Stance> {
        self.stances[actor * self.issues.len() + issue]
    }

    /// Those with a stance on `issue`: the actor's place in the list, and the stance.
    pub fn voices(&self, issue: usize) -> impl Iterator<Item = (usize, Stance)> + '_ {
        (0..self.actors.len()).filter_map(move |a| self.stance(a, issue).map(|s| (a, s)))
    }

    /// Every stance, for a model that needs all of them.
    ///
    /// # Errors
    /// An actor without a stance on an issue.
    pub fn complete(&self, model: &'static str) -> Result<Vec<Stance>, StakeholderError> {
        let found = self.stances.iter().enumerate().map(|(at, stance)| {
            stance.ok_or_else(|| StakeholderError::Missing {
                actor: self.actors[at / self.issues.len()].name.clone(),
                issue: self.issues[at % self.issues.len()].name.clone(),
                model,
            })
        });
        found.collect()
    }

    /// One issue by itself, with those who have a stance on it.
    ///
    /// # Errors
    /// Nobody has one.
    pub fn issue(&self, issue: usize) -> Result<Stakeholders, StakeholderError> {
        let voices: Vec<(usize, Stance)> = self.voices(issue).collect();
        if voices.is_empty() {
            let issue = self.issues[issue].name.clone();
            return Err(StakeholderError::Nobody { issue });
        }
        Ok(Stakeholders {
            actors: voices
                .iter()
                .map(|(a, _)| self.actors[*a].clone())
                .collect(),
            issues: vec![self.issues[issue].clone()],
            stances: voices.iter().map(|(_, stance)| Some(*stance)).collect(),
        })
    }

    /// Those to whom an issue matters, by their places in the list.
    pub fn concerned(&self) -> Vec<usize> {
        let cares = |a: &usize| {
            let stances = (0..self.issues.len()).filter_map(|k| self.stance(*a, k));
            stances.into_iter().any(|stance| stance.salience > 0.0)
        };
        (0..self.actors.len()).filter(cares).collect()
    }

    /// The table of some actors only.
    ///
    /// # Errors
    /// None is named.
    pub fn only(&self, actors: &[usize]) -> Result<Stakeholders, StakeholderError> {
        if actors.is_empty() {
            let what = "actors to whom an issue matters";
            return Err(StakeholderError::Empty { what });
        }
        let k = self.issues.len();
        let stances = actors
            .iter()
            .flat_map(|a| &self.stances[a * k..(a + 1) * k]);
        Ok(Stakeholders {
            actors: actors.iter().map(|a| self.actors[*a].clone()).collect(),
            issues: self.issues.clone(),
            stances: stances.copied().collect(),
        })
    }

    /// The table with one stance replaced, for questions of the kind "what if it could be persuaded?".
    ///
    /// # Errors
    /// As for [`Stakeholders::new`].
    pub fn with_stance(
        &self,
        actor: usize,
        issue: usize,
        stance: Option<Stance>,
    ) -> Result<Stakeholders, StakeholderError> {
        if let (Some(stance), Some(who), Some(what)) =
            (stance, self.actors.get(actor), self.issues.get(issue))
        {
            check_stance(who, what, stance)?;
        }
        let mut changed = self.clone();
        if let Some(entry) = changed.stances.get_mut(actor * self.issues.len() + issue) {
            *entry = stance;
        }
        Ok(changed)
    }
}

fn distinct<'a>(
    names: impl Iterator<Item = &'a str>,
    what: &'static str,
) -> Result<(), StakeholderError> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            let name = name.to_owned();
            return Err(StakeholderError::Twice { name, what });
        }
    }
    if seen.is_empty() {
        return Err(StakeholderError::Empty { what });
    }
    Ok(())
}

fn check_issue(issue: &Issue) -> Result<(), StakeholderError> {
    let name = format!("issue `{}`", issue.name);
    let finite = issue.lower.is_finite();
    within(&name, "the lower end", issue.lower, finite, "finite")?;
    let good = issue.upper.is_finite() && issue.upper > issue.lower;
    let range = "finite and above the lower end";
    within(&name, "the upper end", issue.upper, good, range)?;
    if let Some(reference) = issue.reference {
        within(
            &name,
            "the reference point",
            reference,
            reference.is_finite(),
            "finite",
        )?;
    }
    Ok(())
}

fn check_stance(actor: &Actor, issue: &Issue, stance: Stance) -> Result<(), StakeholderError> {
    let place = format!("{} on `{}`", actor.name, issue.name);
    let share = issue.share(stance.position);
    let good = (-1e-9..=1.0 + 1e-9).contains(&share);
    within(
        &place,
        "the position",
        stance.position,
        good,
        "on the issue's scale",
    )?;
    let good = (0.0..=1.0).contains(&stance.salience);
    within(
        &place,
        "the salience",
        stance.salience,
        good,
        "between 0 and 1",
    )?;
    Ok(())
}
