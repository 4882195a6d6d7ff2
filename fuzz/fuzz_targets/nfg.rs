//! Whatever is read as a game, in either format, is written as a strategic one stably.

#![no_main]

use detente_game::nfg::write;
use detente_game::normal::Limits;
use detente_game::read_game;
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits {
    strategies: 1_000,
    cells: 10_000,
};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Ok(first) = read_game(&text) else {
        return;
    };
    let Ok(once) = write(&first.game, &LIMITS) else {
        return;
    };
    match read_game(&once) {
        Ok(second) => assert_eq!(write(&second.game, &LIMITS), Ok(once)),
        Err(remarks) => panic!("{remarks:?}\n{once}"),
    }
});
