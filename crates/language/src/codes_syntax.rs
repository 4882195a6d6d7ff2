//! What the errors of reading mean, one by one, for `detente explain`.

/// Code, title and explanation in Markdown of every error that the lexer and the parser report.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "E0101",
        "characters that mean nothing",
        "A scenario is plain text in UTF-8. Outside of quoted texts and comments it is made of names, numbers, \
quoted texts and a few signs; anything else, such as currency signs or the bytes of a word processor's file, \
means nothing and is skipped.

Wrong:

```
param cost = 20 €
```

Right:

```
param cost = 20 \"in billion euros\"
```",
    ),
    (
        "E0102",
        "a sign of another notation",
        "Some signs are common in mathematics or in programming languages but are written differently here. The \
message says what to write; reading goes on as if that stood there.

Wrong:

```
if a ≥ 2 && b == yes { end deal }
```

Right:

```
if a >= 2 and b == yes { end deal }
```",
    ),
    (
        "E0103",
        "a quoted text is not closed",
        "A text begins with `\"` and ends with `\"` on the same line. For a line break inside a text write `\\n`.

Wrong:

```
actor us \"United States
```

Right:

```
actor us \"United States\"
```",
    ),
    (
        "E0104",
        "an unknown escape",
        "Inside a quoted text a backslash has three uses: `\\\"` for a quotation mark, `\\n` for a line break and \
`\\\\` for a backslash.

Wrong:

```
note \"C:\\temp\"
```

Right:

```
note \"C:\\\\temp\"
```",
    ),
    (
        "E0105",
        "neither a number nor a name",
        "A name begins with a letter or `_`, so that `3rd` or `20x` is neither a number nor a name. Numbers look \
like `12`, `0.5`, `1e-3` or `1_000` and go up to about 1.8e308.

Wrong:

```
let cost = 2x
```

Right:

```
let cost = 2 * x
```",
    ),
    (
        "E0106",
        "the file is too large",
        "A single file may hold up to 4 GiB of text. Nobody writes that much by hand: generated parts can be split \
into several files.

Wrong: one file of 5 GiB.

Right:

```
use \"first-half.detente\"
use \"second-half.detente\"
```",
    ),
    (
        "E0107",
        "something else was expected",
        "At this place the grammar allows something else than what stands there. The message names both; often the \
mistake lies just before: a missing comma, quote or bracket.

Wrong:

```
param detection 85 %
```

Right:

```
param detection = 85 %
```",
    ),
    (
        "E0108",
        "no declaration begins so",
        "Outside of `play` every line begins a declaration with one of the words `scenario`, `source`, `note`, \
`as_of`, `happened`, `actor`, `param`, `let`, `fn`, `outcome`, `state`, `issue`, `value`, `package`, `ask`, `expect`, \
`compare`, `use` and `play`.

Wrong:

```
player us \"United States\"
```

Right:

```
actor us \"United States\"
```",
    ),
    (
        "E0109",
        "no statement begins so",
        "Inside `play` a statement is `ACTOR chooses …` or begins with `chance`, `together`, `show`, `if`, `repeat`, \
`gain`, `set` or `end`.

Wrong:

```
us choose reply { accept, reject }
us 20
```

Right:

```
us chooses reply { accept, reject }
gain us 20
```",
    ),
    (
        "E0110",
        "nested too deep",
        "Expressions may be nested 200 deep (a sum of 200 terms counts as such) and blocks 100 deep. Give names to \
parts of an expression by `let` or `fn`; in the play, write what repeats as `repeat`, and ask later by `if` what was \
chosen instead of nesting everything inside the options.

Wrong: a formula with a thousand terms.

Right:

```
let first  = a + b + c
let second = d + e + f
let total  = first + second
```",
    ),
    (
        "E0111",
        "`=` and `==` mixed up",
        "`=` gives a name its value, in declarations and in `set`. `==` asks whether two things are equal.

Wrong:

```
if reply = accept { end deal }
```

Right:

```
if reply == accept { end deal }
```",
    ),
    (
        "E0112",
        "comparisons do not chain",
        "A comparison has two sides. To say that something lies between two numbers, join two comparisons by `and`.

Wrong:

```
if 1 < strength < 3 { end deal }
```

Right:

```
if 1 < strength and strength < 3 { end deal }
```",
    ),
    (
        "E0113",
        "a brace is not closed",
        "Every `{` needs its `}`. The place shown is the brace that lacks its partner, as far as the indentation \
tells: the mistake often lies further up than where reading stops.

Wrong:

```
play {
    if reply == accept {
        gain us 20
    end deal
}
```

Right:

```
play {
    if reply == accept {
        gain us 20
    }
    end deal
}
```",
    ),
    (
        "E0114",
        "a brace closes nothing",
        "There is a `}` more than there are `{` before it. Remove it, or look further up for one that closes too \
early.

Wrong:

```
play { end deal } }
```

Right:

```
play { end deal }
```",
    ),
    (
        "E0115",
        "`given` in the wrong place",
        "A condition after `given` belongs to what is asked about the paths of the play: `p(…)`, `mean(…)` and \
`value(…)`. Other functions calculate with numbers and know no condition.

Wrong:

```
ask \"Gain after a deal?\" max(value(us), 0 given reply == accept)
```

Right:

```
ask \"Gain after a deal?\" value(us given reply == accept)
```",
    ),
    (
        "E0116",
        "a reserved word as a name",
        "The words `and`, `or`, `not`, `in`, `if`, `then`, `else`, `true`, `false` and `given` are part of \
expressions and cannot be names. All other words can: an option may be called `source` or `step`.

Wrong:

```
us chooses reply { true, false }
```

Right:

```
us chooses reply { yes, no }
```",
    ),
    (
        "E0117",
        "declarations and statements mixed up",
        "What happens stands inside `play { … }`; what is declared stands outside of it. If a statement seems to \
stand outside although it should be inside, a `}` before it closes `play` too early.

Wrong:

```
play {
    param cost = 5
    end deal
}
```

Right:

```
param cost = 5
play {
    end deal
}
```",
    ),
    (
        "E0118",
        "a decision with a probability",
        "Only draws have probabilities. How likely an actor takes an option is a result: it follows from what the \
actor gains, knows and believes. If the choice is not to be explained, make it a draw.

Wrong:

```
us chooses reply { accept 30 %, reject 70 % }
```

Right:

```
chance reply { accept 30 %, reject 70 % }
```",
    ),
    (
        "E0119",
        "`else` in the wrong place",
        "`else` follows the closing brace of an `if` directly; another condition begins with `else if`.

Wrong:

```
if a == x { end war } elif a == y { end deal }
```

Right:

```
if a == x { end war } else if a == y { end deal }
```",
    ),
    (
        "E0120",
        "more errors than are shown",
        "At most 50 errors of a file are shown at a time. Later ones often follow from the first: mend those and \
check again.

Wrong: a file that is not a scenario.

Right: a file that begins like this:

```
scenario \"Title\"
actor us \"United States\"
```",
    ),
    (
        "E0121",
        "who sees it is said wrongly",
        "Who sees a choice or a draw is said once: `secretly` (only the chooser, so never for a draw), `seen by a, b` \
or `seen by nobody`. Where nothing is said, everybody sees it.

Wrong:

```
chance kind { weak 40 %, strong 60 % } secretly
```

Right:

```
chance kind { weak 40 %, strong 60 % } seen by nobody
```",
    ),
    (
        "E0122",
        "`expect` needs one comparison",
        "An `expect` compares a query with a number by one of `==`, `!=`, `<`, `<=`, `>` and `>=`. Two conditions \
are two `expect`s.

Wrong:

```
expect p(war) > 1 % and p(war) < 5 %
```

Right:

```
expect p(war) > 1 %
expect p(war) < 5 %
```",
    ),
    (
        "E0123",
        "something too many or in another order",
        "A word or sign stands where it does not belong, or parts stand in another order than the language has \
them. The message says what to leave out or how to write it.

Wrong:

```
if a == b then { gain us = 20, end war }
```

Right:

```
if a == b { gain us 20; end war }
```",
    ),
    (
        "E0124",
        "a name alone is no statement",
        "A name by itself says nothing. Most often it is an outcome: the play ends there by `end`.

Wrong:

```
if reply == reject { gain us -20; war }
```

Right:

```
if reply == reject { gain us -20; end war }
```",
    ),
    (
        "E0125",
        "a row of a table does not fit its columns",
        "In a table by two things, each row has one number for every column. Between the numbers of a row stand \
commas; a row ends with its line or with `;`.

Wrong:

```
table harm by arms, counter {
          build, hold
    build    -1
    hold     -3,    0
}
```

Right:

```
table harm by arms, counter {
          build, hold
    build    -1,    3
    hold     -3,    0
}
```",
    ),
];
