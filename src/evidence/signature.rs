//! Whether a commit's signature is good, and whose key made it. Only SSH signatures are checked, against the signers
//! that a person names; of others it is told that they are there.

use jiff::Timestamp;
use ssh_key::{HashAlg, PublicKey, SshSig};

use super::signers::Signers;
use crate::history::{Commit, CommitSignature};

/// The namespace in which git signs.
const NAMESPACE: &str = "git";

/// What a commit carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// No signature.
    None,
    /// Made with an SSH key.
    Ssh,
    /// OpenPGP.
    OpenPgp,
    /// X.509.
    X509,
    /// Something else.
    Unknown,
}

impl Form {
    /// The code in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ssh => "ssh",
            Self::OpenPgp => "openpgp",
            Self::X509 => "x509",
            Self::Unknown => "unknown",
        }
    }
}

/// What came of checking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The commit's bytes were signed with a key that speaks for its committer.
    Good,
    /// The signature is good, and no signer has the key.
    UnknownKey,
    /// The signature is good, and the key speaks for somebody else than the committer.
    OtherPrincipal,
    /// The signature is good, and the key did not count at the time that the commit states.
    OutOfTime,
    /// The signature does not fit the commit, or cannot be read.
    Bad,
    /// Nothing was there to check it by, or it is of a kind that is not checked.
    NotChecked,
    /// There is no signature.
    Absent,
}

impl Verdict {
    /// The code in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::UnknownKey => "unknown-key",
            Self::OtherPrincipal => "other-principal",
            Self::OutOfTime => "out-of-time",
            Self::Bad => "bad",
            Self::NotChecked => "not-checked",
            Self::Absent => "absent",
        }
    }

    /// Whether the signature's bytes were found to fit the commit.
    pub fn fits(self) -> bool {
        matches!(self, Self::Good | Self::UnknownKey | Self::OtherPrincipal | Self::OutOfTime)
    }
}

/// A signature and what came of checking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What the commit carries.
    pub form: Form,
    /// What came of it.
    pub verdict: Verdict,
    /// Fingerprint of the key, where it could be read.
    pub key: Option<String>,
    /// The patterns of addresses that the key speaks for.
    pub principals: Vec<String>,
}

/// Checks a commit's signature. The time that counts is the committer's own: a self-declared one.
pub fn check(commit: &Commit, signature: Option<&CommitSignature>, signers: Option<&Signers>) -> Checked {
    let checked = |form, verdict| Checked { form, verdict, key: None, principals: Vec::new() };
    let Some(signature) = signature else { return checked(Form::None, Verdict::Absent) };
    let first = signature.armour.lines().next().unwrap_or_default().trim();
    let form = match first {
        "-----BEGIN SSH SIGNATURE-----" => Form::Ssh,
        "-----BEGIN PGP SIGNATURE-----" | "-----BEGIN PGP MESSAGE-----" => Form::OpenPgp,
        "-----BEGIN SIGNED MESSAGE-----" => Form::X509,
        _ => Form::Unknown,
    };
    if form != Form::Ssh {
        return checked(form, Verdict::NotChecked);
    }
    let Some(made) = read(&signature.armour) else { return checked(form, Verdict::Bad) };
    let key = PublicKey::from(made.public_key().clone());
    let fingerprint = Some(key.fingerprint(HashAlg::Sha256).to_string());
    let Some(signers) = signers else {
        return Checked { form, verdict: Verdict::NotChecked, key: fingerprint, principals: Vec::new() };
    };
    let known = signers.signers.iter().filter(|signer| signer.key.key_data() == key.key_data());
    let known: Vec<_> = known.filter(|signer| signer.may_sign(NAMESPACE)).collect();
    let committer = &commit.committer;
    let verdict = match () {
        () if key.verify(NAMESPACE, &signature.signed, &made).is_err() => Verdict::Bad,
        () if known.is_empty() => Verdict::UnknownKey,
        () => {
            let theirs: Vec<_> = known.iter().filter(|signer| signer.is(&committer.email)).collect();
            let in_time = |time: Timestamp| theirs.iter().any(|signer| signer.is_valid(time));
            match theirs.is_empty() {
                true => Verdict::OtherPrincipal,
                false if in_time(committer.time) => Verdict::Good,
                false => Verdict::OutOfTime,
            }
        }
    };
    let mut principals: Vec<String> = known.iter().flat_map(|signer| signer.principals.clone()).collect();
    principals.sort();
    principals.dedup();
    Checked { form, verdict, key: fingerprint, principals }
}

/// Reads a signature, in lines of whatever length: git keeps those of ssh-keygen, which are longer than most.
fn read(armour: &str) -> Option<SshSig> {
    SshSig::from_pem(armour.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use ssh_key::private::{Ed25519Keypair, KeypairData};
    use ssh_key::{LineEnding, PrivateKey};

    use super::*;
    use crate::history::Actor;

    /// A key that follows from a byte, as no key for use ever should.
    fn key(seed: u8) -> PrivateKey {
        PrivateKey::new(KeypairData::from(Ed25519Keypair::from_seed(&[seed; 32])), "test").unwrap()
    }

    fn signature(key: &PrivateKey, namespace: &str, signed: &[u8]) -> CommitSignature {
        let made = key.sign(namespace, HashAlg::Sha512, signed).unwrap();
        CommitSignature { armour: made.to_pem(LineEnding::LF).unwrap(), signed: signed.to_vec() }
    }

    fn commit(time: &str) -> Commit {
        let actor = Actor {
            name: "佐藤".into(),
            email: "sato@example.com".into(),
            time: time.parse().unwrap(),
            offset: jiff::tz::Offset::UTC,
        };
        let git = crate::history::Commit::for_tests(actor);
        assert_eq!(git.committer.email.as_ref(), "sato@example.com");
        git
    }

    fn signers(lines: &[(&str, &str, &PrivateKey)]) -> Signers {
        let line = |(who, options, key): &(&str, &str, &PrivateKey)| {
            format!("{who} {options} {}\n", key.public_key().to_openssh().unwrap())
        };
        let read = Signers::parse(&lines.iter().map(line).collect::<String>(), &TimeZone::UTC);
        assert!(read.ignored.is_empty(), "{:?}", read.ignored);
        read
    }

    #[test]
    fn a_signature_is_judged_by_key_person_time_and_bytes() {
        let (own, other) = (key(1), key(2));
        let day = commit("2026-04-01T00:00:00Z");
        let made = signature(&own, "git", b"tree x\n\ntext\n");
        let verdict = |signature: &CommitSignature, lines: &[(&str, &str, &PrivateKey)]| {
            check(&day, Some(signature), Some(&signers(lines))).verdict
        };
        let sato = [("sato@example.com", "", &own)];
        assert_eq!(verdict(&made, &sato), Verdict::Good);
        assert_eq!(verdict(&made, &[("sato@example.com", "", &other)]), Verdict::UnknownKey);
        assert_eq!(verdict(&made, &[("tanaka@example.com", "", &own)]), Verdict::OtherPrincipal);
        assert_eq!(verdict(&made, &[("sato@example.com", "valid-after=20260402", &own)]), Verdict::OutOfTime);
        assert_eq!(verdict(&made, &[("sato@example.com", "namespaces=\"file\"", &own)]), Verdict::UnknownKey);
        let renewed =
            [("sato@example.com", "valid-before=20260101", &own), ("sato@example.com", "valid-after=20260101", &own)];
        assert_eq!(verdict(&made, &renewed), Verdict::Good);
        let mut altered = made.clone();
        altered.signed[0] ^= 1;
        assert_eq!(verdict(&altered, &sato), Verdict::Bad);
        assert_eq!(verdict(&signature(&own, "file", b"tree x\n\ntext\n"), &sato), Verdict::Bad, "made for another use");
        let checked = check(&day, Some(&made), None);
        assert_eq!((checked.form, checked.verdict), (Form::Ssh, Verdict::NotChecked));
        assert!(checked.key.unwrap().starts_with("SHA256:"));
    }

    /// As `git commit -S` with `gpg.format=ssh` and ssh-keygen 9.2 wrote it.
    const ARMOUR: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgIi/hxGK9hJp9kqsa2lYuSR0cJb
R4Dzew9Nlj0jB0Gv8AAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5
AAAAQKEA8Q6+83t2CI3Kt0nrp8CQ1tR3dFnXGQ2CVCgLuMlEVayleFkIkp7RsDmFytLhHa
3fkUm3LZUioz1PcptLlQE=
-----END SSH SIGNATURE-----";
    const SIGNED: &str = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
author sato <sato@example.com> 1775001600 +0900
committer sato <sato@example.com> 1775001600 +0900

signed k
";
    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICIv4cRivYSafZKrGtpWLkkdHCW0eA83sPTZY9IwdBr/";

    #[test]
    fn what_git_and_ssh_keygen_signed_is_read() {
        let signers = Signers::parse(&format!("sato@example.com {KEY} sato\n"), &TimeZone::UTC);
        let day = commit("2026-04-01T00:00:00Z");
        let check = |signed: &str| {
            let signature = CommitSignature { armour: ARMOUR.to_owned(), signed: signed.as_bytes().to_vec() };
            check(&day, Some(&signature), Some(&signers)).verdict
        };
        assert_eq!(check(SIGNED), Verdict::Good);
        assert_eq!(check(&SIGNED.replace("signed k", "signed l")), Verdict::Bad);
    }

    #[test]
    fn other_signatures_are_there_and_not_checked() {
        let day = commit("2026-04-01T00:00:00Z");
        let of = |armour: &str| {
            let signature = CommitSignature { armour: armour.to_owned(), signed: Vec::new() };
            let checked = check(&day, Some(&signature), Some(&Signers::default()));
            (checked.form, checked.verdict)
        };
        assert_eq!(of("-----BEGIN PGP SIGNATURE-----\n\nx"), (Form::OpenPgp, Verdict::NotChecked));
        assert_eq!(of("-----BEGIN SIGNED MESSAGE-----\nx"), (Form::X509, Verdict::NotChecked));
        assert_eq!(of("x"), (Form::Unknown, Verdict::NotChecked));
        assert_eq!(of("-----BEGIN SSH SIGNATURE-----\nx\n-----END SSH SIGNATURE-----"), (Form::Ssh, Verdict::Bad));
        assert_eq!(check(&day, None, None).verdict, Verdict::Absent);
    }
}
