//! The envelope of a link: what mangles it and still opens, what does not, and that nothing wrong is ever accepted.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use sextant::edge::link::{LinkError, MAX_BYTES, MAX_CHARS, find, pack, unpack};

/// A body of the size and kind of a plan: names, small numbers, some noise.
fn body() -> Vec<u8> {
    let names = ["华东", "华北", "西南", "张三", "李四", "王五", "Northeast"];
    let mut state = 7_u32;
    let mut bytes = Vec::new();
    for idx in 0..400_usize {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes.extend_from_slice(names[idx % names.len()].as_bytes());
        bytes.extend_from_slice(&[1, (state >> 24) as u8, (state >> 16) as u8 & 15]);
    }
    bytes
}

/// A link whose body holds both of the characters that chats like to touch.
fn link() -> String {
    let link = pack(&body());
    assert!(link.contains('-') && link.contains('_'), "the sample should have both");
    link
}

#[test]
fn a_link_has_its_kind_its_length_and_its_check() {
    let link = link();
    let parts: Vec<&str> = link.split('.').collect();
    let [header, len, body, check] = parts[..] else { panic!("{link}") };
    assert_eq!(header, "p1d");
    assert_eq!(usize::from_str_radix(len, 36).unwrap(), body.len());
    assert_eq!(check.len(), 7);
    assert!(link.len() < body_base64_len(), "deflate earns its place");
    assert!(pack(b"").starts_with("p1r.0.."), "what deflate cannot shorten goes as it is");
    assert_eq!(unpack(&pack(b"")), Ok(vec![]));
}

fn body_base64_len() -> usize {
    body().len() * 4 / 3
}

#[test]
fn a_mangled_link_still_opens() {
    let link = link();
    let url = format!("https://plans.example/app/#{link}");
    let escaped = |text: &str| text.replace('%', "%25").replace('#', "%23").replace('/', "%2F").replace(':', "%3A");
    let wrap = |width: usize, mark: &str| {
        let lines: Vec<&str> = url.as_bytes().chunks(width).map(|it| std::str::from_utf8(it).unwrap()).collect();
        lines.join(mark)
    };
    let safe_link = format!(
        "https://eur02.safelinks.protection.outlook.com/?url={}&data=05%7C02%7Cme%40firm.example%7C0&sdata=x%3D&reserved=0",
        escaped(&url)
    );
    let every_byte: String = url.bytes().map(|it| format!("%{it:02x}")).collect();
    let forms = [
        ("bare", link.clone()),
        ("address", url.clone()),
        ("hash", format!("#{link}")),
        ("Chinese glued on", format!("{url}请查收,谢谢")),
        ("Chinese full stop", format!("{url}。")),
        ("comma", format!("{url}, thanks")),
        ("dots", format!("{url}...")),
        ("a word glued on", format!("{url}thanks")),
        ("a word before", format!("this is the plan {link} for you")),
        ("whole message", format!("张三 14:02\n今年的计划在这里:\n{url}\n有问题随时说 p1d.\n")),
        ("%23", url.replace('#', "%23")),
        ("escaped twice", escaped(&escaped(&url))),
        ("escaped three times", escaped(&escaped(&escaped(&url)))),
        ("dots and underscores escaped", url.replace('.', "%2E").replace('_', "%5f").replace('-', "%2d")),
        ("every byte escaped", every_byte),
        ("Safe Links", safe_link.clone()),
        ("Safe Links in a quoted, wrapped mail", {
            let lines: Vec<&str> = safe_link.as_bytes().chunks(76).map(|it| std::str::from_utf8(it).unwrap()).collect();
            format!("> {}", lines.join("\r\n> "))
        }),
        ("wrapped at 76", wrap(76, "\n")),
        ("wrapped at 76, CRLF", wrap(76, "\r\n")),
        ("quoted soft wrap", format!("> {}", wrap(70, "\n> "))),
        ("twice quoted soft wrap", format!(">> {}", wrap(70, "\r\n>> "))),
        ("quoted-printable", wrap(75, "=\r\n")),
        ("Markdown underscores", url.replace('_', "\\_")),
        ("Markdown link", format!("[plan]({url})")),
        ("angle brackets", format!("<{url}>")),
        ("Slack", format!("<{url}|{}…>", &url[..60])),
        ("Slack, cut title first", format!("{}… {url}", &url[..60])),
        ("italics", format!("_{url}_")),
        ("bold", format!("**{url}**")),
        ("WeChat, before", url.replace("/#", "/?from=singlemessage&isappinstalled=0#")),
        ("WeChat, after", format!("{url}&from=timeline")),
        ("zero width inside", format!("{}\u{200b}{}", &url[..300], &url[300..])),
        ("soft hyphens inside", format!("{}\u{ad}{}\u{feff}{}", &url[..200], &url[200..300], &url[300..])),
        ("spaces inside", format!("{} {}", &url[..300], &url[300..])),
        ("no-break and ideographic spaces", format!("\u{3000}{}\u{a0}{}", &url[..300], &url[300..])),
        ("full quotes", format!("“{url}”")),
        ("JSON", format!("{{\"url\":\"{}\"}}", url.replace('/', "\\/"))),
    ];
    for (name, form) in forms {
        assert_eq!(unpack(&form).as_ref(), Ok(&body()), "{name}: {form}");
        assert!(find(&form), "{name}");
    }
}

#[test]
fn a_text_without_a_link_has_none() {
    for text in
        ["", "你好", "https://plans.example/app/#/split", "mp4a.40.2 and mp3d.1a.x", "p1", "p1d", "100%", "%zz%", "%+f"]
    {
        assert_eq!(unpack(text), Err(LinkError::None), "{text}");
        assert!(!find(text), "{text}");
    }
}

#[test]
fn a_cut_link_says_how_much_of_it_came() {
    let link = link();
    let header = link.match_indices('.').nth(1).unwrap().0 + 1;
    for got in 0..link.len() {
        let expect = match got {
            0..4 => LinkError::None,
            _ if got < header => LinkError::Damaged,
            _ => LinkError::Cut { got, want: link.len() },
        };
        assert_eq!(unpack(&link[..got]), Err(expect), "cut at {got}");
        assert_eq!(unpack(&format!("发给你 {} 请查收", &link[..got])), Err(expect), "cut at {got}, with text after");
        assert_eq!(find(&link[..got]), 4 <= got);
    }
}

#[test]
fn no_altered_link_is_accepted() {
    let link = link();
    let alphabet: Vec<char> = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("-_.%#中 ".chars()).collect();
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let chars: Vec<char> = link.chars().collect();
    let mut reasons = std::collections::BTreeMap::new();
    for round in 0..6_000 {
        let mut altered = chars.clone();
        let at = random(altered.len());
        match round % 4 {
            0 => altered[at] = alphabet[random(alphabet.len())],
            1 => drop(altered.remove(at)),
            2 => altered.insert(at, alphabet[random(alphabet.len())]),
            _ => drop(altered.drain(at..(at + 1 + random(40)).min(chars.len()))),
        }
        // What was added at either end, or is read over, leaves the link whole.
        let text: String = altered.iter().collect();
        match unpack(&text) {
            Ok(bytes) => assert_eq!(bytes, body(), "a wrong plan out of {text}"),
            Err(error) => *reasons.entry(format!("{error:?}").split(' ').next().unwrap().to_owned()).or_insert(0) += 1,
        }
    }
    assert!(4_500 < reasons["Damaged"], "{reasons:?}");
}

#[test]
fn a_header_of_one_wrong_character_is_never_accepted() {
    let packed = [pack(&body()), pack(b"raw")];
    for link in packed {
        let header = link.match_indices('.').nth(1).unwrap().0 + 1;
        for at in 0..header {
            for code in (33..127_u8).map(char::from).filter(|it| !link[at..].starts_with(*it) && *it != '\\') {
                let altered = format!("{}{code}{}", &link[..at], &link[at + 1..]);
                assert!(unpack(&altered).is_err(), "{altered}");
            }
        }
    }
}

#[test]
fn a_link_in_one_case_is_damaged() {
    assert_eq!(unpack(&link().to_ascii_lowercase()), Err(LinkError::Damaged));
    assert_eq!(unpack(&link().to_ascii_uppercase()), Err(LinkError::None));
}

/// What a forger would write: right length, right check.
fn forge(kind: char, bytes: &[u8]) -> String {
    let text = URL_SAFE_NO_PAD.encode(bytes);
    format!("p1{kind}.{}.{text}.{:0>7}", base36(text.len()), base36(crc(kind, bytes) as usize))
}

fn crc(kind: char, bytes: &[u8]) -> u32 {
    let all: Vec<u8> = [&[kind as u8], bytes].concat();
    !all.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

fn base36(number: usize) -> String {
    let digit = char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
    if number < 36 { digit.to_string() } else { format!("{}{digit}", base36(number / 36)) }
}

#[test]
fn a_forged_link_is_opened_with_care() {
    assert_eq!(unpack(&forge('r', b"plan")), Ok(b"plan".to_vec()));
    assert_eq!(unpack(&forge('d', b"not deflated")), Err(LinkError::Damaged));
    assert_eq!(unpack(&forge('d', &[])), Err(LinkError::Damaged));
    assert_eq!(unpack(&forge('e', b"sealed")), Err(LinkError::Newer));
    assert_eq!(unpack(&forge('r', b"plan").replacen("p1", "p2", 1)), Err(LinkError::Newer));
    let zeros = |len| forge('d', &miniz_oxide::deflate::compress_to_vec(&vec![0; len], 9));
    assert_eq!(unpack(&zeros(MAX_BYTES)).map(|it| it.len()), Ok(MAX_BYTES));
    assert_eq!(unpack(&zeros(MAX_BYTES + 1)), Err(LinkError::Bomb));
    assert_eq!(unpack(&zeros(8 << 20)), Err(LinkError::Bomb));
}

#[test]
fn base64_that_is_not_canonical_is_refused() {
    let link = forge('r', b"a"); // YQ, of which the last four bits are free
    assert!(link.contains(".YQ."));
    assert_eq!(unpack(&link.replace(".YQ.", ".YR.")), Err(LinkError::Damaged));
    assert_eq!(unpack(&link.replace("p1r.2.", "p1r.02.")), Err(LinkError::Damaged));
}

#[test]
fn a_text_beyond_the_limit_is_not_searched() {
    let link = pack(b"plan");
    let fill = "长".repeat(MAX_CHARS - link.len());
    assert_eq!(unpack(&format!("{fill}{link}")), Ok(b"plan".to_vec()));
    assert_eq!(unpack(&format!("{fill}长{link}")), Err(LinkError::TooLong));
    assert!(find(&format!("{fill}长{link}")));
    assert!(!find(&format!("{fill}{fill}")));
}

#[test]
fn a_text_full_of_beginnings_is_read_in_one_go() {
    let text = "p1d.zzz.".repeat(MAX_CHARS / 8);
    assert!(unpack(&text).is_err());
    let text = "p1d.2pr.AAAA".repeat(MAX_CHARS / 12);
    assert!(unpack(&text).is_err());
    let text = "%25".repeat(MAX_CHARS / 3);
    assert_eq!(unpack(&text), Err(LinkError::None));
}

#[test]
fn a_link_made_in_2026_still_opens() {
    let body = unpack(include_str!("../golden/link-envelope-1.txt")).unwrap();
    assert_eq!(String::from_utf8(body).unwrap(), "目标罗盘 Sextant\n".repeat(20));
}

proptest! {
    #[test]
    fn what_is_packed_comes_out(body in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert_eq!(unpack(&pack(&body)), Ok(body));
    }

    #[test]
    fn what_is_packed_comes_out_of_dull_bodies_too(body in proptest::collection::vec(0..3_u8, 0..3000)) {
        prop_assert_eq!(unpack(&pack(&body)), Ok(body));
    }

    #[test]
    fn no_text_is_too_strange(text in "([p1dr.%23>\n=\\\\ -_a-zA-Z0-9中]|p1d\\.|%25|%70){0,60}") {
        let _ = unpack(&text);
    }
}
