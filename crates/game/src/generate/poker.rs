//! Kuhn poker (Kuhn 1950) with any number of cards, and Leduc poker (Southey et al. 2005) with any number of
//! ranks and suits.

use super::grow::{Rules, Turn, grow};
use super::{GenerateError, at_least};
use crate::game::Game;

/// Kuhn poker with `cards` different cards (Kuhn's own has 3): an ante of 1, one card each, one round with one
/// bet of 1.
///
/// ```
/// let kuhn = detente_game::generate::kuhn_poker(3)?;
/// assert_eq!((kuhn.nodes(), kuhn.sets()), (55, 12));
/// # Ok::<(), detente_game::generate::GenerateError>(())
/// ```
///
/// # Errors
/// Fewer than two cards cannot be dealt to two players; see [`GenerateError`].
pub fn kuhn_poker(cards: usize) -> Result<Game, GenerateError> {
    at_least("cards", 2, cards)?;
    grow(&Poker {
        title: format!("Kuhn poker with {cards} cards"),
        suits: 1,
        cards,
        bets: &[1.0],
        raises: 1,
        names: ["check", "bet"],
    })
}

/// Leduc poker with `ranks` × `suits` cards (the usual has 3 × 2): an ante of 1, one card each, a round with
/// raises of 2, a card for all to see, a round with raises of 4; at most two raises in a round. A pair with
/// the open card wins, else the higher rank; equal ranks share.
///
/// # Errors
/// Fewer than three cards are not enough; see [`GenerateError`].
pub fn leduc_poker(ranks: usize, suits: usize) -> Result<Game, GenerateError> {
    at_least("ranks", 1, ranks)?;
    at_least("suits", 1, suits)?;
    at_least("cards", 3, ranks.saturating_mul(suits))?;
    grow(&Poker {
        title: format!("Leduc poker with {ranks} ranks and {suits} suits"),
        suits,
        cards: ranks.saturating_mul(suits),
        bets: &[2.0, 4.0],
        raises: 2,
        names: ["call", "raise"],
    })
}

/// One card each, and before every further round of bets a card for all to see.
struct Poker {
    title: String,
    suits: usize,
    cards: usize,
    /// Size of a raise, round by round.
    bets: &'static [f64],
    /// Most raises in a round.
    raises: usize,
    /// What not raising and raising are called where there is nothing to call.
    names: [&'static str; 2],
}

#[derive(Clone)]
struct Hand {
    dealt: bool,
    cards: [usize; 2],
    open: Option<usize>,
    round: usize,
    /// What each has put in.
    paid: [f64; 2],
    /// Raises and moves in this round.
    raises: usize,
    moves: usize,
    folded: Option<usize>,
    closed: bool,
    /// All moves, as both have seen them.
    seen: String,
}

impl Rules for Poker {
    type State = Hand;

    fn title(&self) -> String {
        self.title.clone()
    }

    fn start(&self) -> Hand {
        Hand {
            dealt: false,
            cards: [0; 2],
            open: None,
            round: 0,
            paid: [1.0; 2],
            raises: 0,
            moves: 0,
            folded: None,
            closed: false,
            seen: String::new(),
        }
    }

    fn turn(&self, hand: &Hand) -> Turn<Hand> {
        if !hand.dealt {
            self.deal(hand)
        } else if let Some(loser) = hand.folded {
            Turn::End(won(hand, Some(1 - loser)))
        } else if !hand.closed {
            self.bet(hand)
        } else if hand.round + 1 < self.bets.len() {
            self.open(hand)
        } else {
            Turn::End(won(hand, self.winner(hand)))
        }
    }
}

impl Poker {
    fn name(&self, card: usize) -> String {
        let (rank, suit) = (card / self.suits, card % self.suits);
        if self.suits == 1 {
            return rank.to_string();
        }
        match char::from_u32('a' as u32 + suit as u32) {
            Some(letter) if suit < 26 => format!("{rank}{letter}"),
            _ => format!("{rank}.{suit}"),
        }
    }

    fn deal(&self, hand: &Hand) -> Turn<Hand> {
        let chance = 1.0 / (self.cards * (self.cards - 1)) as f64;
        let pairs = (0..self.cards).flat_map(|a| (0..self.cards).map(move |b| [a, b]));
        Turn::Draw(
            pairs
                .filter(|[a, b]| a != b)
                .map(|cards| {
                    let name = format!("{} against {}", self.name(cards[0]), self.name(cards[1]));
                    let next = Hand {
                        dealt: true,
                        cards,
                        ..hand.clone()
                    };
                    (name, chance, next)
                })
                .collect(),
        )
    }

    fn open(&self, hand: &Hand) -> Turn<Hand> {
        let chance = 1.0 / (self.cards - 2) as f64;
        Turn::Draw(
            (0..self.cards)
                .filter(|card| !hand.cards.contains(card))
                .map(|card| {
                    let next = Hand {
                        open: Some(card),
                        round: hand.round + 1,
                        raises: 0,
                        moves: 0,
                        closed: false,
                        seen: format!("{}, {},", hand.seen, self.name(card)),
                        ..hand.clone()
                    };
                    (self.name(card), chance, next)
                })
                .collect(),
        )
    }

    fn bet(&self, hand: &Hand) -> Turn<Hand> {
        let mover = hand.moves % 2;
        let owes = hand.paid[1 - mover] > hand.paid[mover];
        let mut options = Vec::with_capacity(3);
        if owes {
            options.push((
                "fold".to_owned(),
                self.after(hand, "fold", |next| {
                    next.folded = Some(mover);
                }),
            ));
        }
        let call = if owes { "call" } else { self.names[0] };
        options.push((
            call.to_owned(),
            self.after(hand, call, |next| {
                next.paid[mover] = hand.paid[1 - mover];
                next.closed = owes || hand.moves > 0;
            }),
        ));
        if hand.raises < self.raises {
            let raise = self.names[1];
            options.push((
                raise.to_owned(),
                self.after(hand, raise, |next| {
                    next.paid[mover] = hand.paid[1 - mover] + self.bets[hand.round];
                    next.raises += 1;
                }),
            ));
        }
        Turn::Move {
            player: mover as u8,
            sees: format!("{}:{}", self.name(hand.cards[mover]), hand.seen),
            options,
        }
    }

    fn after(&self, hand: &Hand, said: &str, change: impl FnOnce(&mut Hand)) -> Hand {
        let mut next = hand.clone();
        next.moves += 1;
        next.seen = format!("{} {said}", hand.seen);
        change(&mut next);
        next
    }

    /// Who has the better hand; none where they share.
    fn winner(&self, hand: &Hand) -> Option<usize> {
        let open = hand.open.map(|card| card / self.suits);
        let strength = hand.cards.map(|card| {
            let rank = card / self.suits;
            (Some(rank) == open, rank)
        });
        match strength[0].cmp(&strength[1]) {
            std::cmp::Ordering::Greater => Some(0),
            std::cmp::Ordering::Less => Some(1),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// The winner gets what the other has put in.
fn won(hand: &Hand, winner: Option<usize>) -> [f64; 2] {
    match winner {
        Some(0) => [hand.paid[1], -hand.paid[1]],
        Some(_) => [-hand.paid[0], hand.paid[0]],
        None => [0.0; 2],
    }
}
