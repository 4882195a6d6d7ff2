//! Whatever is read as a negotiation domain or profile is written so that it is worth the same when read again.

#![no_main]

use detente_deal::formats::{genius, geniusweb};
use detente_deal::{Domain, Preferences, Space};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(domain) = genius::read_domain(&text, "fuzz") {
        if let Ok(profile) = genius::read_profile(&text, "a", &domain) {
            if let Ok(written) = genius::write_profile(&domain, &profile.preferences) {
                match genius::read_domain(&written, "fuzz") {
                    // Characters that XML cannot hold may have made names equal.
                    Err(_) => {}
                    Ok(again) => {
                        if let Ok(second) = genius::read_profile(&written, "a", &again) {
                            same(&domain, &profile.preferences, &again, &second.preferences);
                        }
                    }
                }
            }
        }
    }
    if let Ok(domain) = geniusweb::read_domain(&text) {
        assert_eq!(
            geniusweb::read_domain(&geniusweb::write_domain(&domain)).map(|d| d.count()),
            Ok(domain.count())
        );
        let _ = geniusweb::read_profile(&text, "a", &domain);
    }
});

fn same(domain: &Domain, first: &Preferences, other: &Domain, second: &Preferences) {
    if domain.size().is_none_or(|size| size > 10_000) || other.size() != domain.size() {
        return;
    }
    let a = Space::new(domain.clone(), vec![first.clone()]).map(|space| space.enumerate(10_000));
    let b = Space::new(other.clone(), vec![second.clone()]).map(|space| space.enumerate(10_000));
    if let (Ok(Ok(a)), Ok(Ok(b))) = (a, b) {
        for (a, b) in a.of(0).iter().zip(b.of(0)) {
            assert!((a - b).abs() <= 1e-6 * (1.0 + a.abs()), "{a} {b}");
        }
    }
}
