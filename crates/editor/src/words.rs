//! What the words of the language are for, in one line each.

/// The form of a declaration, statement or joining word, and what it is for.
pub(crate) struct Word {
    pub(crate) name: &'static str,
    pub(crate) form: &'static str,
    pub(crate) meaning: &'static str,
}

const fn word(name: &'static str, form: &'static str, meaning: &'static str) -> Word {
    Word {
        name,
        form,
        meaning,
    }
}

const WORDS: &[Word] = &[
    word(
        "scenario",
        "scenario \"Title\"",
        "The title of the scenario.",
    ),
    word(
        "source",
        "source \"…\"",
        "Where the scenario or its model comes from.",
    ),
    word("note", "note \"…\"", "A remark that the report prints."),
    word(
        "as_of",
        "as_of \"2025-03-31\"",
        "The day from which the scenario looks ahead.",
    ),
    word(
        "happened",
        "happened outcome on \"2025-06-22\" \"…\"",
        "What really happened later. Solving never uses it; the report looks back with it.",
    ),
    word(
        "actor",
        "actor id \"Label\" style word",
        "A player, maybe with the style in which it bargains.",
    ),
    word(
        "param",
        "param id = value in lo .. hi step s ~ distribution(…) \"source\"",
        "A number that can be doubted: its best guess, the range it may lie in, and where it comes from.",
    ),
    word("let", "let id = value", "A derived number."),
    word("fn", "fn id(a, b) = value", "A formula."),
    word(
        "outcome",
        "outcome id \"Label\"",
        "A way in which the play can end.",
    ),
    word(
        "state",
        "state id \"Label\" = value",
        "A variable of the play, changed by `set id = value`.",
    ),
    word(
        "table",
        "table id \"Label\" by variable { key value, … }",
        "Numbers by the options of a choice or draw (or of two), read by `id[…]`.",
    ),
    word(
        "block",
        "block id \"Label\" { … }",
        "A part of the play that is played wherever `do id` stands.",
    ),
    word("do", "do id", "Plays a `block`."),
    word(
        "assume",
        "assume actor chooses id { option probability, … }",
        "A decision with fixed probabilities instead of those of the equilibrium.",
    ),
    word(
        "bargain",
        "bargain id between actor, actor over issue, … by nash",
        "Settles issues among actors: by a cooperative solution, or by `offers n` in rounds. `id == agreed` asks whether, `id.issue` at what, `worth(actor, id)` what it is worth.",
    ),
    word(
        "between",
        "bargain id between actor, actor over issue by nash",
        "Who bargains; the first makes the first offer.",
    ),
    word(
        "over",
        "bargain id between actor, actor over issue, …",
        "The issues on the table.",
    ),
    word(
        "offers",
        "by offers n among k discount d",
        "Rounds of alternating offers; without agreement after the last, each party has its fallback.",
    ),
    word(
        "among",
        "by offers n among k",
        "Most packages that can be offered, evenly from one end of the frontier to the other.",
    ),
    word(
        "discount",
        "by offers n discount d",
        "What values are worth one round later, as a share.",
    ),
    word(
        "against",
        "by nash against actor value, actor value",
        "What parties have without agreement, where it is not their `fallback`.",
    ),
    word(
        "style",
        "actor id \"Label\" style word",
        "The style in which the actor bargains in `detente session` and `detente tournament`: patient, stepwise, blunt …",
    ),
    word(
        "correlation",
        "correlation a, b = number",
        "How two doubtful numbers hang together when they are drawn: their rank correlation, from -1 to 1.",
    ),
    word(
        "issue",
        "issue id \"Label\" { option \"Label\", … }",
        "Something to be agreed: options to choose from, or, as in `issue oil 0 .. 2.5 \"mb/d\"`, a scale on which stakeholders have positions.",
    ),
    word(
        "value",
        "value actor { issue weight { option score, … } … fallback value }",
        "An actor's additive preferences over issues, scores from 0 to 1, and its value without agreement. In a query, `value(actor)` is what the actor gets.",
    ),
    word(
        "ratifier",
        "ratifier actor of actor { issue weight { option score, … } … fallback value }",
        "An actor at home whose consent an agreement needs. The braces are its `value`; without them it has one of its own.",
    ),
    word(
        "stakeholder",
        "stakeholder id \"Label\" of actor { influence number  issue position number salience share … }",
        "Somebody who wants something on issues with a scale: how much it counts, where it stands, how much it cares. `detente forecast` reads it.",
    ),
    word(
        "influence",
        "influence number \"source\"",
        "How much the stakeholder counts beside the others; 0 or above.",
    ),
    word(
        "position",
        "issue position number salience share \"source\"",
        "Where on the issue's scale the stakeholder stands.",
    ),
    word(
        "salience",
        "issue position number salience share \"source\"",
        "How much the issue matters to the stakeholder, from 0 to 1.",
    ),
    word(
        "reference",
        "issue id lo .. hi reference number",
        "What holds on the issue's scale without agreement.",
    ),
    word(
        "actual",
        "issue id lo .. hi actual number",
        "What came of the issue. No model uses it; forecasts are set beside it.",
    ),
    word(
        "option",
        "option id \"Label\" of actor irreversible doing \"…\" undoing \"…\" \"source\"",
        "Something that an actor does or leaves in the conflict. `detente graph` tells which combinations would last, and why.",
    ),
    word(
        "irreversible",
        "option id of actor irreversible",
        "Once taken up, the option stays.",
    ),
    word(
        "unrepeatable",
        "option id of actor unrepeatable",
        "Once given up, the option is gone.",
    ),
    word(
        "doing",
        "option id of actor doing \"withdrawing\"",
        "Words for taking the option up, as after \"by\".",
    ),
    word(
        "undoing",
        "option id of actor undoing \"lifting the blockade\"",
        "Words for giving the option up, as after \"by\".",
    ),
    word(
        "situation",
        "situation id \"Label\" { option, … }",
        "A state of the conflict with a name: these options are chosen, all others are not.",
    ),
    word(
        "today",
        "today id \"Label\" { option, … }",
        "The state in which the conflict is: these options are chosen, all others are not.",
    ),
    word(
        "infeasible",
        "infeasible condition \"why\"",
        "A combination of options that cannot be: `infeasible strike and talk`.",
    ),
    word(
        "prefers",
        "prefers actor { condition \"source\" … }",
        "What an actor prefers: statements, what matters most first; or `weight number if condition`; or `condition over condition`; or, `by rank`, outcomes from best to worst.",
    ),
    word(
        "rank",
        "prefers actor by rank { condition, … }",
        "Outcomes from best to worst; a state stands in the first tier that it fits, and below all where it fits none.",
    ),
    word(
        "strongly",
        "strongly condition",
        "The actor prefers this strongly: states that differ in it are far apart.",
    ),
    word(
        "unknown",
        "unknown condition",
        "It matters to the actor, but nobody knows in which direction.",
    ),
    word(
        "iff",
        "condition iff condition",
        "Both hold or neither does.",
    ),
    word(
        "like",
        "condition like condition",
        "The two outcomes are equally good.",
    ),
    word(
        "perceives",
        "perceives actor { prefers actor { … } option … unseen option infeasible condition overlooks condition }",
        "How an actor sees the conflict where it sees it wrongly.",
    ),
    word(
        "unseen",
        "unseen option, option",
        "Options of others that the actor does not see.",
    ),
    word(
        "overlooks",
        "overlooks condition \"why\"",
        "States that the actor does not think of: it neither moves into them nor out of them.",
    ),
    word(
        "stable",
        "expect stable condition for actor by concept, … with actor, … \"why\"",
        "A check that these states last: for an actor, or for all.",
    ),
    word(
        "unstable",
        "expect unstable condition for actor by concept, … \"why\"",
        "A check that somebody would leave these states.",
    ),
    word(
        "for",
        "expect stable condition for actor by concept",
        "The actor whose moves are looked at; without it, all must stay.",
    ),
    word(
        "package",
        "package id \"Label\" { issue option, … }",
        "One full agreement; `worth(actor, package)` is its value to the actor.",
    ),
    word(
        "lens",
        "lens id if condition · lens id as condition · lens id as issue { option number, … }",
        "What something is through another lens: when the play has agreed on a package (`lens terms if signed`), what an option of the graph means in the play (`lens strike as bombed`), what can be agreed comes to on a scale (`lens level as enrichment { capped 3.67, zero 0 }`).",
    ),
    word(
        "ask",
        "ask \"Question\" query",
        "A number that the report must answer.",
    ),
    word(
        "expect",
        "expect query < value within tolerance if condition \"why\"",
        "A check of the model itself, run by `detente test`.",
    ),
    word(
        "compare",
        "compare query with rate in lo .. hi \"reference class and source\"",
        "A base rate to set beside an answer.",
    ),
    word(
        "use",
        "use \"path\"",
        "Includes another file's `param`, `let`, `fn`, `issue` and `package`.",
    ),
    word("play", "play { … }", "What can happen, in order."),
    word(
        "chance",
        "chance id { option probability, … } seen by actor",
        "A draw. Every actor sees it unless `seen by` says who does.",
    ),
    word(
        "together",
        "together { … }",
        "Simultaneous choices: what is chosen inside is seen only when the block ends.",
    ),
    word(
        "show",
        "show id to actor, actor",
        "A past choice or draw becomes known to these actors now.",
    ),
    word(
        "if",
        "if condition { … } else { … }",
        "What happens depends on a condition. As a value: `if condition then value else value`.",
    ),
    word(
        "repeat",
        "repeat n as i { … }",
        "Rounds; n must be a constant of the scenario.",
    ),
    word(
        "gain",
        "gain actor value, actor value",
        "Payoffs; they add up along the path.",
    ),
    word("set", "set id = value", "Gives a `state` a new value."),
    word("end", "end outcome", "The play ends here."),
    word(
        "chooses",
        "actor chooses id { option, … }",
        "A decision. Every actor sees it unless `secretly` or `seen by` says otherwise.",
    ),
    word(
        "secretly",
        "actor chooses id secretly { … }",
        "Only the chooser sees it.",
    ),
    word(
        "seen",
        "seen by actor, actor",
        "Only these actors (and the chooser) see it.",
    ),
    word(
        "by",
        "seen by actor, actor",
        "Only these actors (and the chooser) see it.",
    ),
    word("nobody", "seen by nobody", "No actor sees it."),
    word("to", "show id to actor, actor", "Who learns of it."),
    word(
        "as",
        "repeat n as i { … }",
        "Names the index of the rounds, which counts from 1.",
    ),
    word(
        "step",
        "in lo .. hi step s",
        "The distance between two numbers of a grid or of a `param`.",
    ),
    word(
        "on",
        "happened outcome on \"2025-06-22\"",
        "The day on which it happened.",
    ),
    word(
        "with",
        "compare query with rate",
        "The base rate to compare with.",
    ),
    word(
        "within",
        "expect query == value within tolerance",
        "How far the two may differ.",
    ),
    word(
        "weight",
        "option weight value",
        "Drawn in proportion to its weight.",
    ),
    word(
        "otherwise",
        "option otherwise",
        "Drawn with the probability that the other options leave.",
    ),
    word(
        "fallback",
        "fallback value",
        "What the actor gets without agreement; `fallback(actor)` reads it.",
    ),
    word(
        "of",
        "ratifier actor of actor",
        "The negotiator whose agreements the ratifier must consent to, or the actor that a stakeholder belongs to.",
    ),
    word("and", "condition and condition", "Both hold."),
    word("or", "condition or condition", "At least one holds."),
    word("not", "not condition", "It does not hold."),
    word(
        "in",
        "x in { a, b }",
        "Whether it is one of these; between two numbers, `in lo .. hi` is a range.",
    ),
    word(
        "then",
        "if condition then value else value",
        "The value where the condition holds.",
    ),
    word(
        "else",
        "if condition then value else value",
        "What holds otherwise.",
    ),
    word("true", "true", "A condition that holds."),
    word("false", "false", "A condition that does not hold."),
    word(
        "given",
        "p(condition given condition)",
        "Only paths on which this holds are looked at.",
    ),
];

/// What is told of a word of the language.
pub(crate) fn about(name: &str) -> Option<&'static Word> {
    WORDS.iter().find(|word| word.name == name)
}

/// What a function that every scenario has gives, in a line; nothing for one that this list does not know yet.
pub(crate) fn function(name: &str) -> &'static str {
    match name {
        "min" => "The smallest of its arguments.",
        "max" => "The largest of its arguments.",
        "sum" => "The sum of a formula over the numbers of a range.",
        "argmin" => {
            "The number of a range at which a formula is smallest; the first one if several."
        }
        "argmax" => {
            "The number of a range at which a formula is largest; the first one if several."
        }
        "product" => "The product of a formula over the numbers of a range.",
        "choose" => "The binomial coefficient: in how many ways k things can be chosen from n.",
        "abs" => "The absolute value.",
        "exp" => "e to this power.",
        "ln" => "The natural logarithm.",
        "sqrt" => "The square root.",
        "round" => {
            "The nearest whole number, or the nearest multiple of `unit`. In a query, `round(outcome)` is the round in which the play ended so."
        }
        "floor" => {
            "The largest whole number not above, or the largest multiple of `unit` not above."
        }
        "ceil" => {
            "The smallest whole number not below, or the smallest multiple of `unit` not below."
        }
        "worth" => {
            "The value of a package to an actor, or of what came of a bargain: weights times scores, summed over the issues."
        }
        "fallback" => "The actor's value without agreement.",
        "payoff" => "What the actor has gained so far on the path.",
        "ever" => "Whether the condition held at any time of the path.",
        "p" => "The probability of a condition over the paths of the solved play.",
        "mean" => "The average of a number over the paths of the solved play.",
        "value" => "What the actor gets, averaged over the paths of the solved play.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use detente_language::tokens::{ITEMS, JOINTS, RESERVED, STATEMENTS, functions};

    #[test]
    fn every_word_and_function_of_the_language_is_explained() {
        for name in [ITEMS, STATEMENTS, JOINTS, RESERVED].concat() {
            let word = super::about(name).unwrap_or_else(|| panic!("`{name}` is not explained"));
            assert!(word.form.contains(name), "{name}");
        }
        for function in functions() {
            let meaning = super::function(function.name);
            assert!(!meaning.is_empty(), "`{}` is not explained", function.name);
        }
    }
}
