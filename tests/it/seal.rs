//! What is behind a passphrase, before the passphrase: that it goes through a link whole, and that nothing that is none is tried.
//! The sealing itself is the browser's, and `tests/e2e/journeys/share.spec.mjs` has it do so.

use proptest::prelude::*;
use sextant::edge::link::{self, Body, Form, LinkError};
use sextant::edge::plan_link::{self, PlanLinkError};
use sextant::edge::seal::{SealError, Sealed};

/// Version 1, so many rounds, and so much of the rest.
fn sealed(rounds: u32, rest: usize) -> Vec<u8> {
    [&[1][..], &rounds.to_le_bytes(), &vec![7; rest]].concat()
}

#[test]
fn what_is_not_sealed_is_refused_before_any_work() {
    let least = 16 + 12 + 16;
    assert!(Sealed::read(&sealed(600_000, least)).is_ok());
    assert_eq!(Sealed::read(&[]), Err(SealError::Damaged));
    assert_eq!(Sealed::read(&sealed(600_000, least - 1)), Err(SealError::Damaged));
    assert_eq!(Sealed::read(&sealed(0, least)), Err(SealError::Damaged));
    assert_eq!(Sealed::read(&sealed(2_000_001, least)), Err(SealError::Damaged), "it would keep a phone busy");
    assert_eq!(Sealed::read(&sealed(u32::MAX, least)), Err(SealError::Damaged));
    assert_eq!(Sealed::read(&[2]), Err(SealError::Newer));
    let old = [&[0][..], &sealed(600_000, least)[1..]].concat();
    assert_eq!(Sealed::read(&old), Err(SealError::Damaged));
}

#[test]
fn a_sealed_link_asks_for_its_passphrase() {
    let bytes = sealed(600_000, 100);
    let link = link::pack(Form::Sealed, &bytes);
    assert!(link.starts_with("p1e."));
    assert_eq!(plan_link::read(&format!("> {link}，口令另发")), Err(PlanLinkError::Sealed(bytes)));
    assert_eq!(plan_link::read(&link.replacen("p1e", "p1c", 1)), Err(PlanLinkError::Link(LinkError::Damaged)));
}

proptest! {
    #[test]
    fn what_is_squeezed_comes_out(body in proptest::collection::vec(0..5_u8, 0..300)) {
        for form in [Form::Json, Form::Columns, Form::Sealed] {
            prop_assert_eq!(link::expand(&link::squeeze(form, &body)), Ok(Body { form, bytes: body.clone() }));
        }
    }

    #[test]
    fn no_noise_makes_it_stumble(noise in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _ = (Sealed::read(&noise), link::expand(&noise));
    }
}
