//! Explanations of E04xx: values of declarations.

/// Code, title and explanation of every error of a declaration's values.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "E0401",
        "a best guess lies outside its range",
        "A parameter's range holds every value that it may have, its best guess included, and its smaller end stands first.
The same holds for a base rate.

Wrong:

    param detection = 40 % in 50 % .. 99 %

Right:

    param detection = 85 % in 50 % .. 99 %
",
    ),
    (
        "E0402",
        "a distribution is unknown or makes no sense",
        "Known are `uniform()`, `triangular(mode)` and `log_uniform()` over the range (or with their own ends),
`normal(mean, sd)` cut to the range, `beta(a, b)` stretched over it, and `discrete(value, weight, …)`.

Wrong:

    param growth = 2 in 0 .. 5 ~ normal(2, 0)

Right:

    param growth = 2 in 0 .. 5 ~ normal(2, 1)
",
    ),
    (
        "E0403",
        "a number of rounds is not a whole number",
        "`repeat` takes a whole number of rounds, 0 or above; the round behind `@` is counted from 1. The number is looked at
with every parameter at its best guess.

Wrong:

    actor us
    outcome war
    play {
        repeat 2.5 { gain us 1 }
        end war
    }

Right:

    actor us
    outcome war
    param rounds = 2
    play {
        repeat rounds { gain us 1 }
        end war
    }
",
    ),
    (
        "E0404",
        "a probability is not between 0 and 1",
        "A probability is a number from 0 to 1. Write percentages with their sign: `55 %` is 0.55, but `55` is fifty-five.

Wrong:

    actor us
    outcome war
    play {
        chance weather { fair 55, foul 45 }
        gain us if weather == fair then 1 else 0
        end war
    }

Right:

    actor us
    outcome war
    play {
        chance weather { fair 55 %, foul 45 % }
        gain us if weather == fair then 1 else 0
        end war
    }
",
    ),
    (
        "E0405",
        "probabilities do not sum to 1",
        "One of the options of a draw always happens, so that their probabilities sum to 1. Written as `1 - …`, the last one
stays right whatever the others become. Probabilities that depend on the path are looked at on every path (E0502).

Wrong:

    actor us
    outcome war
    param fair_odds = 55 %
    play {
        chance weather { fair fair_odds, foul 40 % }
        gain us if weather == fair then 1 else 0
        end war
    }

Right:

    actor us
    outcome war
    param fair_odds = 55 %
    play {
        chance weather { fair fair_odds, foul 1 - fair_odds }
        gain us if weather == fair then 1 else 0
        end war
    }
",
    ),
    (
        "E0406",
        "something is drawn without a probability",
        "Every option of a `chance` has its probability behind its name.

Wrong:

    actor us
    outcome war
    play {
        chance weather { fair 55 %, foul }
        gain us if weather == fair then 1 else 0
        end war
    }

Right:

    actor us
    outcome war
    play {
        chance weather { fair 55 %, foul 45 % }
        gain us if weather == fair then 1 else 0
        end war
    }
",
    ),
    (
        "E0407",
        "a score is not between 0 and 1",
        "Scores say how good an option is within its issue, from 0 (worst) to 1 (best). How much the issue matters is its
weight.

Wrong:

    actor iran
    issue sanctions { stay, lifted }
    value iran { sanctions 10 { stay 0, lifted 30 } }

Right:

    actor iran
    issue sanctions { stay, lifted }
    value iran { sanctions 30 { stay 0, lifted 1 } }
",
    ),
    (
        "E0408",
        "an option has no score",
        "An actor that cares about an issue scores every option of it. An issue that it does not care about can be left out
as a whole.

Wrong:

    actor iran
    issue sanctions { stay, eased, lifted }
    value iran { sanctions 10 { stay 0, lifted 1 } }

Right:

    actor iran
    issue sanctions { stay, eased, lifted }
    value iran { sanctions 10 { stay 0, eased 0.4, lifted 1 } }
",
    ),
    (
        "E0409",
        "a weight is negative",
        "Weights are 0 or above. What an actor dislikes gets a low score, not a negative weight.

Wrong:

    actor iran
    issue sanctions { stay, lifted }
    value iran { sanctions -10 { stay 1, lifted 0 } }

Right:

    actor iran
    issue sanctions { stay, lifted }
    value iran { sanctions 10 { stay 0, lifted 1 } }
",
    ),
    (
        "E0410",
        "this is no date",
        "Dates are written year-month-day and must exist.

Wrong:

    as_of \"2025-02-30\"

Right:

    as_of \"2025-02-28\"
",
    ),
    (
        "E0411",
        "two options of a draw take what the others leave",
        "One option of a draw may have `otherwise` in place of its probability: it takes what the others leave of 1.

Wrong:

    actor us
    outcome war
    play {
        chance weather { fair 50 %, foul otherwise, stormy otherwise }
        gain us if weather == fair then 1 else 0
        end war
    }

Right:

    actor us
    outcome war
    play {
        chance weather { fair 50 %, foul 30 %, stormy otherwise }
        gain us if weather == fair then 1 else 0
        end war
    }
",
    ),
    (
        "E0412",
        "a grid has no number",
        "A grid `in lo .. hi step s` runs upwards from `lo` to `hi` by steps above 0.

Wrong:

    actor us
    outcome deal
    play {
        us chooses demand in 10 .. 0 step 5
        end deal
    }

Right:

    actor us
    outcome deal
    play {
        us chooses demand in 0 .. 10 step 5
        end deal
    }
",
    ),
    (
        "E0413",
        "a tolerance is negative",
        "The tolerance behind `within` says by how much the two sides of an `expect` may differ: 0 or more.

Wrong:

    actor us
    outcome war
    play { gain us 1; end war }
    expect p(war) == 1 within -0.1

Right:

    actor us
    outcome war
    play { gain us 1; end war }
    expect p(war) == 1 within 0.1
",
    ),
    (
        "E0414",
        "there is nothing to choose from",
        "A choice or a draw has at least one option.

Wrong:

    actor us
    outcome war
    play {
        us chooses approach { }
        end war
    }

Right:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike }
        end war
    }
",
    ),
    (
        "E0415",
        "a table does not cover what it goes by",
        "A table goes by one or two choices or draws, and has a place for every option of each.

Wrong:

    actor iran
    outcome war
    table cost by resolve { fragile 30 }
    play {
        chance resolve { fragile 55 %, steady 45 % } seen by iran
        gain iran -cost[resolve]
        end war
    }

Right:

    actor iran
    outcome war
    table cost by resolve { fragile 30, steady 10 }
    play {
        chance resolve { fragile 55 %, steady 45 % } seen by iran
        gain iran -cost[resolve]
        end war
    }
",
    ),
    (
        "E0416",
        "weights and probabilities are mixed",
        "The options of a draw have probabilities, which sum to 1, or weights, to which their probabilities are
proportional. In one draw all options have the same.

Wrong:

    actor us
    outcome war
    play {
        chance kind { weak weight 3, strong 25 % }
        gain us 1
        end war
    }

Right:

    actor us
    outcome war
    play {
        chance kind { weak weight 3, strong weight 1 }
        gain us 1
        end war
    }
",
    ),
    (
        "E0417",
        "a weight is negative, or all are 0",
        "Options are drawn in proportion to their weights. A weight is 0 or above, and at least one of them is above 0.

Wrong:

    actor us
    outcome war
    play {
        chance kind { weak weight 3, strong weight 0 - 1 }
        gain us 1
        end war
    }

Right:

    actor us
    outcome war
    play {
        chance kind { weak weight 3, strong weight 1 }
        gain us 1
        end war
    }
",
    ),
    (
        "E0418",
        "a number stands beside its steps",
        "A `param` with a `step` is one of the numbers from the lower end of its range on, step by step: its best guess and
what `--set` gives it, too. The step is above 0.

Wrong:

    param rounds = 2.5 in 1 .. 6 step 1

Right:

    param rounds = 3 in 1 .. 6 step 1
",
    ),
    (
        "E0419",
        "a number of a bargain by offers that makes no sense",
        "The rounds of a bargain `by offers` and the number of packages behind `among` are whole numbers, 1 or above; a
`discount` is what is left of a value a round later: above 0 and at most 1.

Wrong:

    actor us
    actor iran
    outcome over
    issue oil { stay, lifted }
    value us { oil 1 { stay 1, lifted 0 } }
    value iran { oil 1 { stay 0, lifted 1 } }
    play {
        bargain deal between us, iran over oil by offers 3 discount 105 %
        end over
    }

Right:

    actor us
    actor iran
    outcome over
    issue oil { stay, lifted }
    value us { oil 1 { stay 1, lifted 0 } }
    value iran { oil 1 { stay 0, lifted 1 } }
    play {
        bargain deal between us, iran over oil by offers 3 discount 95 %
        end over
    }
",
    ),
    (
        "E0420",
        "a correlation that cannot be",
        "`correlation a, b = r` says how two doubtful numbers hang together when they are drawn: r is their rank correlation
(Spearman's), a plain number between -1 and 1. Both must have a range or a distribution, and all correlations must be
possible together: where a goes with b and b goes with c, a cannot go against c.

Wrong:

    param growth = 2 in 0 .. 5
    param trade = 30 in 10 .. 50
    correlation growth, trade = 1.6

Right:

    param growth = 2 in 0 .. 5
    param trade = 30 in 10 .. 50
    correlation growth, trade = 0.6
",
    ),
    (
        "E0421",
        "something that a stakeholder must say is missing",
        "A stakeholder says how much it counts (`influence`), and of every issue that it has a position on, how much that
matters to it (`salience`).

Wrong:

    issue oil \"Exports\" 0 .. 2.5 \"mb/d\"
    stakeholder ministry \"Oil ministry\" {
        influence 2
        oil       position 2.5
    }

Right:

    issue oil \"Exports\" 0 .. 2.5 \"mb/d\"
    stakeholder ministry \"Oil ministry\" {
        influence 2
        oil       position 2.5 salience 0.9
    }
",
    ),
    (
        "E0422",
        "a position off the scale",
        "An issue like `issue oil 0 .. 2.5` is settled somewhere between its ends, and every position lies there too.

Wrong:

    issue oil \"Exports\" 0 .. 2.5 \"mb/d\"
    stakeholder ministry {
        influence 2
        oil       position 3 salience 0.9
    }

Right:

    issue oil \"Exports\" 0 .. 3 \"mb/d\"
    stakeholder ministry {
        influence 2
        oil       position 3 salience 0.9
    }
",
    ),
    (
        "E0423",
        "an influence or salience that cannot be",
        "An `influence` is 0 or above, in any unit: only what influences are beside one another counts. A `salience` lies
between 0 (the issue does not matter) and 1 (nothing matters more).

Wrong:

    issue oil \"Exports\" 0 .. 2.5 \"mb/d\"
    stakeholder ministry {
        influence 2
        oil       position 2 salience 90
    }

Right:

    issue oil \"Exports\" 0 .. 2.5 \"mb/d\"
    stakeholder ministry {
        influence 2
        oil       position 2 salience 90 %
    }
",
    ),
    (
        "E0424",
        "a scale without length",
        "The lower end of a scale stands first, and the upper end lies above it.

Wrong:

    issue oil \"Exports\" 2.5 .. 0 \"mb/d\"

Right:

    issue oil \"Exports\" 0 .. 2.5 \"mb/d\"
",
    ),
];
