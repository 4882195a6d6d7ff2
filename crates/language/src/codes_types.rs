//! Explanations of E03xx: types.

/// Code, title and explanation of every error of types.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "E0301",
        "a number, condition or option is needed",
        "There are three sorts of value: numbers, conditions (true or false), and the names of options, packages and
outcomes. Arithmetic and payoffs need numbers; `if`, `and`, `or`, `not` and `p(…)` need conditions.

Wrong:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike }
        if approach { gain us 1 }
        end war
    }

Right:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike }
        if approach == talk { gain us 1 }
        end war
    }
",
    ),
    (
        "E0302",
        "two sorts of thing are compared",
        "Numbers are compared with numbers, options with options, and `outcome` with the name of an outcome.

Wrong:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike }
        if approach == 1 { gain us 1 }
        end war
    }

Right:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike }
        if approach == strike { gain us 1 }
        end war
    }
",
    ),
    (
        "E0303",
        "a comparison that makes no sense",
        "Options and outcomes have no order: they are compared with `==`, `!=` or `in { … }`. A condition is true or
false by itself and is not compared: write it alone, or with `not` in front.

Wrong:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike }
        if approach > talk { gain us 1 }
        end war
    }

Right:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike }
        if approach != talk { gain us 1 }
        end war
    }
",
    ),
    (
        "E0304",
        "the two sides of an `if` differ in sort",
        "`if … then a else b` is one value, so `a` and `b` must be of one sort.

Wrong:

    param cost = 5
    let price = if cost > 3 then cost else false

Right:

    param cost = 5
    let price = if cost > 3 then cost else 0
",
    ),
    (
        "E0305",
        "an argument is used as two sorts of thing",
        "What an argument of a `fn` must be follows from how the formula uses it, and every use must agree.

Wrong:

    fn bonus(x) = if x then x + 1 else 0

Right:

    fn bonus(held, x) = if held then x + 1 else 0
    let best = bonus(true, 3)
",
    ),
    (
        "E0306",
        "this must be a constant of the scenario",
        "Parameters, their ranges, numbers of rounds, grids, weights, scores, tolerances and first values of states are the same
on every path. They are made of numbers, parameters, and of lets and formulas that use no choice, draw or state.

Wrong:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike }
        repeat (if approach == talk then 2 else 1) { gain us 1 }
        end war
    }

Right:

    actor us
    outcome war
    param rounds = 2
    play {
        us chooses approach { talk, strike }
        repeat rounds { if approach == talk { gain us 1 } }
        end war
    }
",
    ),
    (
        "E0307",
        "a function got the wrong sort of thing",
        "`p(…)` is the probability of a condition, `mean(…)` the average of a number, and `worth(actor, …)` needs a package: its
name, or a choice whose options all carry the names of packages.

Wrong:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike { gain us 3 } }
        end war
    }
    ask \"What does Washington gain?\" p(payoff(us))

Right:

    actor us
    outcome war
    play {
        us chooses approach { talk, strike { gain us 3 } }
        end war
    }
    ask \"What does Washington gain?\" mean(payoff(us))
",
    ),
    (
        "E0308",
        "a state keeps another sort of thing",
        "The first value of a `state` says what it keeps: a number, a condition or a package. `set` can only give it another
value of the same sort.

Wrong:

    actor us
    outcome war
    state strength = 3
    play {
        set strength = true
        gain us strength
        end war
    }

Right:

    actor us
    outcome war
    state strength = 3
    play {
        set strength = strength + 1
        gain us strength
        end war
    }
",
    ),
    (
        "E0309",
        "the worth of an agreement is used before it is known",
        "What packages are worth follows from all `param` and `value` declarations. None of these can therefore use `worth` or
`fallback`, directly or through a `let` or `fn`.

Wrong:

    actor us
    issue tariffs { stay, go }
    package free { tariffs go }
    value us { tariffs 5 { stay 0, go 1 } }
    param hope = worth(us, free)

Right:

    actor us
    issue tariffs { stay, go }
    package free { tariffs go }
    value us { tariffs 5 { stay 0, go 1 } }
    let hope = worth(us, free)
",
    ),
];
