//! Explanations of E0425 to E0430: the conflict in option form.

/// Code, title and explanation of every error.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "E0425",
        "something in a condition says nothing about options",
        "What cannot be, what actors prefer, and what is expected to last are conditions over the options of the conflict and
over situations, joined by `and`, `or`, `not`, `if` and `iff`. Numbers have no place in them, nor has the play.

Wrong:

    actor us
    option strike of us
    prefers us { strike > 1 }

Right:

    actor us
    option strike of us
    prefers us { not strike }
",
    ),
    (
        "E0426",
        "a mark of a preference stands where it has no meaning",
        "`strongly` may stand before the first statements of an actor, before tiers of a ranking, and before pairs; `unknown`
only before statements. Strong statements stand above all others: otherwise what matters less would matter more.

Wrong:

    actor us
    option strike of us
    option talk of us
    prefers us { talk; strongly not strike }

Right:

    actor us
    option strike of us
    option talk of us
    prefers us { strongly not strike; talk }
",
    ),
    (
        "E0427",
        "preferences in two forms, or in one that is not known",
        "The preferences of an actor are ordered statements, tiers from best to worst (`by rank`), weights, or pairs of
outcomes; all lines of one `prefers` have the same form.

Wrong:

    actor us
    option strike of us
    option talk of us
    prefers us { not strike; weight 3 if talk }

Right:

    actor us
    option strike of us
    option talk of us
    prefers us { weight -5 if strike; weight 3 if talk }
",
    ),
    (
        "E0428",
        "a situation that is ruled out",
        "An `infeasible` condition says that this combination of options cannot be. In a situation, the options that are not
named are not chosen.

Wrong:

    actor us
    option strike of us
    option talk of us
    infeasible strike and talk
    situation both { strike, talk }
    prefers us { talk }

Right:

    actor us
    option strike of us
    option talk of us
    infeasible strike and talk
    situation talks { talk }
    prefers us { talk }
",
    ),
    (
        "E0429",
        "an option that is not there, or cannot be unseen",
        "An option that is declared inside `perceives` exists in the eyes of that actor only: nothing else can speak of it.
And everybody sees its own options: `unseen` names those of others.

Wrong:

    actor us
    actor iran
    option talk of us
    option yield of iran
    perceives iran { option invade of us }
    prefers us { not invade }
    prefers iran { talk }

Right:

    actor us
    actor iran
    option talk of us
    option yield of iran
    perceives iran {
        option invade of us
        prefers us { invade }
        prefers iran { not invade }
    }
    prefers us { yield }
    prefers iran { talk }
",
    ),
    (
        "E0430",
        "no concept of stability",
        "An `expect` about stability names its concept: `nash`, `general`, `symmetric`, `sequential`, `symmetric_sequential`,
`simultaneous`, `limited n` (so many moves ahead) or `non_myopic`; behind `with` may stand two actors or more that act as one.

Wrong:

    actor us
    option talk of us
    prefers us { talk }
    expect stable talk by limited

Right:

    actor us
    option talk of us
    prefers us { talk }
    expect stable talk by limited 2
",
    ),
    (
        "E0431",
        "an agreement on something else than packages",
        "`lens terms if signed` says when the play has come to an agreement, and on what: `terms` must be a choice whose options
are packages.

Wrong:

    actor us
    outcome done
    lens course if course == offer
    play {
        us chooses course { offer, strike }
        end done
    }

Right:

    actor us
    outcome done
    issue oil \"Oil\" { hunted, waived }
    package narrow { oil waived }
    package status_quo { oil hunted }
    lens terms if terms != status_quo
    play {
        us chooses terms { narrow, status_quo }
        end done
    }
",
    ),
    (
        "E0432",
        "an option without a place on the scale",
        "`lens level as enrichment { … }` says what the options of `enrichment` come to on the scale of `level`; every option has a
place there.

Wrong:

    issue enrichment \"Enrichment\" { unlimited, capped, zero }
    issue level \"Highest enrichment allowed\" 0 .. 60 \"%\"
    lens level as enrichment { unlimited 60, zero 0 }

Right:

    issue enrichment \"Enrichment\" { unlimited, capped, zero }
    issue level \"Highest enrichment allowed\" 0 .. 60 \"%\"
    lens level as enrichment { unlimited 60, capped 3.67, zero 0 }
",
    ),
];
