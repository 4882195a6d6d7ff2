//! Explanations of W07xx: warnings.

/// Code, title and explanation of every warning.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "W0701",
        "a parameter is never used",
        "Nothing in the play, in preferences or in questions depends on this number, so that doubting it changes nothing.

Wrong:

    actor us
    outcome war
    param cost = 5
    play { gain us 1; end war }

Right:

    actor us
    outcome war
    param cost = 5
    play { gain us -cost; end war }
",
    ),
    (
        "W0702",
        "an outcome is never reached",
        "No `end` of the play leads to this outcome: its probability is 0 whatever anybody does.

Wrong:

    actor us
    outcome war
    outcome peace
    play { gain us 1; end war }

Right:

    actor us
    outcome war
    outcome peace
    play {
        us chooses approach { talk { end peace }, strike { end war } }
    }
",
    ),
    (
        "W0703",
        "an actor has no part in the play",
        "This actor never chooses, never gains and has no preferences over agreements.

Wrong:

    actor us
    actor iran
    outcome war
    play { gain us 1; end war }

Right:

    actor us
    actor iran
    outcome war
    play { gain us 1, iran -1; end war }
",
    ),
    (
        "W0704",
        "a statement is never reached",
        "Every path has ended before it comes here.

Wrong:

    actor us
    outcome war
    play {
        end war
        gain us 1
    }

Right:

    actor us
    outcome war
    play {
        gain us 1
        end war
    }
",
    ),
    (
        "W0705",
        "something happened before the scenario looks ahead",
        "`as_of` is the day from which the scenario looks ahead. What happened before it is known to the analyst and no test
of a forecast.

Wrong:

    as_of \"2025-03-31\"
    outcome war
    happened war on \"2024-10-26\" \"strikes\"

Right:

    as_of \"2025-03-31\"
    outcome war
    happened war on \"2025-06-22\" \"strikes\"
",
    ),
    (
        "W0706",
        "two things are compared that are never equal",
        "The two sides have no option in common, so that the comparison is the same on every path.

Wrong:

    actor us
    actor iran
    outcome war
    play {
        us chooses offer { relief, threat }
        iran chooses reply { accept, reject }
        if offer == reply { gain us 1 }
        end war
    }

Right:

    actor us
    actor iran
    outcome war
    play {
        us chooses offer { relief, threat }
        iran chooses reply { accept, reject }
        if offer == relief and reply == accept { gain us 1 }
        end war
    }
",
    ),
    (
        "W0707",
        "a block that is never played",
        "A `block` is a stretch of the play that happens only where a `do` leads to it.

Wrong:

    actor us
    outcome war
    block retaliation { gain us -5 }
    play {
        us chooses answer { retaliate, yield }
        end war
    }

Right:

    actor us
    outcome war
    block retaliation { gain us -5 }
    play {
        us chooses answer { retaliate { do retaliation }, yield }
        end war
    }
",
    ),
    (
        "W0708",
        "an issue with a scale that nobody speaks to",
        "Of an issue on which no stakeholder has a position, nothing can be forecast.

Wrong:

    issue oil 0 .. 2.5
    issue missiles 0 .. 2000
    stakeholder ministry {
        influence 2
        oil       position 2 salience 90 %
    }

Right:

    issue oil 0 .. 2.5
    issue missiles 0 .. 2000
    stakeholder ministry {
        influence 2
        oil       position 2 salience 90 %
        missiles  position 300 salience 10 %
    }
",
    ),
    (
        "W0709",
        "an actor that has options but prefers nothing",
        "Without preferences all states are equally good for an actor: it never moves in the graph of the conflict, and holds
nobody back.

Wrong:

    actor us
    option talk of us

Right:

    actor us
    option talk of us
    prefers us { talk }
",
    ),
];
