//! Names by which references point at parts. A caption that regulations usually have gets the English word for it; any
//! other article is called by the number that it had when it was imported.

use std::collections::BTreeSet;

use super::marks::APPENDIX;
use super::structure::{Kind, Part};
use super::targets::appendix;
use crate::model::outline::Number;

/// Usual captions, and what their articles are called.
const USUAL: [(&str, &str); 70] = [
    ("目的", "purpose"),
    ("趣旨", "purpose"),
    ("適用範囲", "scope"),
    ("適用", "scope"),
    ("適用対象", "scope"),
    ("対象", "scope"),
    ("定義", "definitions"),
    ("用語の定義", "definitions"),
    ("用語", "definitions"),
    ("基本原則", "principles"),
    ("基本方針", "principles"),
    ("責任", "responsibilities"),
    ("責任と権限", "responsibilities"),
    ("責任及び権限", "responsibilities"),
    ("役割", "roles"),
    ("役割と責任", "roles"),
    ("体制", "organisation"),
    ("組織", "organisation"),
    ("組織体制", "organisation"),
    ("推進体制", "organisation"),
    ("最高情報セキュリティ責任者", "ciso"),
    ("情報セキュリティ委員会", "committee"),
    ("委員会", "committee"),
    ("事務局", "office"),
    ("部門長の責務", "managers"),
    ("従業員の責務", "employees"),
    ("従業者の義務", "employees"),
    ("遵守義務", "compliance"),
    ("法令遵守", "compliance"),
    ("法令等の遵守", "compliance"),
    ("主管", "ownership"),
    ("主管部門", "ownership"),
    ("所管", "ownership"),
    ("情報資産の管理", "asset-management"),
    ("情報資産台帳", "asset-register"),
    ("台帳", "register"),
    ("情報の分類", "classification"),
    ("分類", "classification"),
    ("機密区分", "classification"),
    ("表示", "labels"),
    ("取扱い", "handling"),
    ("情報の取扱い", "handling"),
    ("持出し", "taking-out"),
    ("情報の持出し", "taking-out"),
    ("廃棄", "disposal"),
    ("保管", "storage"),
    ("保存期間", "retention"),
    ("アクセス管理", "access"),
    ("利用者の登録", "registration"),
    ("パスワード", "passwords"),
    ("パスワードの管理", "passwords"),
    ("教育", "training"),
    ("教育及び訓練", "training"),
    ("教育・訓練", "training"),
    ("委託先の管理", "suppliers"),
    ("外部委託", "suppliers"),
    ("事故対応", "incidents"),
    ("事故の報告", "incident-reports"),
    ("報告", "reporting"),
    ("監査", "audit"),
    ("内部監査", "audit"),
    ("点検", "inspection"),
    ("リスク評価", "risk-assessment"),
    ("リスクアセスメント", "risk-assessment"),
    ("例外", "exceptions"),
    ("罰則", "penalties"),
    ("懲戒", "penalties"),
    ("見直し", "review"),
    ("改廃", "revision"),
    ("施行期日", "effective"),
];

/// What appendices are called, in the order of [`APPENDIX`].
const APPENDICES: [&str; 8] = ["table", "sheet", "figure", "attachment", "note", "table", "form", "appendix"];

/// Gives every part a name that no other has.
pub(super) fn name(parts: &mut [Part]) {
    let mut taken = BTreeSet::new();
    let (mut chapter, mut sections) = (0, 0);
    for part in parts {
        let caption: String = part.title.as_str().chars().filter(|c| !c.is_whitespace()).collect();
        let usual = || USUAL.iter().find(|(known, _)| *known == caption).map(|(_, id)| (*id).to_owned());
        let wanted = match part.kind {
            Kind::Opening => continue,
            Kind::Chapter(number) => {
                chapter = number.main;
                format!("chapter-{}", joined(number))
            }
            Kind::Section(number) => format!("section-{chapter}-{}", joined(number)),
            Kind::Article { deleted: false, .. } if usual().is_some() => usual().unwrap_or_default(),
            Kind::Article { number, in_supplement, .. } => {
                format!("{}article-{}", if in_supplement { "supplement-" } else { "" }, joined(number))
            }
            Kind::Supplement => "supplement".to_owned(),
            Kind::Appendix => appended(part.title.as_str()),
            Kind::Plain(_) => usual().unwrap_or_else(|| {
                sections += 1;
                format!("section-{sections}")
            }),
        };
        let mut id = wanted.clone();
        let mut count = 1;
        while !taken.insert(id.clone()) {
            count += 1;
            id = format!("{wanted}-{count}");
        }
        part.id = id;
    }
}

fn joined(number: Number) -> String {
    if number.branch == 0 { number.main.to_string() } else { format!("{}-{}", number.main, number.branch) }
}

fn appended(title: &str) -> String {
    let at = APPENDIX.iter().position(|name| title.starts_with(*name)).unwrap_or_default();
    let number: String =
        appendix(title).map(|(name, _)| name.chars().filter(char::is_ascii_digit).collect()).unwrap_or_default();
    if number.is_empty() { APPENDICES[at].to_owned() } else { format!("{}-{number}", APPENDICES[at]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::Words;

    #[test]
    fn names_are_unique_and_plain() {
        let article =
            |main, branch| Kind::Article { number: Number { main, branch }, deleted: false, in_supplement: false };
        let parts = [
            (Kind::Opening, ""),
            (Kind::Chapter(Number { main: 2, branch: 0 }), "体制"),
            (Kind::Section(Number { main: 1, branch: 0 }), "委員会"),
            (article(1, 0), "目　的"),
            (article(2, 0), "目的"),
            (article(2, 2), "珍しい見出し"),
            (Kind::Supplement, "附則"),
            (Kind::Supplement, "附則（2019年4月1日）"),
            (Kind::Appendix, "別表第１　区分"),
            (Kind::Appendix, "様式"),
        ];
        let mut parts: Vec<Part> =
            parts.into_iter().map(|(kind, title)| Part::new(kind, Words::at(title, 0), Default::default())).collect();
        name(&mut parts);
        let ids: Vec<&str> = parts.iter().map(|part| part.id.as_str()).collect();
        let expected = [
            "",
            "chapter-2",
            "section-2-1",
            "purpose",
            "purpose-2",
            "article-2-2",
            "supplement",
            "supplement-2",
            "table-1",
            "form",
        ];
        assert_eq!(ids, expected);
    }
}
