//! Headings: where a unit begins, how it is numbered and called.

use super::Reader;
use crate::compare::unit::{Line, LineKind, Piece, Unit, UnitKind, label};
use crate::model::outline::HeadingKind;
use crate::numbering::{caption_in_brackets, heading_number};

impl Reader<'_, '_> {
    pub(super) fn start_heading(&mut self, start: usize) {
        self.flush();
        // A heading inside a list or a quote divides nothing.
        let heading = self.entry.document.outline.at(start).filter(|_| self.around.is_empty());
        let Some(heading) = heading else { return };
        let number = heading_number(heading, self.catalogue.language());
        let unit = Unit {
            kind: match heading.kind {
                HeadingKind::Chapter | HeadingKind::Section | HeadingKind::Plain => UnitKind::Heading,
                HeadingKind::Article => UnitKind::Article,
                HeadingKind::Supplement => UnitKind::Supplement,
            },
            rank: heading.rank(),
            id: heading.id.as_ref().map(|id| id.value.clone()),
            label: label(heading, self.catalogue),
            title: heading.text.clone(),
            deleted: heading.deleted,
            in_supplement: heading.in_supplement,
            number: number.clone(),
            lines: Vec::new(),
        };
        self.units.push(unit);
        let mut line = Line { kind: LineKind::Heading, depth: 0, mark: number, cells: vec![Vec::new()] };
        let pieces = &mut line.cells[0];
        if heading.deleted {
            pieces.push(Piece::plain(self.catalogue.get("site-deleted")));
            self.hidden += 1;
        } else if caption_in_brackets(heading, self.catalogue.language()) {
            pieces.push(Piece::plain("（"));
        }
        self.line = Some(line);
    }

    pub(super) fn end_heading(&mut self) {
        let top = self.around.is_empty();
        let heading = self.units.last().filter(|_| top).is_some_and(|unit| unit.lines.is_empty());
        if !heading {
            self.flush();
            return;
        }
        let deleted = self.units.last().is_some_and(|unit| unit.deleted);
        if deleted {
            self.hidden = self.hidden.saturating_sub(1);
        }
        // The first unit is the preamble; every other one is a heading's.
        let heading = self.entry.document.outline.headings.get(self.units.len().saturating_sub(2));
        if heading.is_some_and(|heading| caption_in_brackets(heading, self.catalogue.language())) {
            self.push(Piece::plain("）"));
        }
        self.flush();
        let implements: Vec<&str> =
            heading.into_iter().flat_map(|heading| &heading.implements).map(|id| id.value.as_str()).collect();
        if !implements.is_empty() {
            let mark = self.catalogue.get("site-section-implements");
            let line = Line::new(LineKind::Fact("implements"), mark, implements.join(", "));
            self.keep(line);
        }
    }
}
