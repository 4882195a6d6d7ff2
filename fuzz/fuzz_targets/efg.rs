//! Whatever is read as an extensive game is written stably: writing what was written and read changes nothing.

#![no_main]

use detente_game::efg::{read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Ok(first) = read(&text) else {
        return;
    };
    let once = write(&first.game);
    match read(&once) {
        Ok(second) => {
            assert!(first.game.same_shape(&second.game), "{once}");
            assert_eq!(write(&second.game), once);
        }
        Err(remarks) => panic!("{remarks:?}\n{once}"),
    }
});
