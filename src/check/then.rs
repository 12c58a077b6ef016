//! What a finding says when it rests on the settings of an earlier commit: which commit, and that today's settings
//! cannot mend it.

use super::Diagnostic;
use crate::handbook::authority::Authority;
use crate::locale::Text;

/// Tells of an entry that is in history which commit's settings it was judged by. Its help is then what helps an entry
/// that cannot be changed any more.
pub fn tell(finding: &mut Diagnostic, authority: &Authority<'_>, help: Text) {
    let Some(recorded) = authority.recorded else {
        finding.help(help);
        return;
    };
    let key = if recorded.certain { "judged-then" } else { "judged-then-uncertain" };
    finding.label(Text::new(key).arg("commit", recorded.name()));
    finding.help(Text::new("judged-then-help").arg("rule", finding.rule.name));
}
