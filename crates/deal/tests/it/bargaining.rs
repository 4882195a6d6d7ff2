//! Bargaining played out: closed forms, what holds for every session, and bad input.

use detente_deal::session::{
    Act, Committee, Discounting, End, Equilibrium, Plan, Prepared, Rules, SessionError, Style,
    Tactic, Terms, Turn, play, tournament,
};
use detente_deal::{DealError, Domain, Issue, Preferences, Space};
use proptest::prelude::*;

/// A pie in this many equal parts, for two.
fn pie(parts: u32, fallbacks: [f64; 2]) -> Space {
    let issue = Issue::named("share", (0..=parts).map(|k| k.to_string()));
    let n = f64::from(parts);
    let first = (0..=parts).map(|k| f64::from(k) / n).collect();
    let second = (0..=parts).map(|k| f64::from(parts - k) / n).collect();
    Space::new(
        Domain::new("pie", vec![issue]).unwrap(),
        vec![
            Preferences::additive("a", vec![1.0], vec![first]).with_fallback(fallbacks[0]),
            Preferences::additive("b", vec![1.0], vec![second]).with_fallback(fallbacks[1]),
        ],
    )
    .unwrap()
}

/// What the opener has in the equilibrium of this many turns on a fine pie.
fn opener_share(prepared: &Prepared, factors: [f64; 2], turns: usize) -> f64 {
    let fallbacks = prepared.space().fallbacks();
    // The last party to act can no longer be answered.
    let plan = Plan::new(prepared.frontier(), &fallbacks, &factors, turns + 1, 0);
    plan.values(0)[0]
}

const PARTS: u32 = 4000;

/// How far a pie in parts may be from a pie without: each turn back loses at most one part.
fn slack(factor: f64) -> f64 {
    1.0 / f64::from(PARTS) / (1.0 - factor)
}

#[test]
fn finite_alternating_offers() {
    let prepared = Prepared::new(pie(PARTS, [0.0, 0.0])).unwrap();
    for delta in [0.5, 0.8, 0.9_f64] {
        for turns in [1, 2, 3, 4, 7, 10] {
            let expected = (1.0 - (-delta).powi(turns)) / (1.0 + delta);
            let found = opener_share(&prepared, [delta, delta], turns as usize);
            assert!(
                (found - expected).abs() < slack(delta),
                "{delta} {turns}: {found} for {expected}"
            );
        }
    }
}

#[test]
fn rubinstein_as_the_limit() {
    let prepared = Prepared::new(pie(PARTS, [0.0, 0.0])).unwrap();
    for [first, second] in [[0.9, 0.9], [0.8, 0.9], [0.95, 0.6], [0.5, 0.3_f64]] {
        let expected = (1.0 - second) / (1.0 - first * second);
        let found = opener_share(&prepared, [first, second], 200);
        assert!(
            (found - expected).abs() < slack(first.max(second)),
            "{found} for {expected}"
        );
    }
}

#[test]
fn an_outside_option_counts_only_above_what_the_table_gives() {
    let delta = 0.8;
    for b in [0.0, 0.2, 0.4, 0.44, 0.45, 0.5, 0.7] {
        let prepared = Prepared::new(pie(PARTS, [0.0, b])).unwrap();
        let expected = if b <= delta / (1.0 + delta) {
            1.0 / (1.0 + delta)
        } else {
            1.0 - b
        };
        let found = opener_share(&prepared, [delta, delta], 200);
        assert!(
            (found - expected).abs() < slack(delta),
            "{b}: {found} for {expected}"
        );
    }
}

#[test]
fn the_equilibrium_is_played_at_once() {
    let prepared = Prepared::new(pie(1000, [0.0, 0.0])).unwrap();
    let terms = Terms::rounds(100).discounted(Discounting::Turn(vec![0.9, 0.8]));
    let mut tactics: [Box<dyn Tactic>; 2] = [
        Box::new(Equilibrium::new(&prepared, 0, &terms)),
        Box::new(Equilibrium::new(&prepared, 1, &terms)),
    ];
    let session = play(&prepared, &mut tactics, &terms).unwrap();
    assert!(
        matches!(
            session.end,
            End::Agreement {
                round: 1,
                offered: 0,
                ..
            }
        ),
        "{session:?}"
    );
    let payoffs = session.payoffs(&prepared, &terms);
    let expected = (1.0 - 0.8) / (1.0 - 0.9 * 0.8);
    assert!((payoffs[0] - expected).abs() < 0.01, "{payoffs:?}");
    assert!((payoffs[0] + payoffs[1] - 1.0).abs() < 1e-9);
}

#[test]
fn delay_shrinks_what_is_agreed() {
    let prepared = Prepared::new(pie(10, [0.0, 0.0])).unwrap();
    let terms = Terms::rounds(100).discounted(Discounting::Turn(vec![0.9, 0.5]));
    let mut tactics = [0, 1].map(|p| Style::Linear.tactic(&prepared, p, &terms, false));
    let session = play(&prepared, &mut tactics, &terms).unwrap();
    let End::Agreement {
        outcome, offered, ..
    } = session.end
    else {
        panic!("{session:?}");
    };
    let values = prepared.values(outcome);
    let payoffs = session.payoffs(&prepared, &terms);
    assert!(offered > 50);
    assert!((payoffs[0] - values[0] * 0.9_f64.powi(offered as i32)).abs() < 1e-12);
    assert!((payoffs[1] - values[1] * 0.5_f64.powi(offered as i32)).abs() < 1e-12);
}

#[test]
fn a_proposer_in_a_committee() {
    for (members, discount, quota) in [
        (3, 0.9, 2),
        (5, 0.8, 3),
        (7, 1.0, 4),
        (4, 0.5, 4),
        (3, 0.7, 1),
    ] {
        let shares = Committee::of_equals(members, discount, quota)
            .shares(100)
            .unwrap();
        let expected = 1.0 - discount * (quota as f64 - 1.0) / members as f64;
        for (proposing, value) in shares.proposing.iter().zip(&shares.expected) {
            assert!(
                (proposing - expected).abs() < 1e-12,
                "{proposing} for {expected}"
            );
            assert!((value - 1.0 / members as f64).abs() < 1e-12);
        }
    }
}

#[test]
fn a_member_seldom_heard_is_cheap() {
    let committee = Committee {
        recognition: vec![0.6, 0.3, 0.1],
        discounts: vec![0.9; 3],
        quota: 2,
    };
    // After the last session there is nothing, so in the one before it votes cost δ times the chance to propose.
    let shares = committee.shares(2).unwrap();
    assert!((shares.proposing[0] - (1.0 - 0.9 * 0.1)).abs() < 1e-12);
    assert!((shares.proposing[2] - (1.0 - 0.9 * 0.3)).abs() < 1e-12);
    assert!((shares.expected.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn fallbacks_decide_whether_there_is_anything_to_talk_about() {
    let rounds = Terms::rounds(60);
    for style in Style::ALL {
        // Better than any deal: the party leaves, or there is no agreement.
        let prepared = Prepared::new(pie(20, [1.5, 0.0])).unwrap();
        let mut tactics = [0, 1].map(|p| style.tactic(&prepared, p, &rounds, true));
        let session = play(&prepared, &mut tactics, &rounds).unwrap();
        assert!(
            matches!(session.end, End::Left { .. }),
            "{style:?}: {:?}",
            session.end
        );
        // No zone: each alone could gain.
        let prepared = Prepared::new(pie(20, [0.7, 0.7])).unwrap();
        let mut tactics = [0, 1].map(|p| style.tactic(&prepared, p, &rounds, true));
        let session = play(&prepared, &mut tactics, &rounds).unwrap();
        assert_eq!(session.agreement(), None, "{style:?}");
    }
    // Worse than the worst outcome: the opener who knows it asks for everything, and gets it.
    let prepared = Prepared::new(pie(20, [-10.0, -10.0])).unwrap();
    let mut tactics = [0, 1].map(|p| Style::Equilibrium.tactic(&prepared, p, &rounds, false));
    let session = play(&prepared, &mut tactics, &rounds).unwrap();
    assert_eq!(session.agreement(), Some(20));
}

#[test]
fn two_who_take_or_leave_it_leave_a_deal_on_the_table() {
    let spaces = [Prepared::new(pie(20, [0.1, 0.1])).unwrap()];
    let rules = Rules {
        terms: Terms::rounds(50),
        trades: true,
        threads: 1,
    };
    let styles = [Style::TakeItOrLeaveIt, Style::Conceder];
    let found = tournament(&spaces, &styles, &rules).unwrap();
    let blunt = found.against[0][0];
    assert_eq!(
        (blunt.seats, blunt.agreements, blunt.left_on_the_table),
        (4, 0, 4)
    );
    assert_eq!(found.against[1][1].agreements, 4);
    assert_eq!(found.matches.len(), 8);
    // Text that a page or another program can read.
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["styles"][0], "take_it_or_leave_it");
    assert_eq!(json["matches"][0]["end"], "left");
}

#[test]
fn names_and_words_of_styles() {
    for style in Style::ALL {
        assert_eq!(Style::parse(style.name()), Ok(style));
        assert_eq!(Style::parse(&style.word().to_uppercase()), Ok(style));
        assert!(!style.manner().is_empty());
    }
    assert_eq!(Style::parse("Tit-for-tat"), Ok(Style::Relative));
    let error = Style::parse("rude").unwrap_err().to_string();
    assert!(
        error.contains("`rude`") && error.contains("patient (boulware)"),
        "{error}"
    );
}

/// Does the same thing in every turn.
struct Always(Act);

impl Tactic for Always {
    fn act(&mut self, _: &Turn) -> Act {
        self.0
    }
}

#[test]
fn bad_input_is_told() {
    let prepared = Prepared::new(pie(10, [0.0, 0.0])).unwrap();
    let with = |terms: &Terms, acts: &[Act]| {
        let mut tactics: Vec<Box<dyn Tactic>> = Vec::new();
        for act in acts {
            tactics.push(Box::new(Always(*act)));
        }
        play(&prepared, &mut tactics, terms)
    };
    let offers = [Act::Offer(0), Act::Offer(10)];
    let fine = Terms::rounds(3);
    assert_eq!(
        with(&fine, &offers).unwrap().end,
        End::NoAgreement { rounds: 3 }
    );
    assert!(matches!(
        with(&fine, &offers[..1]),
        Err(SessionError::Tactics {
            parties: 2,
            tactics: 1
        })
    ));
    assert!(matches!(
        with(&fine, &[Act::Accept; 2]),
        Err(SessionError::Illegal { turn: 1, .. })
    ));
    assert!(matches!(
        with(&fine, &[Act::Offer(11); 2]),
        Err(SessionError::Illegal { .. })
    ));
    let bad = [
        Terms::rounds(0),
        Terms::rounds(u32::MAX),
        fine.clone().opened_by(2),
        Terms {
            seconds: Some(0.0),
            ..fine.clone()
        },
        Terms {
            seconds: Some(f64::NAN),
            ..fine.clone()
        },
        fine.clone().discounted(Discounting::Turn(vec![0.9])),
        fine.clone().discounted(Discounting::Turn(vec![0.9, 1.1])),
    ];
    for terms in bad {
        assert!(
            matches!(with(&terms, &offers), Err(SessionError::Term { .. })),
            "{terms:?}"
        );
    }
    let rules = Rules {
        terms: fine,
        trades: true,
        threads: 1,
    };
    assert_eq!(tournament(&[], &[], &rules), Err(SessionError::NoStyle));
    for (quota, sessions) in [(0, 1), (4, 1), (2, 0)] {
        assert!(
            Committee::of_equals(3, 0.9, quota)
                .shares(sessions)
                .is_err()
        );
    }
    let lonely = Space::new(
        Domain::new("one", vec![Issue::named("x", ["a"])]).unwrap(),
        vec![Preferences::additive("a", vec![1.0], vec![vec![1.0]])],
    );
    assert!(matches!(
        Prepared::new(lonely.unwrap()),
        Err(DealError::Parties { needed: 2, .. })
    ));
}

#[test]
fn the_clock_ends_a_session() {
    struct Slow;
    impl Tactic for Slow {
        fn act(&mut self, turn: &Turn) -> Act {
            std::thread::sleep(std::time::Duration::from_millis(2));
            Act::Offer(turn.party as u32)
        }
    }
    let prepared = Prepared::new(pie(10, [0.0, 0.0])).unwrap();
    let terms = Terms {
        seconds: Some(0.02),
        ..Terms::rounds(1_000_000)
    };
    let mut tactics: [Box<dyn Tactic>; 2] = [Box::new(Slow), Box::new(Slow)];
    let session = play(&prepared, &mut tactics, &terms).unwrap();
    assert!(
        matches!(session.end, End::NoAgreement { rounds } if rounds < 100),
        "{:?}",
        session.end
    );
}

/// Settles for the first outcome that it hears of, and opens with this one.
struct Settles(u32);

impl Tactic for Settles {
    fn act(&mut self, turn: &Turn) -> Act {
        match turn.standing {
            Some(_) => Act::Accept,
            None => Act::Offer(self.0),
        }
    }
}

#[test]
fn after_a_split_down_the_middle_the_parties_find_their_trade() {
    let issue = |name: &str| Issue::named(name, ["mine", "half", "yours"]);
    let domain = Domain::new("logroll", vec![issue("cap"), issue("oil")]).unwrap();
    let party = |name: &str, weights: [f64; 2], first: [f64; 3]| {
        Preferences::additive(name, weights.to_vec(), vec![first.to_vec(); 2])
    };
    let parties = vec![
        party("a", [0.8, 0.2], [1.0, 0.5, 0.0]),
        party("b", [0.2, 0.8], [0.0, 0.5, 1.0]),
    ];
    let prepared = Prepared::new(Space::new(domain, parties).unwrap()).unwrap();
    let half = prepared.space().domain().index(&[1, 1]).unwrap() as u32;
    let hold = |terms: &Terms| {
        let mut tactics: [Box<dyn Tactic>; 2] = [Box::new(Settles(half)), Box::new(Settles(half))];
        play(&prepared, &mut tactics, terms).unwrap()
    };
    let first = hold(&Terms::rounds(20));
    assert_eq!((first.agreement(), first.proposals.len()), (Some(half), 0));
    let terms = Terms::rounds(20).post_settlement(true);
    let then = hold(&terms);
    assert_eq!((&then.trace, then.settlement()), (&first.trace, Some(half)));
    let values = prepared.values(then.agreement().unwrap());
    assert!(values.iter().all(|v| (v - 0.8).abs() < 1e-12), "{values:?}");
    assert!(
        then.proposals
            .last()
            .is_some_and(|p| then.proposals.len() < 36 && p.outcome != half)
    );
    // Where delay costs more than the trade gives, they stay with what they have.
    let costly = terms.discounted(Discounting::Turn(vec![0.5; 2]));
    assert_eq!(hold(&costly).agreement(), Some(half));
}

fn random_spaces() -> impl Strategy<Value = Space> {
    let shape = prop::collection::vec(1_usize..5, 1..4);
    (shape, 2_usize..=3).prop_flat_map(|(shape, parties)| {
        let options: usize = shape.iter().sum();
        let one = (
            prop::collection::vec(1_u32..10, shape.len()),
            prop::collection::vec(0_u32..=10, options),
            0_u32..18,
        );
        prop::collection::vec(one, parties).prop_map(move |parties| {
            let issues = shape.iter().enumerate().map(|(i, n)| {
                Issue::named(format!("issue {i}"), (0..*n).map(|k| format!("option {k}")))
            });
            let domain = Domain::new("random", issues.collect()).unwrap();
            let parties = parties.iter().enumerate().map(|(p, (weights, scores, d))| {
                let mut scores = scores.iter().map(|s| f64::from(*s) / 10.0);
                let scores = shape.iter().map(|n| scores.by_ref().take(*n).collect());
                let weights = weights.iter().map(|w| f64::from(*w) / 10.0).collect();
                Preferences::additive(format!("party {p}"), weights, scores.collect())
                    .with_fallback(f64::from(*d) / 10.0)
            });
            Space::new(domain, parties.collect()).unwrap()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nobody_agrees_to_less_than_its_fallback(
        space in random_spaces(),
        picks in prop::collection::vec(0..Style::ALL.len(), 3),
        rounds in 1_u32..30,
        opener in 0_usize..2,
        trades: bool,
        discounted: bool,
    ) {
        let prepared = Prepared::new(space).unwrap();
        let n = prepared.parties();
        let mut terms = Terms::rounds(rounds).opened_by(opener);
        if discounted {
            terms = terms.discounted(Discounting::Turn(vec![0.9; n]));
        }
        let run = || {
            let mut tactics: Vec<_> = (0..n)
                .map(|p| Style::ALL[picks[p]].tactic(&prepared, p, &terms, trades))
                .collect();
            play(&prepared, &mut tactics, &terms).unwrap()
        };
        let session = run();
        prop_assert_eq!(&session, &run());
        prop_assert!(session.trace.len() <= rounds as usize * n);
        for step in &session.trace {
            if let Act::Offer(offer) = step.act {
                let value = prepared.value(step.party, offer);
                prop_assert!(value >= prepared.seat(step.party).fallback());
            }
        }
        if let Some(outcome) = session.agreement() {
            for (value, d) in prepared.values(outcome).iter().zip(prepared.space().fallbacks()) {
                prop_assert!(*value >= d);
            }
            prop_assert_eq!(prepared.is_efficient(outcome), prepared.distance(outcome) == 0.0);
        }
    }

    /// What comes after the settlement harms nobody, changes nothing before it, and if there is time for all proposals,
    /// ends on the frontier.
    #[test]
    fn nobody_loses_after_the_settlement(
        space in random_spaces(),
        picks in prop::collection::vec(0..Style::ALL.len(), 3),
        rounds in 1_u32..60,
        discounted: bool,
    ) {
        let prepared = Prepared::new(space).unwrap();
        let n = prepared.parties();
        let mut terms = Terms::rounds(rounds);
        if discounted {
            terms = terms.discounted(Discounting::Turn(vec![0.99; n]));
        }
        let run = |terms: &Terms| {
            let mut tactics: Vec<_> = (0..n)
                .map(|p| Style::ALL[picks[p]].tactic(&prepared, p, terms, true))
                .collect();
            play(&prepared, &mut tactics, terms).unwrap()
        };
        let (first, terms) = (run(&terms), terms.post_settlement(true));
        let then = run(&terms);
        prop_assert_eq!(&first.trace, &then.trace);
        prop_assert_eq!(first.agreement(), then.settlement());
        let payoffs = then.payoffs(&prepared, &terms);
        for (now, before) in payoffs.iter().zip(first.payoffs(&prepared, &terms)) {
            prop_assert!(*now >= before - 1e-12, "{} {}", now, before);
        }
        let turns = then.trace.len() + then.proposals.len() + n;
        if let (Some(outcome), false) = (then.agreement(), discounted) {
            prop_assert!(turns > rounds as usize * n - n || prepared.is_efficient(outcome));
        }
    }

    /// Who stands first in the list does not matter, only who opens.
    #[test]
    fn the_order_of_the_list_does_not_matter(
        space in random_spaces(),
        picks in prop::collection::vec(0_usize..11, 2),
        opener in 0_usize..2,
        trades: bool,
    ) {
        prop_assume!(space.parties().len() == 2);
        let swapped = Space::new(
            space.domain().clone(),
            space.parties().iter().rev().cloned().collect(),
        ).unwrap();
        let run = |space: Space, picks: [usize; 2], opener: usize| {
            let prepared = Prepared::new(space).unwrap();
            let terms = Terms::rounds(25).opened_by(opener);
            let mut tactics = [0, 1].map(|p| Style::ALL[picks[p]].tactic(&prepared, p, &terms, trades));
            let session = play(&prepared, &mut tactics, &terms).unwrap();
            session.agreement().map(|outcome| prepared.values(outcome))
        };
        let there = run(space, [picks[0], picks[1]], opener);
        let back = run(swapped, [picks[1], picks[0]], 1 - opener);
        prop_assert_eq!(there, back.map(|mut values| { values.reverse(); values }));
    }

    #[test]
    fn a_tournament_does_not_depend_on_threads(space in random_spaces()) {
        let spaces = [Prepared::new(space).unwrap()];
        let styles = [Style::Boulware, Style::Micro, Style::Relative, Style::TakeItOrLeaveIt];
        let held = |threads| {
            let rules = Rules { terms: Terms::rounds(20), trades: true, threads };
            tournament(&spaces, &styles, &rules).unwrap()
        };
        let one = held(1);
        prop_assert_eq!(&one, &held(3));
        for record in one.records.iter().chain(one.against.iter().flatten()) {
            prop_assert!(record.agreements + record.left_on_the_table <= record.seats);
            prop_assert!(record.efficient <= record.agreements);
            prop_assert!((0.0..=1.0 + 1e-9).contains(&record.share));
            prop_assert!((0.0..=1.0 + 1e-9).contains(&record.nash));
        }
    }
}
