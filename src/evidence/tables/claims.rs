//! Every claim of every table with its grade and what it rests on: what a machine goes through to check a pack.

use serde_json::Value;

use crate::evidence::table::{Column, Draft, Table, code, object, text};

const COLUMNS: &[Column] = &[
    text("id"),
    text("table"),
    text("row"),
    code("claim", "evidence-claim"),
    code("grade", "evidence-grade"),
    object("commit"),
    text("path"),
    object("object"),
    text("record"),
    code("why", "evidence-why"),
];

/// The claims of some tables.
pub fn table(tables: &[Table]) -> Table {
    let mut claims = Table::new("claims", COLUMNS);
    for table in tables {
        for row in &table.rows {
            // The first value names the row.
            let name = row.values.first().and_then(Value::as_str).unwrap_or_default();
            for claim in &row.claims {
                claims.push(
                    Draft::default()
                        .set("id", format!("{}/{name}/{}", table.name, claim.what))
                        .set("table", table.name)
                        .set("row", name)
                        .set("claim", claim.what)
                        .set("grade", claim.grade.name())
                        .set("commit", claim.basis.commit.clone())
                        .set("path", claim.basis.path.clone())
                        .set("object", claim.basis.object.clone())
                        .set("record", claim.basis.record.clone())
                        .set("why", claim.why),
                );
            }
        }
    }
    claims
}
