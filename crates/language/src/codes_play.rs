//! Explanations of E05xx, which only a path of the play shows, and E06xx, limits.

/// Code, title and explanation of every error that comes up while the play is run, and of every limit.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "E0501",
        "a probability is not between 0 and 1 on a path",
        "The probability of a draw depends on the path, and on the path shown it is negative or above 1. `min` and `max`
keep it within bounds, if that is what is meant.

Wrong:

    actor us
    outcome war
    state strikes = 0
    play {
        repeat 3 {
            chance caught { yes 40 % * strikes, no 1 - 40 % * strikes }
            set strikes = strikes + 1
            gain us if caught == yes then -1 else 0
        }
        repeat 2 {
            chance caught { yes 40 % * strikes, no 1 - 40 % * strikes }
        }
        end war
    }

Right:

    actor us
    outcome war
    state strikes = 0
    fn risk(n) = min(1, 40 % * n)
    play {
        repeat 3 {
            chance caught { yes risk(strikes), no 1 - risk(strikes) }
            set strikes = strikes + 1
            gain us if caught == yes then -1 else 0
        }
        end war
    }
",
    ),
    (
        "E0502",
        "probabilities do not sum to 1 on a path",
        "On the path shown, the probabilities of a draw sum to more or less than 1. Written as `1 - …`, the last one is right on
every path.

Wrong:

    actor us
    outcome war
    play {
        us chooses watch { close, loose }
        chance found { yes if watch == close then 90 % else 20 %, no 10 % }
        gain us if found == yes then 1 else 0
        end war
    }

Right:

    actor us
    outcome war
    fn odds(near) = if near then 90 % else 20 %
    play {
        us chooses watch { close, loose }
        chance found { yes odds(watch == close), no 1 - odds(watch == close) }
        gain us if found == yes then 1 else 0
        end war
    }
",
    ),
    (
        "E0503",
        "a division by zero, or no finite number",
        "An expression has no finite value: something is divided by 0, the logarithm or root of a number is taken that has none,
or the result is too large. Where it depends on the path, the path is shown.

Wrong:

    actor us
    outcome war
    state rounds = 0
    play {
        gain us 10 / rounds
        end war
    }

Right:

    actor us
    outcome war
    state rounds = 0
    play {
        gain us 10 / max(1, rounds)
        end war
    }
",
    ),
    (
        "E0504",
        "a path falls off the end of the play",
        "Every path ends in an outcome. The path shown reaches the closing brace of `play` without `end`. An `end` as the last
statement of the play catches all paths that are left.

Wrong:

    actor us
    outcome war
    outcome peace
    play {
        us chooses approach { talk, strike { end war } }
        if approach == strike { end peace }
    }

Right:

    actor us
    outcome war
    outcome peace
    play {
        us chooses approach { talk, strike { end war } }
        end peace
    }
",
    ),
    (
        "E0505",
        "a guard gives hidden knowledge away",
        "Two histories that look the same to an actor must offer it the same options: otherwise the options themselves would tell
it what it cannot see. The two histories are shown with what differs. Let the actor see it (`seen by`, `show`), or let
the option stand in both and have its effect depend on what is hidden.

Wrong:

    actor us
    actor iran
    outcome war
    play {
        iran chooses programme secretly { hold, dash }
        us chooses reaction { wait, punish if programme == dash }
        gain us 1, iran 0
        end war
    }

Right:

    actor us
    actor iran
    outcome war
    play {
        iran chooses programme secretly { hold, dash }
        us chooses reaction { wait, punish }
        gain us if reaction == punish and programme == dash then 1 else 0, iran 0
        end war
    }
",
    ),
    (
        "E0506",
        "no option is open on a path",
        "The guards of all options fail on the path shown, so that the actor has nothing to choose. Leave one option without a
guard, or put the whole choice inside an `if`.

Wrong:

    actor us
    outcome war
    state strength = 1
    play {
        us chooses approach { press if strength > 2, strike if strength > 3 }
        gain us 1
        end war
    }

Right:

    actor us
    outcome war
    state strength = 1
    play {
        us chooses approach { wait, press if strength > 2, strike if strength > 3 }
        gain us 1
        end war
    }
",
    ),
    (
        "E0507",
        "something has no value on a path",
        "A choice or draw that a path has not reached has no value. In a comparison this is simply false, but a payoff, a
probability or a new value of a state needs a number.

Wrong:

    actor us
    outcome deal
    play {
        us chooses approach { talk, wait }
        if approach == talk {
            us chooses demand in 0 .. 10 step 5
        }
        gain us demand
        end deal
    }

Right:

    actor us
    outcome deal
    play {
        us chooses approach { talk, wait }
        if approach == talk {
            us chooses demand in 0 .. 10 step 5
            gain us demand
        }
        end deal
    }
",
    ),
    (
        "E0508",
        "a grid has no number or too many",
        "With the parameters as they are set, a grid runs downwards or has more numbers than a choice may have options. Change
the parameters, or take a larger step: around ten numbers per grid are usually enough to see the shape of an answer.

Wrong:

    actor us
    outcome deal
    play {
        us chooses demand in 0 .. 1 step 0.000001 { gain us demand }
        end deal
    }

Right:

    actor us
    outcome deal
    play {
        us chooses demand in 0 .. 1 step 0.1 { gain us demand }
        end deal
    }
",
    ),
    (
        "E0509",
        "a payoff is not a finite number",
        "Along the path shown, an actor's payoffs add up beyond what a number can hold.

Wrong:

    actor us
    outcome war
    play {
        repeat 2 { gain us 1e308 }
        end war
    }

Right:

    actor us
    outcome war
    play {
        repeat 2 { gain us 1e6 }
        end war
    }
",
    ),
    (
        "E0510",
        "there is no play",
        "A scenario that is to be solved tells in `play { … }` what can happen, in which order, and how it ends. A file without
it can be checked, and included by others.

Wrong:

    actor us
    outcome war

Right:

    actor us
    outcome war
    play {
        gain us -20
        end war
    }
",
    ),
    (
        "E0511",
        "a table has no such place",
        "On the path shown, a table is asked for a number or an option that has no row or column in it.

Wrong:

    actor us
    outcome war
    table hazard by season { 1: 5 %, 2: 10 % }
    play {
        repeat 3 as season {
            chance clash { yes hazard[season], no 1 - hazard[season] }
            if clash == yes { end war }
        }
        gain us 1
        end war
    }

Right:

    actor us
    outcome war
    table hazard by season { 1: 5 %, 2: 10 %, 3: 20 % }
    play {
        repeat 3 as season {
            chance clash { yes hazard[season], no 1 - hazard[season] }
            if clash == yes { end war }
        }
        gain us 1
        end war
    }
",
    ),
    (
        "E0512",
        "weights of a draw make no probabilities",
        "On the path shown, a weight is negative, or no option that is open has a weight above 0.

Wrong:

    actor us
    outcome war
    play {
        us chooses aim in 1 .. 3 step 1
        chance kind { weak weight aim - 2, strong weight 1 }
        gain us 1
        end war
    }

Right:

    actor us
    outcome war
    play {
        us chooses aim in 1 .. 3 step 1
        chance kind { weak weight aim, strong weight 1 }
        gain us 1
        end war
    }
",
    ),
    (
        "E0513",
        "assumed behaviour depends on what the actor cannot see",
        "By `assume` an actor takes its options with given probabilities. They may depend on anything that the actor has seen;
at two histories that look the same to it they must be the same.

Wrong:

    actor us
    actor iran
    outcome war
    play {
        us chooses letter seen by nobody { polite, harsh }
        assume iran chooses reply {
            accept if letter == polite then 70 % else 20 %
            reject otherwise
        }
        gain us 1, iran 1
        end war
    }

Right:

    actor us
    actor iran
    outcome war
    play {
        us chooses letter seen by iran { polite, harsh }
        assume iran chooses reply {
            accept if letter == polite then 70 % else 20 %
            reject otherwise
        }
        gain us 1, iran 1
        end war
    }
",
    ),
    (
        "E0514",
        "an agreement depends on what a party cannot see",
        "What a bargain settles is a matter of what all its parties know: at two histories that look the same to one of them it
must be settled alike, or the agreement would tell that party what it cannot see. What a party has without agreement
(`against`) may depend on numbers, states and whatever all parties have seen.

Wrong:

    actor us
    actor iran
    outcome over
    issue oil { stay, lifted }
    issue cap { none, agreed }
    value us { oil 1 { stay 1, lifted 0 } cap 3 { none 0, agreed 1 } }
    value iran { oil 3 { stay 0, lifted 1 } cap 1 { none 1, agreed 0 } }
    play {
        chance resolve { tough 50 %, soft 50 % } seen by us
        bargain deal between us, iran over oil, cap by nash
            against us if resolve == tough then 3.5 else 1
        gain us worth(us, deal), iran worth(iran, deal)
        end over
    }

Right:

    actor us
    actor iran
    outcome over
    issue oil { stay, lifted }
    issue cap { none, agreed }
    value us { oil 1 { stay 1, lifted 0 } cap 3 { none 0, agreed 1 } }
    value iran { oil 3 { stay 0, lifted 1 } cap 1 { none 1, agreed 0 } }
    play {
        chance resolve { tough 50 %, soft 50 % }
        bargain deal between us, iran over oil, cap by nash
            against us if resolve == tough then 3.5 else 1
        gain us worth(us, deal), iran worth(iran, deal)
        end over
    }
",
    ),
    (
        "E0601",
        "the game has too many nodes",
        "Every choice and draw multiplies the number of paths, and rounds multiply them again. Expansion stops at the node limit
(20 million unless `--max-nodes` says otherwise) and names the statements that multiply most. Fewer rounds, fewer options,
coarser grids, or an `if` around choices that matter only sometimes bring the size down by far more than a higher limit
brings the reach up.
",
    ),
    (
        "E0602",
        "the game would take too much memory",
        "The estimate made before expansion lies above the memory at hand, so that nothing was allocated. Reduce rounds or
options as for E0601, lower `--max-nodes`, or use a machine with more memory.
",
    ),
    (
        "E0603",
        "too many actors or options",
        "A scenario may have up to 60 actors, and a choice, draw or issue up to 10,000 options.
",
    ),
    (
        "E0604",
        "a formula grows too large",
        "Formulas are written out where they are used. One that uses another twice, which uses a third twice, and so on, doubles
with every step; growth like this has a bound. Make the formula simpler, or keep the repeated part in a `state`. A `fn`
may call itself if it comes to an end within 200 calls, for constant arguments: by an `if` about numbers alone, not about
choices, draws or states.
",
    ),
    (
        "E0605",
        "the play runs on without deciding anything",
        "A `repeat` with a very large number of rounds does nothing that an actor or chance decides, so that the play would not
come to an end in reasonable time. Lower its number of rounds. The same holds of blocks that play one another more than
10,000 deep.
",
    ),
    (
        "E0606",
        "too many included files",
        "Files may include one another up to 32 deep, and a scenario may consist of up to 1,000 files.
",
    ),
    (
        "E0607",
        "too much is on the table of a bargain",
        "Of the packages that a bargain can end in, or that can be offered in it, only so many can be told apart in a game: 9,999
where the agreement depends on the path, 200 in each round of offers. Put fewer issues on the table, give them fewer
options, or let only some of the packages be offered, evenly from one end of the frontier to the other: `among 20`.
",
    ),
];
