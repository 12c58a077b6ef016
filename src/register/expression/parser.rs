//! Words and signs → tree. From weakest to strongest: `if`, `or`, `and`, `not`, comparisons, `+ -`, `* /`, a sign.

use super::lexer::{Token, tokens};
use super::tree::{At, Name, Node, NodeKind, Operator};
use super::{ExpressionFault, FaultKind};

type Parsed = Result<Node, ExpressionFault>;

/// Reads an expression.
pub fn parse(text: &str) -> Parsed {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.len(), depth: 0 };
    let node = parser.expression()?;
    match parser.tokens.get(parser.next) {
        Some((_, at)) => Err(ExpressionFault::new(at.clone(), FaultKind::Expected("expected-expression-end"))),
        None => Ok(node),
    }
}

struct Parser<'t> {
    tokens: &'t [(Token, At)],
    next: usize,
    end: usize,
    depth: usize,
}

/// Parts within parts that one expression may have, so that none exhausts the stack.
const DEEPEST: usize = 30;

/// Words that name no field.
const RESERVED: [&str; 9] = ["if", "then", "else", "and", "or", "not", "in", "where", "this"];

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    /// Where the next token stands; behind the last one, the end.
    fn here(&self) -> At {
        self.tokens.get(self.next).map_or(self.end..self.end, |(_, at)| at.clone())
    }

    fn takes(&mut self, matches: impl Fn(&Token) -> bool) -> bool {
        let found = self.peek().is_some_and(matches);
        self.next += usize::from(found);
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.takes(|token| matches!(token, Token::Word(found) if found == word))
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        self.takes(|token| matches!(token, Token::Sign(found) if *found == sign))
    }

    fn expected<T>(&self, what: &'static str) -> Result<T, ExpressionFault> {
        Err(ExpressionFault::new(self.here(), FaultKind::Expected(what)))
    }

    /// Reads a part that may hold any other.
    fn inner(&mut self, read: impl Fn(&mut Self) -> Parsed) -> Parsed {
        if self.depth == DEEPEST {
            return Err(ExpressionFault::new(self.here(), FaultKind::TooDeep(DEEPEST)));
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn expression(&mut self) -> Parsed {
        self.inner(Self::choice)
    }

    fn choice(&mut self) -> Parsed {
        let start = self.here().start;
        if !self.takes_word("if") {
            return self.alternatives();
        }
        let condition = self.expression()?;
        if !self.takes_word("then") {
            return self.expected("expected-then");
        }
        let one = self.expression()?;
        let other = if self.takes_word("else") { Some(self.expression()?) } else { None };
        let at = start..other.as_ref().map_or(one.at.end, |other| other.at.end);
        Ok(Node { kind: NodeKind::If(Box::new([condition, one]), other.map(Box::new)), at })
    }

    /// Parts of one strength with operators between them, taken together from the left.
    fn chain(
        &mut self,
        part: impl Fn(&mut Self) -> Parsed,
        operator: impl Fn(&mut Self) -> Option<Operator>,
    ) -> Parsed {
        let mut left = part(self)?;
        while let Some(operator) = operator(self) {
            let right = part(self)?;
            left = binary(operator, left, right);
        }
        Ok(left)
    }

    fn alternatives(&mut self) -> Parsed {
        self.chain(Self::conditions, |parser| parser.takes_word("or").then_some(Operator::Or))
    }

    fn conditions(&mut self) -> Parsed {
        self.chain(Self::negation, |parser| parser.takes_word("and").then_some(Operator::And))
    }

    fn negation(&mut self) -> Parsed {
        let start = self.here().start;
        if !self.takes_word("not") {
            return self.comparison();
        }
        let inner = self.inner(Self::negation)?;
        let at = start..inner.at.end;
        Ok(Node { kind: NodeKind::Not(Box::new(inner)), at })
    }

    /// At most one: `a < b < c` says nothing that everybody reads alike.
    fn comparison(&mut self) -> Parsed {
        const COMPARISONS: [(&str, Operator); 6] = [
            ("=", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<=", Operator::AtMost),
            ("<", Operator::Less),
            (">=", Operator::AtLeast),
            (">", Operator::More),
        ];
        let left = self.sum()?;
        let found = COMPARISONS.into_iter().find(|(sign, _)| self.takes_sign(sign)).map(|(_, operator)| operator);
        let found = found.or_else(|| self.takes_word("in").then_some(Operator::In));
        let Some(operator) = found else { return Ok(left) };
        let right = self.sum()?;
        Ok(binary(operator, left, right))
    }

    fn sum(&mut self) -> Parsed {
        self.chain(Self::product, |parser| match () {
            () if parser.takes_sign("+") => Some(Operator::Plus),
            () if parser.takes_sign("-") => Some(Operator::Minus),
            () => None,
        })
    }

    fn product(&mut self) -> Parsed {
        self.chain(Self::signed, |parser| match () {
            () if parser.takes_sign("*") => Some(Operator::Times),
            () if parser.takes_sign("/") => Some(Operator::Over),
            () => None,
        })
    }

    fn signed(&mut self) -> Parsed {
        let start = self.here().start;
        if !self.takes_sign("-") {
            return self.primary();
        }
        let inner = self.inner(Self::signed)?;
        let at = start..inner.at.end;
        Ok(Node { kind: NodeKind::Negative(Box::new(inner)), at })
    }

    fn primary(&mut self) -> Parsed {
        let at = self.here();
        let Some(token) = self.peek().cloned() else { return self.expected("expected-value") };
        let kind = match token {
            Token::Number(number) => NodeKind::Number(number),
            Token::Text(text) => NodeKind::Text(text),
            Token::Word(word) if word == "yes" || word == "no" => NodeKind::YesNo(word == "yes"),
            Token::Word(word) if word == "this" => return self.path(true),
            Token::Word(word) if RESERVED.contains(&word.as_str()) => return self.expected("expected-value"),
            Token::Word(word) => {
                self.next += 1;
                if self.takes_sign("(") {
                    return self.call(Name { text: word, at });
                }
                self.next -= 1;
                return self.path(false);
            }
            Token::Sign("(") => {
                self.next += 1;
                let inner = self.expression()?;
                return if self.takes_sign(")") { Ok(inner) } else { self.expected("expected-parenthesis") };
            }
            Token::Sign("[") => return self.list(at.start),
            Token::Sign(_) => return self.expected("expected-value"),
        };
        self.next += 1;
        Ok(Node { kind, at })
    }

    /// Names with dots between them, or `this` with names behind it.
    fn path(&mut self, this: bool) -> Parsed {
        let start = self.here();
        let mut end = start.end;
        let mut names = Vec::new();
        loop {
            let at = self.here();
            let Some(Token::Word(word)) = self.peek().cloned() else { return self.expected("expected-name") };
            end = at.end.max(end);
            names.push(Name { text: word, at });
            self.next += 1;
            if !self.takes_sign(".") {
                break;
            }
        }
        let kind = if this && names.len() == 1 { NodeKind::This } else { NodeKind::Path(names) };
        Ok(Node { kind, at: start.start..end })
    }

    fn list(&mut self, start: usize) -> Parsed {
        self.next += 1;
        let mut items = Vec::new();
        loop {
            items.push(self.sum()?);
            if !self.takes_sign(",") {
                break;
            }
        }
        let end = self.here().end;
        if !self.takes_sign("]") {
            return self.expected("expected-bracket");
        }
        Ok(Node { kind: NodeKind::List(items), at: start..end })
    }

    fn call(&mut self, function: Name) -> Parsed {
        let start = function.at.start;
        let (mut arguments, mut condition) = (Vec::new(), None);
        let mut end = self.here().end;
        if !self.takes_sign(")") {
            loop {
                arguments.push(self.expression()?);
                if !self.takes_sign(",") {
                    break;
                }
            }
            if self.takes_word("where") {
                condition = Some(Box::new(self.expression()?));
            }
            end = self.here().end;
            if !self.takes_sign(")") {
                return self.expected("expected-parenthesis");
            }
        }
        Ok(Node { kind: NodeKind::Call { function, arguments, condition }, at: start..end })
    }
}

fn binary(operator: Operator, left: Node, right: Node) -> Node {
    let at = left.at.start..right.at.end;
    Node { kind: NodeKind::Binary(operator, Box::new([left, right])), at }
}
