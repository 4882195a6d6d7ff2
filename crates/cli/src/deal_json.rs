//! What `detente deal --json` prints.

use detente_deal::{Count, Lever, Package, Point, Solutions, Space, Switch, Tip};
use detente_findings::deal::Found;
use serde_json::{Value, json};

/// One object, in one line per member of the first level.
pub fn json(found: &Found) -> String {
    let space = &found.space;
    let analysis = &found.analysis;
    let point = |point: &Point| outcome(space, point);
    let packages = found.packages.iter().zip(&analysis.packages);
    let mut object = json!({
        "title": found.title,
        "parties": space.parties().iter().map(|party| json!({
            "name": party.party,
            "fallback": party.fallback,
            "discount": party.discount,
        })).collect::<Vec<_>>(),
        "issues": space.domain().issues().iter().map(|issue| &issue.name).collect::<Vec<_>>(),
        "outcomes": whole(analysis.outcomes),
        "frontier": analysis.frontier.points().map(|p| point(&p)).collect::<Vec<_>>(),
        "frontier_outcomes": whole(analysis.frontier.outcomes()),
        "epsilon": analysis.frontier.epsilon(),
        "ideal": analysis.extremes.ideal,
        "worst": analysis.extremes.worst,
        "solutions": solutions(space, &analysis.solutions),
        "zone": count(analysis.zone),
        "opposition": analysis.opposition,
        "tipping": {
            "open": analysis.tipping.open,
            "changes": analysis.tipping.tips.iter().map(|t| tip(space, t)).collect::<Vec<_>>(),
        },
        "packages": packages.enumerate().map(|(k, (name, looked))| {
            let share = found.doubt.as_ref().and_then(|doubt| doubt.shares.get(k));
            package(space, name, looked, share)
        }).collect::<Vec<_>>(),
    });
    if let Some((ratifiers, home)) = &found.ratification {
        object["ratification"] = json!({
            "zone_without": count(home.zone_without),
            "zone_with": count(home.zone_with),
            "solutions": solutions(space, &home.with),
            "ratifiers": ratifiers.iter().zip(&home.each).map(|(ratifier, effect)| json!({
                "name": ratifier.preferences.party,
                "of": space.parties()[ratifier.of].party,
                "fallback": ratifier.preferences.fallback,
                "win_set": count(effect.win_set),
                "zone": count(effect.zone),
                "nash_shift": effect.shift,
            })).collect::<Vec<_>>(),
        });
    }
    if let Some(doubt) = &found.doubt {
        object["doubt"] = json!({
            "draws": doubt.draws,
            "open": doubt.open,
            "safest": {
                "outcome": space.domain().labels(&doubt.safest),
                "values": space.values(&doubt.safest),
                "share": doubt.safest_share,
            },
        });
    }
    format!("{object}\n")
}

fn outcome(space: &Space, point: &Point) -> Value {
    json!({ "outcome": space.domain().labels(&point.outcome), "values": point.values })
}

fn solutions(space: &Space, found: &Solutions) -> Value {
    let point = |point: &Option<Point>| point.as_ref().map(|p| outcome(space, p));
    json!({
        "nash": point(&found.nash),
        "kalai_smorodinsky": point(&found.kalai_smorodinsky),
        "kalai_smorodinsky_smallest_gap": point(&found.equal_shares),
        "egalitarian": point(&found.egalitarian),
        "utilitarian": point(&found.utilitarian),
        "zeuthen": point(&found.zeuthen),
    })
}

/// A number of outcomes: without a point where it is exact.
fn whole(count: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if count < EXACT {
        json!(count as u64)
    } else {
        json!(count)
    }
}

fn count(count: Count) -> Value {
    match count {
        Count::Exact(count) => json!({ "count": whole(count), "exact": true }),
        Count::Estimated {
            count,
            standard_error,
            sample,
        } => json!({
            "count": count,
            "exact": false,
            "standard_error": standard_error,
            "sample": sample,
        }),
    }
}

fn tip(space: &Space, tip: &Tip) -> Value {
    let issues = space.domain().issues();
    let (kind, issue, option) = match tip.lever {
        Lever::Fallback => ("fallback", None, None),
        Lever::Weight { issue } => ("weight", Some(&issues[issue].name), None),
        Lever::Score { issue, option } => {
            let label = issues[issue].label(option as usize);
            ("score", Some(&issues[issue].name), Some(label))
        }
    };
    json!({
        "party": space.parties()[tip.party].party,
        "number": kind,
        "issue": issue,
        "option": option,
        "from": tip.from,
        "to": tip.to,
        "up": tip.up,
    })
}

fn switch(space: &Space, switch: &Switch) -> Value {
    let issue = &space.domain().issues()[switch.issue];
    json!({
        "issue": issue.name,
        "from": issue.label(switch.from as usize),
        "to": issue.label(switch.to as usize),
    })
}

fn package(space: &Space, name: &str, package: &Package, share: Option<&f64>) -> Value {
    json!({
        "name": name,
        "outcome": space.domain().labels(&package.outcome),
        "values": package.values,
        "gains": package.gains,
        "acceptable": package.acceptable,
        "efficient": package.efficient,
        "distance": package.distance,
        "better": package.better.as_ref().map(|p| outcome(space, p)),
        "trades": package.trades.iter().map(|trade| json!({
            "switches": trade.switches.iter().map(|s| switch(space, s)).collect::<Vec<_>>(),
            "gains": trade.gains,
        })).collect::<Vec<_>>(),
        "acceptable_in_draws": share,
    })
}
