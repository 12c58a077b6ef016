//! The file of allowed signers: which SSH key speaks for which mail address, as ssh-keygen(1) describes it.
//!
//! Read strictly: a line that is not understood allows nobody, and is told.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use ssh_key::PublicKey;

/// What a pack's signatures are checked by.
#[derive(Debug, Clone, Default)]
pub struct Signers {
    /// Those who may sign.
    pub signers: Vec<Signer>,
    /// Lines that allow nobody, counted from 1, with a code that has words under `evidence-signers-…`.
    pub ignored: Vec<(usize, &'static str)>,
}

/// One line of the file.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Patterns of mail addresses.
    pub principals: Vec<String>,
    /// The key.
    pub key: PublicKey,
    /// What the key may sign; everything where empty.
    pub namespaces: Vec<String>,
    /// First moment at which the key counts.
    pub valid_after: Option<Timestamp>,
    /// First moment at which it counts no longer.
    pub valid_before: Option<Timestamp>,
}

impl Signers {
    /// Reads the file. Moments without a zone are those of `zone`.
    pub fn parse(text: &str, zone: &TimeZone) -> Self {
        let mut read = Self::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match signer(line, zone) {
                Ok(signer) => read.signers.push(signer),
                Err(why) => read.ignored.push((at + 1, why)),
            }
        }
        read
    }
}

impl Signer {
    /// Whether a mail address is one of those that the key speaks for. Domains compare without regard to case, and so
    /// do whole addresses here: nobody tells people apart by capitals.
    pub fn is(&self, mail: &str) -> bool {
        let mail = mail.to_lowercase();
        let matches = |pattern: &str| wildcard(&pattern.to_lowercase(), &mail);
        // As in ssh: one negated pattern that fits shuts out, whatever else fits.
        let shut = self.principals.iter().filter_map(|pattern| pattern.strip_prefix('!')).any(matches);
        !shut && self.principals.iter().any(|pattern| !pattern.starts_with('!') && matches(pattern))
    }

    /// Whether the key counts at a moment.
    pub fn is_valid(&self, moment: Timestamp) -> bool {
        self.valid_after.is_none_or(|after| after <= moment) && self.valid_before.is_none_or(|before| moment < before)
    }

    /// Whether the key may sign in a namespace.
    pub fn may_sign(&self, namespace: &str) -> bool {
        self.namespaces.is_empty() || self.namespaces.iter().any(|pattern| wildcard(pattern, namespace))
    }
}

fn signer(line: &str, zone: &TimeZone) -> Result<Signer, &'static str> {
    let words = split(line).ok_or("quotes")?;
    let (principals, mut rest) = words.split_first().ok_or("malformed")?;
    let mut signer = (Vec::new(), None, None);
    // Options stand between the addresses and the kind of key.
    if rest.first().is_some_and(|word| !is_key_type(word)) {
        let (options, behind) = rest.split_first().ok_or("malformed")?;
        rest = behind;
        for option in commas(options) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let value = value.trim_matches('"');
            match name.to_ascii_lowercase().as_str() {
                "namespaces" => signer.0 = value.split(',').map(str::to_owned).collect(),
                "valid-after" => signer.1 = Some(moment(value, zone).ok_or("date")?),
                "valid-before" => signer.2 = Some(moment(value, zone).ok_or("date")?),
                "cert-authority" => return Err("cert-authority"),
                _ => return Err("option"),
            }
        }
    }
    let [kind, data, ..] = rest else { return Err("malformed") };
    let key = PublicKey::from_openssh(&format!("{kind} {data}")).map_err(|_| "key")?;
    let principals: Vec<String> =
        principals.trim_matches('"').split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect();
    if principals.is_empty() {
        return Err("malformed");
    }
    let (namespaces, valid_after, valid_before) = signer;
    Ok(Signer { principals, key, namespaces, valid_after, valid_before })
}

fn is_key_type(word: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-", "rsa-"].iter().any(|start| word.starts_with(start))
}

/// Words apart by blanks that stand in no quotes; `None` where a quote is left open.
fn split(line: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.push(c);
            }
            c if c.is_ascii_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    (!quoted).then_some(words)
}

/// Options apart by commas that stand in no quotes.
fn commas(options: &str) -> Vec<&str> {
    let (mut found, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in options.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                found.push(&options[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&options[start..]);
    found
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, in UTC with a `Z` behind it.
fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let (digits, zone) = match text.strip_suffix(['Z', 'z']) {
        Some(digits) => (digits, &TimeZone::UTC),
        None => (text, zone),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || ![8, 12, 14].contains(&digits.len()) {
        return None;
    }
    let padded = format!("{digits:0<14}");
    let part = |range: std::ops::Range<usize>| padded[range].parse::<i8>().ok();
    let year = padded[..4].parse().ok()?;
    let time = DateTime::new(year, part(4..6)?, part(6..8)?, part(8..10)?, part(10..12)?, part(12..14)?, 0).ok()?;
    Some(time.to_zoned(zone.clone()).ok()?.timestamp())
}

/// `*` stands for any text, `?` for one character.
fn wildcard(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(c) if *c == '?' || *c == text[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                // The last star takes one more character.
                let Some((back, taken)) = star else { return false };
                star = Some((back, taken + 1));
                at = back + 1;
                read = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqt";

    fn read(text: &str) -> Signers {
        Signers::parse(text, &TimeZone::get("Asia/Tokyo").unwrap())
    }

    #[test]
    fn lines_are_read_as_ssh_keygen_describes_them() {
        let text = format!(
            "# people\n\nsato@example.com,*@office.example.com {KEY} 佐藤\n\
             tanaka@example.com namespaces=\"git,file\",valid-after=\"20260401\",valid-before=20270401Z {KEY}\n"
        );
        let read = read(&text);
        assert!(read.ignored.is_empty());
        let [sato, tanaka] = read.signers.as_slice() else { panic!("{read:?}") };
        assert!(sato.is("Sato@Example.com") && sato.is("a@office.example.com") && !sato.is("b@example.com"));
        assert!(sato.may_sign("git") && tanaka.may_sign("git") && !tanaka.may_sign("mail"));
        let at = |moment: &str| tanaka.is_valid(moment.parse().unwrap());
        assert!(!at("2026-03-31T14:59:59Z") && at("2026-03-31T15:00:00Z"), "the day begins in the given zone");
        assert!(at("2027-03-31T23:59:59Z") && !at("2027-04-01T00:00:00Z"));
    }

    #[test]
    fn lines_that_are_not_understood_allow_nobody() {
        for (line, why) in [
            ("sato@example.com", "malformed"),
            ("sato@example.com ssh-ed25519 AAAA", "key"),
            ("sato@example.com \"x ssh-ed25519 AAAA", "quotes"),
            (&format!("sato@example.com cert-authority {KEY}"), "cert-authority"),
            (&format!("sato@example.com touch-required {KEY}"), "option"),
            (&format!("sato@example.com valid-after=2026-04-01 {KEY}"), "date"),
            (&format!("sato@example.com valid-after=20261301 {KEY}"), "date"),
        ] {
            let read = read(line);
            assert!(read.signers.is_empty(), "{line}");
            assert_eq!(read.ignored, [(1, why)], "{line}");
        }
    }

    #[test]
    fn patterns_match_as_in_ssh() {
        for (pattern, text, fits) in [
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a*c*", "abcbd", true),
            ("a?c", "ac", false),
            ("*@example.com", "a@example.com.evil", false),
            ("", "a", false),
        ] {
            assert_eq!(wildcard(pattern, text), fits, "{pattern} {text}");
        }
        let read = read(&format!("*@example.com,!guest@example.com {KEY}"));
        assert!(read.signers[0].is("sato@example.com") && !read.signers[0].is("guest@example.com"));
    }
}
