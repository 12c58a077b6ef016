//! implements-cycle: documents that implement each other in a circle. Only wrong tiers make one possible; it is
//! reported besides, since the way out is another.

use std::collections::VecDeque;

use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Place;

rule!("ORG005", "implements-cycle", Basis::OwnRule, Deny);

/// For each document, the documents it implements, with the place where it says so.
type Graph = Vec<Vec<(usize, Place)>>;

fn check(handbook: &Handbook, sink: &mut Sink) {
    // Numbered by id, so that the smallest number of a circle is its smallest id.
    let nodes: Vec<usize> = handbook.by_id().filter_map(|(id, _)| handbook.index(id)).collect();
    let mut number_of = vec![None; handbook.documents.len()];
    for (number, index) in nodes.iter().enumerate() {
        number_of[*index] = Some(number);
    }
    let graph: Graph = nodes
        .iter()
        .map(|index| {
            mentions::implemented(&handbook.documents[*index])
                .filter_map(|mention| Some((number_of[handbook.index_of(mention.written)?]?, mention.place)))
                .collect()
        })
        .collect();
    let id = |number: usize| handbook.documents[nodes[number]].id().map_or("", |id| id.as_str());
    for circle in circles(&graph) {
        let mut path: Vec<&str> = circle.iter().map(|(number, _)| id(*number)).collect();
        path.push(path[0]);
        let message = Text::new("implements-cycle").arg("path", path.join(" → "));
        let finding = sink.report(circle[0].1, message);
        finding.help(Text::new("implements-cycle-help"));
        for (number, place) in &circle[1..] {
            finding.related(*place, Text::new("implements-cycle-related").arg("id", id(*number)));
        }
    }
}

/// One shortest circle through the smallest member of every group of documents that all lead to each other: its
/// members in order, each with the place that leads on.
fn circles(graph: &Graph) -> Vec<Vec<(usize, Place)>> {
    let groups = groups(graph);
    let mut seen = vec![false; graph.len()];
    let mut found = Vec::new();
    for start in 0..graph.len() {
        if !std::mem::replace(&mut seen[groups[start]], true) {
            found.extend(circle(graph, &groups, start));
        }
    }
    found
}

/// The shortest way from a document back to itself; its group bounds the search.
fn circle(graph: &Graph, groups: &[usize], start: usize) -> Option<Vec<(usize, Place)>> {
    let mut before = std::collections::BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for (next, place) in &graph[node] {
            if *next == start {
                let mut way = vec![(node, *place)];
                let mut at = node;
                while let Some((previous, place)) = before.get(&at).copied().filter(|_| at != start) {
                    way.push((previous, place));
                    at = previous;
                }
                way.reverse();
                return Some(way);
            }
            if groups[*next] == groups[start] && !before.contains_key(next) {
                before.insert(*next, (node, *place));
                queue.push_back(*next);
            }
        }
    }
    None
}

/// The strongly connected component of each node, numbered below the number of nodes (Tarjan's algorithm with an
/// explicit stack: a chain of any length must not exhaust the thread's).
fn groups(graph: &Graph) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let size = graph.len();
    let (mut order, mut low, mut group) = (vec![UNSEEN; size], vec![0; size], vec![UNSEEN; size]);
    let (mut next_order, mut next_group) = (0, 0);
    let mut open = Vec::new();
    for root in 0..size {
        if order[root] != UNSEEN {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                order[node] = next_order;
                low[node] = next_order;
                next_order += 1;
                open.push(node);
            }
            if let Some((next, _)) = graph[node].get(edge) {
                calls.push((node, edge + 1));
                if order[*next] == UNSEEN {
                    calls.push((*next, 0));
                } else if group[*next] == UNSEEN {
                    low[node] = low[node].min(order[*next]);
                }
                continue;
            }
            if let Some((parent, _)) = calls.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == order[node] {
                while let Some(member) = open.pop() {
                    group[member] = next_group;
                    if member == node {
                        break;
                    }
                }
                next_group += 1;
            }
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceDb, Span};

    fn graph(edges: &[&[usize]]) -> Graph {
        let place = Place { file: SourceDb::default().add("x", String::new()), span: Span::default() };
        edges.iter().map(|targets| targets.iter().map(|target| (*target, place)).collect()).collect()
    }

    fn found(edges: &[&[usize]]) -> Vec<Vec<usize>> {
        circles(&graph(edges)).into_iter().map(|circle| circle.into_iter().map(|(node, _)| node).collect()).collect()
    }

    #[test]
    fn every_circle_is_found_once_from_its_smallest_member() {
        assert_eq!(found(&[&[1], &[2], &[0], &[3], &[0]]), [vec![0, 1, 2], vec![3]]);
        assert_eq!(found(&[&[1, 2], &[0], &[3], &[2]]), [vec![0, 1], vec![2, 3]]);
        assert!(found(&[&[1], &[2], &[]]).is_empty());
    }

    #[test]
    fn a_long_chain_exhausts_no_stack() {
        let place = Place { file: SourceDb::default().add("x", String::new()), span: Span::default() };
        let size = 200_000;
        let ring: Graph = (0..size).map(|node| vec![((node + 1) % size, place)]).collect();
        assert_eq!(circles(&ring).iter().map(Vec::len).collect::<Vec<_>>(), [size]);
    }
}
