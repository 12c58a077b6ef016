//! `[[history]]`: a version of times before the repository.

use jiff::civil::Date;

use super::entry::entry_kind;
use crate::model::id::Version;

entry_kind! {
    /// One `[[history]]`: a version of times before the repository, asserted only.
    PastVersion, as far as it is known PartialPastVersion, "history" in past
    required {
        /// Version as the paper original states it.
        #[arg(skip)]
        version: Version,
    }
    optional {
        /// 承認日, where known.
        #[arg(skip)]
        approved_on: Option<Date>,
    }
    required {
        /// 施行日.
        #[arg(skip)]
        effective: Date,
    }
    optional {
        /// 改訂内容.
        #[arg(skip)]
        changes: Option<String>,
    }
}
