//! Headings: where a unit begins, how it is numbered and called.

use super::Reader;
use crate::compare::unit::{Line, LineKind, Piece, Unit, UnitKind, label};
use crate::model::outline::{Heading, HeadingKind};
use crate::numbering::{caption_in_brackets, heading_number};

impl<'h> Reader<'_, 'h> {
    fn heading(&self, index: u32) -> Option<&'h Heading> {
        self.entry.document.outline.headings.get(index as usize)
    }

    pub(super) fn start_heading(&mut self, section: Option<u32>) {
        self.flush();
        // A heading inside a list or a quote divides nothing.
        let Some(heading) = section.and_then(|index| self.heading(index)) else { return };
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
            self.skip = true;
        } else if caption_in_brackets(heading, self.catalogue.language()) {
            pieces.push(Piece::plain("（"));
        }
        self.line = Some(line);
    }

    pub(super) fn end_heading(&mut self, section: Option<u32>) {
        let Some(heading) = section.and_then(|index| self.heading(index)) else {
            self.flush();
            return;
        };
        if caption_in_brackets(heading, self.catalogue.language()) {
            self.push(Piece::plain("）"));
        }
        self.flush();
        let implements: Vec<&str> = heading.implements.iter().map(|id| id.value.as_str()).collect();
        if !implements.is_empty() {
            let mark = self.catalogue.get("site-section-implements");
            let line = Line::new(LineKind::Fact("implements"), mark, implements.join(", "));
            self.keep(line);
        }
    }
}
