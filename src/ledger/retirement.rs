//! `[[retirement]]`: a document is no longer in force.

use jiff::civil::Date;

use super::entry::entry_kind;

entry_kind! {
    /// One `[[retirement]]`.
    Retirement, as far as it is known PartialRetirement, "retirement" in retirements
    required {
        /// Day of the decision.
        #[arg(id = "on", long = "on", value_name = "DATE")]
        approved_on: Date,
        /// First day on which the document is no longer in force.
        #[arg(long, value_name = "DATE")]
        effective: Date,
        /// Capacity (role id).
        #[arg(long, value_name = "ROLE")]
        role: String,
    }
    optional {
        /// Person id; absent where the role is a body.
        #[arg(long, value_name = "PERSON")]
        approver: Option<String>,
        /// Decision reference.
        #[arg(long, value_name = "TEXT")]
        decision: Option<String>,
        /// Successors (document ids).
        #[arg(long, value_name = "ID")]
        replaced_by: Vec<String>,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    }
}

impl Retirement {
    /// The retirement as far as it concerns readers outside: when, and in which capacity it was decided.
    #[must_use]
    pub fn without_people(&self) -> Self {
        Self {
            approved_on: self.approved_on,
            effective: self.effective,
            role: self.role.clone(),
            approver: None,
            decision: None,
            replaced_by: Vec::new(),
            reason: None,
        }
    }
}
