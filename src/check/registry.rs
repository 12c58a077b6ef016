//! What a rule is, and the table of all rules. Adding a rule: its file and two pages under `rules/`, and one line
//! in each of the two sorted lists below. The tests hold the lists, the files and the pages together.

use std::fmt;

use super::Sink;
use super::rules::*;
use crate::handbook::Handbook;
use crate::locale::{Language, Text};
use crate::model::config::Level;

/// What a rule rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// A clause of ISO/IEC 27001, e.g. `7.5.2`.
    Clause(&'static str),
    /// An Annex A control, e.g. `5.1`.
    AnnexA(&'static str),
    /// The organisation's own rules, as declared in the repository.
    OwnRule,
    /// The file format.
    Format,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clause(number) => write!(f, "clause:{number}"),
            Self::AnnexA(number) => write!(f, "annex:{number}"),
            Self::OwnRule => f.write_str("own-rule"),
            Self::Format => f.write_str("format"),
        }
    }
}

impl Basis {
    /// The basis in words.
    pub fn text(self) -> Text {
        match self {
            Self::Clause(number) => Text::new("basis-clause").arg("number", number),
            Self::AnnexA(number) => Text::new("basis-annex").arg("number", number),
            Self::OwnRule => Text::new("basis-own-rule"),
            Self::Format => Text::new("basis-format"),
        }
    }
}

/// One rule.
pub struct Rule {
    /// Stable code; a removed rule's code is never used again.
    pub code: &'static str,
    /// Name of the defect.
    pub name: &'static str,
    /// What it rests on.
    pub basis: Basis,
    /// Level unless the organisation sets another.
    pub level: Level,
    /// Page in Japanese; holds the examples.
    pub page_ja: &'static str,
    /// Page in English; takes the examples from the Japanese one.
    pub page_en: &'static str,
    /// Reports every defect in a handbook.
    pub check: fn(&Handbook, &mut Sink),
}

impl Rule {
    /// The page of a language.
    pub fn page(&self, language: Language) -> &'static str {
        match language {
            Language::Ja => self.page_ja,
            Language::En => self.page_en,
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

/// Declares the constant `RULE` of a rule's file.
macro_rules! rule {
    ($code:literal, $name:literal, $basis:expr, $level:ident) => {
        /// The rule of this file.
        pub const RULE: crate::check::Rule = crate::check::Rule {
            code: $code,
            name: $name,
            basis: $basis,
            level: crate::model::config::Level::$level,
            page_ja: include_str!(concat!($name, ".ja.md")),
            page_en: include_str!(concat!($name, ".en.md")),
            check,
        };
    };
}
pub(crate) use rule;

/// Codes of removed rules; never used again.
pub const RESERVED: &[&str] = &[];

/// Every rule, by code.
pub static RULES: &[&Rule] = &[
    &waiver_unused::RULE,
    &waiver_expired::RULE,
    &waiver_without_reason::RULE,
    &unknown_rule::RULE,
    &tier_without_approver::RULE,
    &unused_role::RULE,
    &codeowners_drift::RULE,
    &control_without_standard::RULE,
    &applicable_without_procedure::RULE,
    &policy_not_implemented::RULE,
    &excluded_control_cited::RULE,
    &soa_incomplete::RULE,
    &clause_information_missing::RULE,
    &implemented_without_evidence::RULE,
    &review_overdue::RULE,
    &suspect_link::RULE,
    &review_due_soon::RULE,
    &ratification_overdue::RULE,
    &not_announced::RULE,
    &exception_expired::RULE,
    &unreadable_file::RULE,
    &invalid_encoding::RULE,
    &invalid_toml::RULE,
    &missing_front_matter::RULE,
    &missing_key::RULE,
    &unknown_key::RULE,
    &wrong_type::RULE,
    &invalid_value::RULE,
    &invalid_version::RULE,
    &duplicate_id::RULE,
    &id_prefix_mismatch::RULE,
    &version_skipped::RULE,
    &established_after_approval::RULE,
    &id_reused::RULE,
    &misplaced_document::RULE,
    &unapproved_change::RULE,
    &version_not_increased::RULE,
    &approved_text_missing::RULE,
    &approver_lacks_role::RULE,
    &self_approval::RULE,
    &never_approved::RULE,
    &duplicate_version::RULE,
    &wrong_approver_rank::RULE,
    &overtaken_approval::RULE,
    &effective_before_approval::RULE,
    &ledger_for_unknown_document::RULE,
    &approver_out_of_office::RULE,
    &recorded_late::RULE,
    &minor_change_too_large::RULE,
    &supplement_date_mismatch::RULE,
    &ledger_malformed::RULE,
    &ledger_rewritten::RULE,
    &incomplete_history::RULE,
    &replaced_history::RULE,
    &impossible_commit_time::RULE,
    &unapprovable_text::RULE,
    &copy_without_approval::RULE,
    &approved_copy_altered::RULE,
    &unknown_role::RULE,
    &unknown_person::RULE,
    &unknown_classification::RULE,
    &wrong_tier::RULE,
    &implements_cycle::RULE,
    &orphan_document::RULE,
    &owner_role_vacant::RULE,
    &duplicate_entry::RULE,
    &contact_unreachable::RULE,
    &implements_not_in_force::RULE,
    &quiz_unanswerable::RULE,
    &broken_link::RULE,
    &broken_anchor::RULE,
    &unknown_document::RULE,
    &missing_item::RULE,
    &unknown_term::RULE,
    &unknown_record::RULE,
    &malformed_reference::RULE,
    &unsafe_link::RULE,
    &duplicate_anchor::RULE,
    &missing_image::RULE,
    &case_mismatched_path::RULE,
    &absolute_path::RULE,
    &link_to_retired::RULE,
    &reference_to_restricted::RULE,
    &hand_typed_article::RULE,
    &first_paragraph_citation::RULE,
    &unpublished_target::RULE,
    &broken_published_reference::RULE,
    &ambiguous_path::RULE,
    &invalid_definition::RULE,
    &unknown_field::RULE,
    &missing_field::RULE,
    &wrong_field_type::RULE,
    &invalid_field_value::RULE,
    &unknown_reference::RULE,
    &duplicate_row::RULE,
    &stated_not_computed::RULE,
    &uncomputable_field::RULE,
    &register_rule::RULE,
    &row_overdue::RULE,
    &row_out_of_office::RULE,
    &personal_in_register::RULE,
    &secret_in_text::RULE,
    &plain_http::RULE,
    &missing_classification::RULE,
    &unknown_annex_control::RULE,
    &superseded_annex_number::RULE,
    &unknown_clause::RULE,
    &required_section_missing::RULE,
    &article_without_id::RULE,
    &skipped_heading_level::RULE,
    &empty_section::RULE,
    &supplement_without_date::RULE,
    &several_titles::RULE,
    &emphasis_not_rendered::RULE,
    &raw_html::RULE,
    &not_nfc::RULE,
    &half_width_kana::RULE,
    &invisible_character::RULE,
    &full_width_code::RULE,
    &mixed_style::RULE,
    &term_variant::RULE,
    &long_sentence::RULE,
    &vague_wording::RULE,
];

/// A rule by its code or name, without regard to case.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name.eq_ignore_ascii_case(name) || rule.code.eq_ignore_ascii_case(name))
}
