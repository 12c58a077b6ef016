//! A document: its front matter, its outline and the references in its text.

use jiff::civil::Date;

use super::content::Content;
use super::id::{DocumentId, Interval, Version};
use super::outline::Outline;
use super::prose::Prose;
use super::reference::Reference;
use crate::source::{FileId, Place, Span, Spanned};

/// The three tiers of documents, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// 基本方針・規程.
    Policy,
    /// 対策基準.
    Control,
    /// 実施手順.
    Procedure,
}

impl Tier {
    /// All tiers, highest first.
    pub const ALL: [Self; 3] = [Self::Policy, Self::Control, Self::Procedure];

    /// The name used in configuration and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Control => "control",
            Self::Procedure => "procedure",
        }
    }

    /// The tier of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.name() == name)
    }
}

/// How far a control is carried out, as the statement of applicability says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Implementation {
    /// Carried out.
    Implemented,
    /// Carried out in part.
    Partial,
    /// Decided, not begun.
    Planned,
    /// Not carried out.
    None,
}

impl Implementation {
    /// Allowed values, as written.
    pub const NAMES: [&str; 4] = ["implemented", "partial", "planned", "none"];

    /// The state of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Implemented, Self::Partial, Self::Planned, Self::None]
            .into_iter()
            .zip(Self::NAMES)
            .find_map(|(state, n)| (n == name).then_some(state))
    }

    /// The name as written.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// How much of a reference handbook an organisation starts with, least first. A document belongs to its own level and to
/// every level above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StartLevel {
    /// What is needed against single threats.
    Quick,
    /// What most organisations need.
    Baseline,
    /// Everything.
    Comprehensive,
}

impl StartLevel {
    /// Allowed values, as written.
    pub const NAMES: [&str; 3] = ["quick", "baseline", "comprehensive"];

    /// The level of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Quick, Self::Baseline, Self::Comprehensive]
            .into_iter()
            .zip(Self::NAMES)
            .find_map(|(level, n)| (n == name).then_some(level))
    }

    /// The name as written.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Why a control is included, allowed values of `reasons`.
pub const SOA_REASONS: [&str; 5] = ["risk", "legal", "contract", "business", "baseline"];

/// One decision of the statement of applicability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoaEntry {
    /// Annex A control, e.g. `5.12`.
    pub control: Spanned<String>,
    /// Whether it applies.
    pub applicable: Spanned<bool>,
    /// How far it is carried out.
    pub implementation: Option<Spanned<Implementation>>,
    /// Values of [`SOA_REASONS`].
    pub reasons: Vec<Spanned<String>>,
    /// In the organisation's words.
    pub justification: Option<Spanned<String>>,
    /// The whole `[[soa]]` table.
    pub span: Span,
}

/// What a document says it is. Required keys are `Option`s because a document that lacks one is still
/// read, checked and reported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrontMatter {
    /// Identity; see [`DocumentId`].
    pub id: Option<Spanned<DocumentId>>,
    /// 文書番号 as printed.
    pub number: Option<Spanned<String>>,
    /// Title.
    pub title: Option<Spanned<String>>,
    /// Version of this text.
    pub version: Option<Spanned<Version>>,
    /// Role id of 主管部署.
    pub owner: Option<Spanned<String>>,
    /// Role id of 承認者, where it differs from the tier's.
    pub approver: Option<Spanned<String>>,
    /// Classification id, where it differs from the tier's.
    pub classification: Option<Spanned<String>>,
    /// Review interval, where it differs from the tier's.
    pub review_every: Option<Spanned<Interval>>,
    /// 制定日.
    pub established: Option<Spanned<Date>>,
    /// Role ids who must know it; empty: everyone.
    pub audience: Vec<Spanned<String>>,
    /// One plain sentence for employees.
    pub summary: Option<Spanned<String>>,
    /// Ids of higher-tier documents it implements.
    pub implements: Vec<Spanned<String>>,
    /// Annex A controls.
    pub annex_a: Vec<Spanned<String>>,
    /// Clauses of ISO/IEC 27001.
    pub clauses: Vec<Spanned<String>>,
    /// Decisions of the statement of applicability.
    pub soa: Vec<SoaEntry>,
    /// Numbering, where it differs from the tier's.
    pub numbering: Option<Spanned<Numbering>>,
    /// The least level of a reference handbook to which it belongs.
    pub level: Option<Spanned<StartLevel>>,
}

/// How headings are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbering {
    /// No generated numbers.
    #[default]
    Plain,
    /// 章・節・条・項・号.
    Articles,
}

/// One document as one file states it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its file.
    pub file: FileId,
    /// Path from the root.
    pub path: String,
    /// The tier whose folder holds it.
    pub tier: Tier,
    /// What it says it is.
    pub front: FrontMatter,
    /// The span of the text between the `+++` lines; empty where there is none.
    pub front_span: Span,
    /// The span of the Markdown body.
    pub body: Span,
    /// The tree of what its readers see.
    pub content: Content,
    /// Its headings, with their articles, paragraphs and items.
    pub outline: Outline,
    /// Links, images and short references, in text order.
    pub references: Vec<Reference>,
    /// Emphasis marks that stay literal in the rendered text.
    pub literal_emphasis: Vec<Span>,
    /// Raw HTML, which is rendered as text.
    pub raw_html: Vec<Span>,
    /// Its running text.
    pub prose: Vec<Prose>,
}

impl Document {
    /// The id, where it has a valid one.
    pub fn id(&self) -> Option<&DocumentId> {
        self.front.id.as_ref().map(|id| &id.value)
    }

    /// 文書番号 as printed: its own, or its id where it states none.
    pub fn number(&self) -> &str {
        let own = self.front.number.as_ref().map(|number| number.value.as_str());
        own.or_else(|| self.id().map(DocumentId::as_str)).unwrap_or_default()
    }

    /// The title, or the path where it has none.
    pub fn title(&self) -> &str {
        self.front.title.as_ref().map_or(&self.path, |title| &title.value)
    }

    /// The place of a span in this document.
    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    /// The place to point at for a fault of the document as a whole: its id, or its first line.
    pub fn head_place(&self) -> Place {
        self.place(self.front.id.as_ref().map_or(Span::new(0, 0), |id| id.span))
    }
}
