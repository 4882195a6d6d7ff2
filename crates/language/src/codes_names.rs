//! Explanations of E02xx: names.

/// Code, title and explanation of every error of names.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "E0201",
        "a name is declared twice",
        "Actors, parameters, lets, formulas, outcomes, states, issues, packages, choices, draws and loop indices
share one namespace, so that a name means the same thing wherever it stands. Only the names of options
are free: they belong to their own choice or draw and may be used again in others.

Wrong:

    param cost = 5
    let cost = 2 * 3

Right:

    param cost = 5
    let total_cost = 2 * cost
",
    ),
    (
        "E0202",
        "a name is taken by the language",
        "Functions that every scenario has (`min`, `max`, `abs`, `exp`, `ln`, `sqrt`, `round`, `floor`, `ceil`,
`worth`, `fallback`, `payoff`, `p`, `mean`, `value`, `ever`) cannot be declared anew, and `outcome` means the
way in which the play ended.

Wrong:

    fn max(a, b) = if a > b then a else b

Right:

    fn larger(a, b) = if a > b then a else b
",
    ),
    (
        "E0203",
        "nothing has this name",
        "Every name in an expression must be declared somewhere: as a parameter, a let, a formula, a state, an
actor, or by being chosen or drawn in the play. The order of declarations does not matter. The name of an
option has a meaning only beside its choice, as in `reply == accept`.

Wrong:

    param war_cost = 20
    let price = 2 * war_csot

Right:

    param war_cost = 20
    let price = 2 * war_cost
",
    ),
    (
        "E0204",
        "a choice, draw or issue has no such option",
        "In a comparison such as `reply == accept`, the name on one side is looked up among the options of the other
side. An issue's options are looked up in the same way. A misspelt option would make the comparison false on
every path, so it is an error.

Wrong:

    actor iran
    outcome deal
    play {
        iran chooses reply { accept, reject }
        if reply == acept { gain iran 1 }
        end deal
    }

Right:

    actor iran
    outcome deal
    play {
        iran chooses reply { accept, reject }
        if reply == accept { gain iran 1 }
        end deal
    }
",
    ),
    (
        "E0205",
        "a name stands for another sort of thing",
        "Some places need an actor (before `chooses`, in `gain`, `seen by`, `show … to`), some an outcome (`end`), some
an issue or a state (`set`), some a number or condition. The name is declared, but as something else.

Wrong:

    actor us
    outcome war
    play {
        gain war 5
        end war
    }

Right:

    actor us
    outcome war
    play {
        gain us 5
        end war
    }
",
    ),
    (
        "E0206",
        "a definition goes round in a circle",
        "Parameters, lets, formulas and first values of states may use one another, but none may need its own value to
compute its value. What changes from round to round is a `state`, changed by `set`.

Wrong:

    let strength = 2 * will
    let will = strength - 1

Right:

    param will = 3
    let strength = 2 * will
",
    ),
    (
        "E0207",
        "only a query can know this",
        "`p`, `mean`, `value`, `ever`, `x@2`, `round(outcome)` and the names of outcomes look at whole paths, or at all of
them at once. They belong into `ask`, `expect`, `compare` and `--ask`. The play itself, and the formulas that it
uses, know only what has happened so far. Inside `p(…)` and its like there is one path, so they cannot be
nested in one another.

Wrong:

    actor us
    outcome war
    play {
        gain us if p(war) > 0.5 then -1 else 0
        end war
    }

Right:

    actor us
    outcome war
    play {
        gain us -1
        end war
    }
    ask \"How likely is war?\" p(war)
",
    ),
    (
        "E0208",
        "no such function",
        "A name before brackets must be a function that every scenario has, or a `fn` of this scenario. A `fn` in turn
cannot be used without brackets.

Wrong:

    actor us
    outcome war
    play { end war }
    ask \"How likely is war?\" probability(war)

Right:

    actor us
    outcome war
    play { gain us 0; end war }
    ask \"How likely is war?\" p(war)
",
    ),
    (
        "E0209",
        "wrong number of arguments",
        "A formula is called with as many arguments as it was declared with.

Wrong:

    fn loss(damage, share) = damage * share
    let mine = loss(20)

Right:

    fn loss(damage, share) = damage * share
    let mine = loss(20, 50 %)
",
    ),
    (
        "E0210",
        "one name is chosen or drawn by several",
        "A name may be chosen at several places of the play, but always by the same actor, or always drawn. Otherwise
nobody could say whose decision a comparison asks about.

Wrong:

    actor us
    actor iran
    outcome deal
    play {
        us chooses move { talk, wait }
        iran chooses move { talk, wait }
        end deal
    }

Right:

    actor us
    actor iran
    outcome deal
    play {
        us chooses us_move { talk, wait }
        iran chooses iran_move { talk, wait }
        end deal
    }
",
    ),
    (
        "E0211",
        "one name has options here and numbers there",
        "What is chosen or drawn under one name is either one of named options everywhere or a number of a grid
everywhere.

Wrong:

    actor us
    outcome deal
    play {
        us chooses demand in 0 .. 10 step 5
        us chooses demand { all, nothing }
        end deal
    }

Right:

    actor us
    outcome deal
    play {
        us chooses demand in 0 .. 10 step 5
        us chooses tone { harsh, mild }
        end deal
    }
",
    ),
    (
        "E0212",
        "the index of a `repeat` is out of place",
        "The name behind `as` counts the rounds inside its own `repeat`. Outside it there is no round to count, in
formulas it must be handed over as an argument, and a `repeat` inside another needs an index of its own.

Wrong:

    actor us
    outcome deal
    let patience = 3 - i
    play {
        repeat 3 as i { gain us patience }
        end deal
    }

Right:

    actor us
    outcome deal
    fn patience(round_now) = 3 - round_now
    play {
        repeat 3 as i { gain us patience(i) }
        end deal
    }
",
    ),
    (
        "E0213",
        "a file cannot be included",
        "The file behind `use` was not found or cannot be read. Paths are relative to the file that includes.

Wrong:

    use \"cots.detente\"

Right:

    use \"costs.detente\"
",
    ),
    (
        "E0214",
        "files include one another in a circle",
        "A file may be included by several others and counts once, but it cannot include itself, directly or through
others.

Wrong:

    use \"crisis.detente\"

Right:

    use \"costs.detente\"
",
    ),
    (
        "E0215",
        "an included file holds what cannot be shared",
        "Included files share parameters, lets, formulas, issues and packages. Actors, outcomes, states, preferences, the
play and the questions belong to one scenario and stand in its own file.

Wrong:

    use \"whole_scenario.detente\"

Right:

    use \"costs.detente\"
    outcome war
",
    ),
    (
        "E0216",
        "something stands twice that can stand only once",
        "A scenario has one `scenario` title, one `as_of`, one `play`, and at most one `value` declaration per actor, which
mentions an issue once.

Wrong:

    scenario \"A crisis\"
    scenario \"The crisis\"

Right:

    scenario \"A crisis\"
    note \"Also called the crisis.\"
",
    ),
    (
        "E0217",
        "an option is listed twice",
        "Within one choice, draw, issue or list of scores, every option stands once.

Wrong:

    issue missiles \"Missiles\" { keep, limit, keep }

Right:

    issue missiles \"Missiles\" { keep, limit, scrap }
",
    ),
    (
        "E0218",
        "a package leaves an issue open or fixes it twice",
        "A package is one full agreement: it names one option of every issue of the scenario.

Wrong:

    issue missiles { keep, limit }
    issue sanctions { stay, lifted }
    package small { missiles limit }

Right:

    issue missiles { keep, limit }
    issue sanctions { stay, lifted }
    package small { missiles limit, sanctions stay }
",
    ),
    (
        "E0219",
        "an actor has no preferences over agreements",
        "`worth(actor, package)` and `fallback(actor)` come from the actor's `value` declaration: weights of issues, scores of
options, and the value without agreement.

Wrong:

    actor iran
    issue sanctions { stay, lifted }
    package relief { sanctions lifted }
    let gain_of_relief = worth(iran, relief)

Right:

    actor iran
    issue sanctions { stay, lifted }
    package relief { sanctions lifted }
    value iran { sanctions 10 { stay 0, lifted 1 } fallback 2 }
    let gain_of_relief = worth(iran, relief)

A `ratifier` weighs agreements, too, and so does the actor whose agreements need its consent.
",
    ),
    (
        "E0220",
        "a query gives a different answer on every path",
        "A query is one number over all paths: made of `p(…)`, `mean(…)`, `value(…)` and constants. A condition has a
probability, `p(…)`; a number that differs from path to path has an average, `mean(…)`.

Wrong:

    actor iran
    outcome deal
    play {
        iran chooses programme { hold, dash }
        end deal
    }
    ask \"Does Iran dash?\" programme == dash

Right:

    actor iran
    outcome deal
    play {
        iran chooses programme { hold, dash }
        end deal
    }
    ask \"Does Iran dash?\" p(programme == dash)
",
    ),
    (
        "E0221",
        "a block comes back to itself from inside its own `repeat`",
        "A block may play itself, but not while one of its own `repeat`s is running: the rounds of that would be counted twice
at once.

Wrong:

    actor us
    outcome war
    block bargain {
        repeat 2 {
            us chooses next { again { do bargain }, stop }
        }
    }
    play {
        do bargain
        end war
    }

Right:

    actor us
    outcome war
    state left = 3
    block bargain {
        us chooses next {
            again {
                set left = left - 1
                if left > 0 { do bargain }
            }
            stop
        }
    }
    play {
        do bargain
        end war
    }
",
    ),
    (
        "E0222",
        "a ratifier of a ratifier",
        "`ratifier hawks of us` says that an agreement of `us` needs the consent of `hawks`. Who stands behind `of`
negotiates; a ratifier does not, so it cannot have a ratifier of its own, nor be its own. If several must consent, each
is a ratifier of the negotiator.

Wrong:

    actor us
    actor hawks
    actor donors
    issue sanctions { stay, lifted }
    value us { sanctions 10 { stay 1, lifted 0.5 } }
    ratifier hawks of us { sanctions 10 { stay 1, lifted 0 } fallback 2 }
    ratifier donors of hawks { sanctions 10 { stay 1, lifted 0 } fallback 3 }

Right:

    actor us
    actor hawks
    actor donors
    issue sanctions { stay, lifted }
    value us { sanctions 10 { stay 1, lifted 0.5 } }
    ratifier hawks of us { sanctions 10 { stay 1, lifted 0 } fallback 2 }
    ratifier donors of us { sanctions 10 { stay 1, lifted 0 } fallback 3 }
",
    ),
    (
        "E0223",
        "a bargain that cannot be held",
        "A `bargain` needs at least two parties, each an actor with a `value` and none of them a ratifier, and issues on its
table, each once. What a party has without agreement is said once, and of parties only. In a bargain by offers no issue
may be called `offer`, `reply` or `round`: that is what the bargain itself is asked by.

Wrong:

    actor us
    actor iran
    outcome over
    issue oil { stay, lifted }
    value us { oil 1 { stay 1, lifted 0 } fallback 0.2 }
    value iran { oil 1 { stay 0, lifted 1 } }
    play {
        bargain deal between us, us over oil by nash
        end over
    }

Right:

    actor us
    actor iran
    outcome over
    issue oil { stay, lifted }
    value us { oil 1 { stay 1, lifted 0 } fallback 0.2 }
    value iran { oil 1 { stay 0, lifted 1 } }
    play {
        bargain deal between us, iran over oil by nash
        end over
    }
",
    ),
    (
        "E0224",
        "an unknown style of bargaining",
        "Behind an actor may stand the style in which it bargains in `detente session` and `detente tournament`: patient
(boulware), steady (linear), eager (conceder), reciprocal (tit_for_tat), matching (absolute_tit_for_tat), restless
(random_tit_for_tat), forgiving (averaged_tit_for_tat), stepwise (micro), stubborn (hard_headed), blunt
(take_it_or_leave_it), cautious (zeuthen) or farsighted (equilibrium).

Wrong:

    actor iran \"Iran\" style slow

Right:

    actor iran \"Iran\" style patient
",
    ),
];
