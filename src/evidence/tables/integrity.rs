//! Whether history itself is sound: what it comprises, ledger entries that were rewritten, clocks that cannot be right,
//! entries recorded after the fact.

use jiff::tz::TimeZone;

use crate::evidence::grade::{Basis, Claim};
use crate::evidence::material::Material;
use crate::evidence::table::{Column, Draft, Table, code, date, document, flag, object, text};
use crate::handbook::authority::Fate;
use crate::handbook::recorded::Recorded;
use crate::history::{ClockFault, clock_anomalies};
use crate::ledger::Ledger;
use crate::source::Span;

const COLUMNS: &[Column] = &[
    text("id"),
    code("kind", "evidence-integrity"),
    flag("anomaly"),
    document("document"),
    text("subject"),
    text("detail"),
    object("commit"),
    object("other_commit"),
    date("on"),
];

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("integrity", COLUMNS);
    history(material, &mut table);
    rewritten(material, &mut table);
    clocks(material, &mut table);
    entries(material, &mut table);
    for path in material.timelines.unnameable() {
        let row = Draft::default().set("id", format!("unnameable/{path}")).set("kind", "unnameable");
        let basis = Basis { commit: Some(material.commit.to_string()), ..Basis::default() };
        table.push(row.set("anomaly", true).set("subject", path).claim(Claim::proved("unnameable", basis)));
    }
    table
}

fn history(material: &Material<'_>, table: &mut Table) {
    let commits = material.timelines.commits();
    let roots = commits.iter().filter(|commit| commit.parents.is_empty()).map(|commit| commit.id.to_string());
    let basis = Basis { commit: Some(material.commit.to_string()), ..Basis::default() };
    let counted = [
        ("commits", commits.len().to_string()),
        ("main-line", material.timelines.main_line().count().to_string()),
        ("roots", roots.collect::<Vec<_>>().join("; ")),
    ];
    for (kind, detail) in counted {
        table.push(
            Draft::default()
                .set("id", format!("history/{kind}"))
                .set("kind", kind)
                .set("anomaly", false)
                .set("detail", detail)
                .set("commit", material.commit)
                .claim(Claim::proved("history", basis.clone())),
        );
    }
    let ignored = material.signers.iter().flat_map(|signers| &signers.ignored);
    for (line, why) in ignored {
        table.push(
            Draft::default()
                .set("id", format!("signers/{line}"))
                .set("kind", "signers-line")
                .set("anomaly", true)
                .set("subject", line.to_string())
                .set("detail", material.catalogue.get(&format!("evidence-signers-{why}")))
                .claim(Claim::not_provable("key-owner", "signers-silent")),
        );
    }
}

fn rewritten(material: &Material<'_>, table: &mut Table) {
    for (at, entry) in material.handbook.rewritten().iter().enumerate() {
        let (kind, keys) = match &entry.fate {
            Fate::Changed(keys) => ("rewritten", keys.join("; ")),
            Fate::Vanished => ("vanished", String::new()),
            Fate::Moved => ("reordered", String::new()),
        };
        let basis = Basis {
            commit: Some(entry.recorded.commit.to_string()),
            record: Some(entry.entry.label()),
            ..Basis::default()
        };
        table.push(
            Draft::default()
                .set("id", format!("rewritten/{}", at + 1))
                .set("kind", kind)
                .set("anomaly", true)
                .set("document", &entry.ledger)
                .set("subject", entry.entry.label())
                .set("detail", keys)
                .set("commit", entry.recorded.commit)
                .set("other_commit", entry.lost)
                .set("on", material.handbook.day(entry.recorded))
                .claim(Claim::proved("rewritten", basis)),
        );
    }
}

fn clocks(material: &Material<'_>, table: &mut Table) {
    let zone = TimeZone::get(&material.handbook.config.timezone).unwrap_or(TimeZone::UTC);
    // The end of the day on which the pack was made.
    let tomorrow = material.request.made_on.tomorrow().unwrap_or(material.request.made_on);
    let Ok(now) = tomorrow.to_zoned(zone) else { return };
    for found in clock_anomalies(material.timelines.commits(), now.timestamp()) {
        let Some(commit) = material.timelines.commit(found.commit) else { continue };
        let (kind, other) = match found.fault {
            ClockFault::BeforeParent(parent) => ("clock-back", Some(parent)),
            ClockFault::InTheFuture => ("clock-ahead", None),
        };
        let basis = Basis { commit: Some(found.commit.to_string()), ..Basis::default() };
        table.push(
            Draft::default()
                .set("id", format!("{kind}/{}", found.commit))
                .set("kind", kind)
                .set("anomaly", true)
                .set("subject", &commit.summary)
                .set("detail", commit.committer.zoned().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
                .set("commit", found.commit)
                .set("other_commit", other)
                .set("on", material.day(commit))
                .claim(Claim::proved("clock", basis)),
        );
    }
}

/// Entries that say they are later than the commit that recorded them, and those that came into the main line only
/// after the last day of the period, although they speak of it.
fn entries(material: &Material<'_>, table: &mut Table) {
    for ledger in material.ledgers() {
        let approvals = ledger.approvals.iter().map(|entry| ("approval", entry.approved_on, entry.span));
        let retirements = ledger.retirements.iter().map(|entry| ("retirement", entry.approved_on, entry.span));
        let reviews = ledger.reviews.iter().map(|entry| ("review", entry.reviewed_on, entry.span));
        let announcements = ledger.announcements.iter().map(|entry| ("announcement", entry.on, entry.span));
        let all = approvals.chain(retirements).chain(reviews).chain(announcements);
        for (at, (kind, on, span)) in all.enumerate() {
            let Some((recorded, day)) = recorded(material, ledger, span) else { continue };
            let anomaly = match () {
                () if on > day => "dated-after-recording",
                () if on <= material.request.to && day > material.request.to => "recorded-after-period",
                () => continue,
            };
            let label = format!("[[{kind}]] {on}");
            let row = Draft::default()
                .set("id", format!("{anomaly}/{}/{}", ledger.name, at + 1))
                .set("kind", anomaly)
                .set("anomaly", true)
                .set("document", &ledger.name)
                .set("subject", &label)
                .set("detail", day.to_string())
                .set("commit", recorded.commit)
                .set("on", on);
            let basis = material.entry_basis(ledger, recorded, label);
            table.push(
                row.claim(Claim::proved("recorded", basis.clone())).claim(Claim::asserted("when", basis, "dates")),
            );
        }
    }
}

fn recorded(material: &Material<'_>, ledger: &Ledger, span: Span) -> Option<(Recorded, jiff::civil::Date)> {
    let recorded = material.recorded(ledger, span)?;
    Some((recorded, material.handbook.day(recorded)))
}
