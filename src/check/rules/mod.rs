//! One file per rule, with its page in both languages beside it. A rule reads the graph and reports; it prints
//! nothing, reads no file and keeps no state.

pub mod approved_text_missing;
pub mod approver_lacks_role;
pub mod broken_anchor;
pub mod broken_link;
pub mod duplicate_anchor;
pub mod duplicate_id;
pub mod duplicate_version;
pub mod effective_before_approval;
pub mod invalid_encoding;
pub mod invalid_toml;
pub mod invalid_value;
pub mod invalid_version;
pub mod ledger_for_unknown_document;
pub mod malformed_reference;
pub mod missing_front_matter;
pub mod missing_item;
pub mod missing_key;
pub mod never_approved;
pub mod overtaken_approval;
pub mod review_due_soon;
pub mod review_overdue;
pub mod self_approval;
pub mod suspect_link;
pub mod unapproved_change;
pub mod unknown_document;
pub mod unknown_key;
pub mod unknown_record;
pub mod unknown_term;
pub mod unreadable_file;
pub mod unsafe_link;
pub mod version_not_increased;
pub mod wrong_approver_rank;
pub mod wrong_type;
