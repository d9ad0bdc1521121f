//! The envelope of a link: what mangles it and still opens, what does not, and that nothing wrong is ever accepted.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::Value;
use sextant::edge::link::{self, Body, Form, LinkError, MAX_BYTES, MAX_CHARS, find};
use sextant::edge::{columns, plan_link};
use sextant::plan::migrate;

use crate::company::{Figures, company};

/// As the first links were packed, which are read for ever.
fn pack(bytes: &[u8]) -> String {
    link::pack(Form::Json, bytes)
}

fn unpack(text: &str) -> Result<Vec<u8>, LinkError> {
    link::unpack(text).map(|it| it.bytes)
}

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
fn a_link_says_what_is_in_it() {
    for form in [Form::Json, Form::Columns] {
        let packed = link::pack(form, &body());
        assert_eq!(link::unpack(&packed), Ok(Body { form, bytes: body() }));
        // Columns are always deflated: a third kind would be one more to be read for ever.
        assert_eq!(link::unpack(&link::pack(form, b"")), Ok(Body { form, bytes: vec![] }));
    }
    let columns = link::pack(Form::Columns, &body());
    assert!(columns.starts_with("p1c."));
    assert_eq!(link::unpack(&columns.replacen("p1c", "p1d", 1)), Err(LinkError::Damaged));
}

/// One way in which chats, mail and people write a link, and what makes the address so.
#[derive(serde::Deserialize)]
struct Mangled {
    form: String,
    steps: Vec<Value>,
}

/// What is made of an address by one step of `tests/links/mangled.json`.
fn step(text: &str, step: &Value) -> String {
    let word = |at: usize| step[at].as_str().unwrap();
    let place = |at: usize| step[at].as_u64().unwrap() as usize;
    match word(0) {
        "link" => text.split_once('#').unwrap().1.to_owned(),
        "around" => {
            let beginning = |len: usize| text.chars().take(len).collect::<String>();
            let around = word(1).replace("{60}", &beginning(60)).replace("{300}", &beginning(300));
            around.replace("{}", text)
        }
        "replace" => text.replace(word(1), word(2)),
        "insert" => format!("{}{}{}", &text[..place(1)], word(2), &text[place(1)..]),
        "escape" => text.replace('%', "%25").replace('#', "%23").replace('/', "%2F").replace(':', "%3A"),
        "escape every byte" => text.bytes().map(|it| format!("%{it:02x}")).collect(),
        "wrap" => {
            let lines: Vec<&str> = text.as_bytes().chunks(place(1)).map(|it| str::from_utf8(it).unwrap()).collect();
            lines.join(word(2))
        }
        other => panic!("no step is called {other}"),
    }
}

#[test]
fn a_mangled_link_still_opens() {
    let forms: Vec<Mangled> = serde_json::from_str(include_str!("../links/mangled.json")).unwrap();
    assert!(30 < forms.len());
    let plan = company(60, Figures::Planned);
    let sent = plan_link::write(&plan).unwrap();
    for (link, bytes) in [(link(), body()), (sent.clone(), link::unpack(&sent).unwrap().bytes)] {
        let url = format!("https://plans.example/app/#{link}");
        for Mangled { form, steps } in &forms {
            let text = steps.iter().fold(url.clone(), |text, it| step(&text, it));
            assert_eq!(unpack(&text).as_ref(), Ok(&bytes), "{form}: {text}");
            assert!(find(&text), "{form}");
        }
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

/// What a link suffers on its way, the same every time.
struct Harm(u64);

impl Harm {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % many
    }

    /// One character changed, lost or added; a run lost or copied over another; two runs in each other's place; letters of
    /// one case; or an end.
    fn done(&mut self, link: &[u8]) -> Vec<u8> {
        const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.%# ";
        let (mut harmed, at) = (link.to_vec(), self.below(link.len()));
        let end = (at + 1 + self.below(40)).min(link.len());
        let letter = ALPHABET[self.below(ALPHABET.len())];
        match self.below(9) {
            0 | 1 => harmed[at] = letter,
            2 => drop(harmed.remove(at)),
            3 => harmed.insert(at, letter),
            4 => drop(harmed.drain(at..end)),
            5 => harmed.splice(at..at, link[at..end].to_vec()).for_each(drop),
            6 => {
                let other = self.below(link.len());
                harmed.swap(at, other);
            }
            7 => harmed[at..end].iter_mut().for_each(|it| *it = it.to_ascii_lowercase()),
            _ => harmed.truncate(at),
        }
        harmed
    }
}

/// Harms a link so often. What is still accepted is the very plan: what was added at an end, or is read over, harms nothing.
pub fn harm(times: usize, seed: u64) {
    let links = [link(), plan_link::write(&company(60, Figures::Planned)).unwrap()];
    let whole = links.each_ref().map(|it| link::unpack(it).unwrap());
    let mut harm = Harm(seed);
    let mut reasons = std::collections::BTreeMap::new();
    for round in 0..times {
        let harmed = String::from_utf8(harm.done(links[round % 2].as_bytes())).unwrap();
        match link::unpack(&harmed) {
            Ok(body) => assert_eq!(body, whole[round % 2], "a wrong plan out of {harmed}"),
            Err(error) => *reasons.entry(format!("{error:?}").split(' ').next().unwrap().to_owned()).or_insert(0) += 1,
        }
    }
    assert!(times * 3 / 5 < reasons["Damaged"] && times / 10 < reasons["Cut"], "{reasons:?}");
}

/// The first of the hundred thousand that `make fuzz` tries.
#[test]
fn no_altered_link_is_accepted() {
    harm(5_000, 1);
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
    assert_eq!(unpack(&forge('f', b"what is to come")), Err(LinkError::Newer));
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

/// `BLESS=1 cargo test golden_links` writes the links of a new schema; one that is there is never written again.
fn bless(name: &str, link: &str) {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() && !std::path::Path::new(&path).exists() {
        std::fs::write(path, format!("{link}\n")).unwrap();
    }
}

fn golden(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A link of every schema, in every form that was ever sent of it, opens as the plan of the file of that schema, for ever.
#[test]
fn golden_links_still_open() {
    for schema in 1..=sextant::plan::SCHEMA {
        let (plan, _) = migrate::decode(&golden(&format!("plan-v{schema}.json"))).unwrap();
        bless(&format!("link-json-{schema}.txt"), &pack(plan.to_compact_json().as_bytes()));
        bless(&format!("link-columns-{schema}.txt"), &plan_link::write(&plan).unwrap());
        for form in ["json", "columns"] {
            let link = golden(&format!("link-{form}-{schema}.txt"));
            assert_eq!(plan_link::read(&link), Ok((plan.clone(), vec![])), "{form} {schema}");
        }
        // What deflate makes of them may change with its version; what they are may not.
        let Body { bytes, .. } = link::unpack(&golden(&format!("link-columns-{schema}.txt"))).unwrap();
        // The number in front is that of the schema that wrote it.
        assert!(columns::write(&plan)[1..] == bytes[1..], "the same plan has other bytes: say why in the change");
    }
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
