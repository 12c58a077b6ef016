//! Names of outside law and other texts from outside, by which an article that is cited is told from one of the
//! organisation's own.

/// What law and other texts from outside are called. An article behind such a name in the same sentence is theirs.
const OUTSIDE: [&str; 22] = [
    "法",
    "法律",
    "規則",
    "省令",
    "政令",
    "府令",
    "条例",
    "条約",
    "憲法",
    "命令",
    "告示",
    "訓令",
    "契約",
    "約款",
    "協定",
    "指令",
    "定款",
    "規約",
    "ガイドライン",
    "GDPR",
    "CCPA",
    "同項",
];

/// Words that only end like the name of a law.
const INSIDE: [&str; 11] = ["方法", "手法", "作法", "寸法", "用法", "適法", "違法", "合法", "不法", "技法", "文法"];

/// Whether what stands before an article in its sentence names a text from outside.
pub(crate) fn is_outside(before: &str) -> bool {
    OUTSIDE.iter().any(|name| {
        before.match_indices(name).any(|(at, _)| {
            let upto = &before[..at + name.len()];
            let behind = &before[at + name.len()..];
            let ends = behind
                .chars()
                .next()
                .is_none_or(|c| matches!(c, '第' | '（' | '(' | '」' | '』' | '、' | 'の' | '及' | ' '));
            ends && !INSIDE.iter().any(|word| upto.ends_with(word))
        })
    })
}

/// Whether a text ends with the name of a text from outside: what follows is cited from there.
pub(crate) fn names_outside(before: &str) -> bool {
    OUTSIDE.iter().any(|name| before.ends_with(name)) && !INSIDE.iter().any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_law_are_told_from_own_ones() {
        for law in [
            "個人情報保護法",
            "個人情報の保護に関する法律（平成15年法律第57号）",
            "同法施行規則第8条及び",
            "業務委託契約書の写しと契約の",
        ] {
            assert!(is_outside(law), "{law}");
        }
        for own in ["情報管理規程", "次の方法により、", "法務部の規程", ""] {
            assert!(!is_outside(own), "{own}");
        }
    }
}
