//! How far a claim can be trusted, and what it rests on.

/// How far a claim can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Follows from git objects that are reachable from the pack's commit, whoever says so.
    Proved,
    /// A record in the repository, or a field that its author filled in, says so.
    Asserted,
    /// Nothing in the repository can show it.
    NotProvable,
}

impl Grade {
    /// All grades, firmest first.
    pub const ALL: [Self; 3] = [Self::Proved, Self::Asserted, Self::NotProvable];

    /// The name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Asserted => "asserted",
            Self::NotProvable => "not-provable",
        }
    }

    /// The column that lists a row's claims of this grade.
    pub fn column(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Asserted => "asserted",
            Self::NotProvable => "not_provable",
        }
    }
}

/// What a claim rests on; empty fields say that nothing of the kind is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// The commit, 40 hexadecimal digits.
    pub commit: Option<String>,
    /// A path in that commit, from the handbook's root.
    pub path: Option<String>,
    /// The object at that path, 40 hexadecimal digits.
    pub object: Option<String>,
    /// The entry in the file, such as `[[approval]] 2.0`.
    pub record: Option<String>,
}

/// One thing that a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed: a code of the contract, with words under `evidence-claim-…`.
    pub what: &'static str,
    /// How far it can be trusted.
    pub grade: Grade,
    /// What it rests on.
    pub basis: Basis,
    /// Why it cannot be proved, or what a weaker grade comes from: a code with words under `evidence-why-…`.
    pub why: Option<&'static str>,
}

impl Claim {
    /// A claim that follows from git objects.
    pub fn proved(what: &'static str, basis: Basis) -> Self {
        Self { what, grade: Grade::Proved, basis, why: None }
    }

    /// A claim that a record makes.
    pub fn asserted(what: &'static str, basis: Basis, why: &'static str) -> Self {
        Self { what, grade: Grade::Asserted, basis, why: Some(why) }
    }

    /// A claim that nothing here can show.
    pub fn not_provable(what: &'static str, why: &'static str) -> Self {
        Self { what, grade: Grade::NotProvable, basis: Basis::default(), why: Some(why) }
    }
}
