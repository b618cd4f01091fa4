"""A query as typed in, a tree and its canonical reading out, with warnings where it may be misread.

The grammar, loosest first; operators are written in capitals:

    or    = and { OR and }
    and   = near { [AND] near }         words beside each other: both
    near  = not { NEAR/n not }          at most n words between, any order
    not   = [NOT | - | + | !] primary
    primary = "(" or ")" | field:primary | repeat3:primary | near5:"a b" | "a b"~n
            | ="exact form" | cs:"Capitals Kept" | stem* | word

Written by hand and not with a parser library: half of this grammar (NEAR, repeat, `=`, `cs:`,
colons that are no fields, warnings with a fix) is not Lucene's, and rewriting it to Lucene first
would lose the positions that errors must name.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache

from pipelines.querylang import fields
from pipelines.querylang.lexer import A_TERM, MAX_DEPTH, MAX_LENGTH, Kind, Lexeme, lex
from pipelines.querylang.operators import SMALL, is_operator, meant
from pipelines.querylang.pasted import cut_off, foreign, single_quoted
from pipelines.querylang.refusal import refusal
from pipelines.querylang.terms import term, without_weight
from pipelines.querylang.tree import (
    And,
    Field,
    Form,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Repeat,
    Term,
    depth,
    near_depth,
    reading,
)
from pipelines.querylang.words import without_invisible

MAX_LOOSE_WORDS = 300  # of all phrases with `~`: the slowest thing there is to match
MAX_NEARS = 100
MAX_NEAR = 5  # a NEAR/5 b NEAR/5 c ..., and NEAR in the brackets of a NEAR


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """Something that may not mean what was intended, and where in the query as typed.

    `fix` is the whole query put right: it parses, and without this warning.
    """

    message: str
    position: int
    fix: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query: as typed, its tree, its canonical bracketed text, the warnings, the fields used."""

    text: str
    tree: Node
    reading: str
    warnings: tuple[QueryWarning, ...] = ()
    fields: frozenset[str] = frozenset()  # canonical names


@lru_cache(maxsize=1024)
def parse(text: str) -> ParsedQuery:
    """Return the parsed query; QueryError with position and what was expected if it cannot be."""
    parser = _Parser(text, lex(text))
    tree = parser.whole()
    read = _checked_reading(tree, text)
    parser.warn_of_small_operators()
    parser.warn_of_other_signs()
    warnings = tuple(
        QueryWarning(warning.message, warning.position, warning.fix or read)
        for warning in sorted(parser.warnings, key=lambda warning: warning.position)
    )
    return ParsedQuery(text, tree, read, warnings, frozenset(parser.fields))


def _checked_reading(tree: Node, text: str) -> str:
    """Return the reading; QueryError where it could not be read again for its brackets and ANDs."""
    read = reading(tree)
    if len(read) > MAX_LENGTH:
        raise refusal(
            f"with its operators written out it is longer than {MAX_LENGTH:,} characters",
            len(text),
            "a shorter query",
        )
    if depth(tree) > MAX_DEPTH:
        raise refusal(
            f"with its brackets written out it is nested more than {MAX_DEPTH} deep",
            len(text),
            "less nesting",
        )
    return read


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, text: str, lexemes: list[Lexeme]) -> None:
        self.text = text
        self.lexemes = lexemes
        self.at = 0
        self.depth = 0
        self.meta = ""  # the meta field whose values are being read
        self.field = ""  # the field whose operand is being read
        self.fields: set[str] = set()
        self.warnings: list[QueryWarning] = []
        self.loose_words = self.nears = 0
        self.small_operators: list[int] = []  # the lexemes that are words, but look like operators
        self.cut_off: list[int] = []  # where a `!` ends a word

    def peek(self) -> Lexeme:
        """Return the next lexeme and leave it."""
        return self.lexemes[self.at]

    def take(self) -> Lexeme:
        """Return the next lexeme and go on."""
        lexeme = self.peek()
        self.at += 1
        return lexeme

    def warn(self, message: str, position: int, fix: str = "") -> None:
        """Note a warning, once; without a fix the reading will be its fix."""
        if all(warning.message != message for warning in self.warnings):
            self.warnings.append(QueryWarning(message, position, fix))

    def warn_of_small_operators(self) -> None:
        """Warn of `and`, `or` and `not` once; one fix makes operators or quoted words of all."""
        if not self.small_operators:
            return
        pieces, end = [], 0
        for at in self.small_operators:
            lexeme = self.lexemes[at]
            fits = is_operator(self.lexemes, at)
            pieces += [
                self.text[end : lexeme.start],
                meant(lexeme) if fits else f'"{lexeme.text}"',
            ]
            end = lexeme.end
        first = self.lexemes[self.small_operators[0]]
        message = f"`{first.text}` is read as a word; the operator is `{meant(first)}`"
        self.warn(message, first.start, "".join([*pieces, self.text[end:]]))

    def whole(self) -> Node:
        """Return the tree of all lexemes."""
        if self.peek().kind is Kind.END:
            raise refusal("it is empty", 0, A_TERM)
        node = self.either()
        if self.peek().kind is not Kind.END:
            raise refusal(
                "this bracket closes nothing", self.peek().start, "an opening bracket before it"
            )
        return node

    def either(self) -> Node:
        """Return what stands up to a closing bracket or the end."""
        branches, first_or, joined = [], -1, False
        while True:
            node, is_and = self.both()
            branches.append(node)
            joined = joined or is_and
            if self.peek().kind is not Kind.OR:
                break
            operator = self.take()
            first_or = operator.start if first_or < 0 else first_or
        if joined and first_or >= 0:
            self.warn("AND is read before OR here; brackets make it clear", first_or)
        return branches[0] if len(branches) == 1 else Or(tuple(branches))

    def both(self) -> tuple[Node, bool]:
        """Return what stands between ORs, and whether it is several things."""
        nodes = [self.near()]
        while self.peek().kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            if self.peek().kind is Kind.AND:
                self.take()
            nodes.append(self.near())
        return (nodes[0], False) if len(nodes) == 1 else (And(tuple(nodes)), True)

    def near(self) -> Node:
        """Return one operand, or several joined by NEAR."""
        start = self.peek().start
        node = self.signed()
        while self.peek().kind is Kind.NEAR:
            operator = self.take()
            self.must_be_text(node, start, "NEAR")
            start = self.peek().start
            right = self.signed()
            self.must_be_text(right, start, "NEAR")
            node = Near(node, right, operator.number)
            self.nears += 1
            if self.nears > MAX_NEARS:
                raise refusal(f"there are more than {MAX_NEARS} NEAR", operator.start, "fewer NEAR")
            if near_depth(node) > MAX_NEAR:
                raise refusal(
                    "too many NEAR in one another or in a row",
                    operator.start,
                    f"at most {MAX_NEAR}, others joined by AND",
                )
        return node

    def signed(self) -> Node:
        """Return an operand with its NOT, minus or plus."""
        if self.peek().kind is Kind.PLUS:
            self.take()  # every word is required already
        if self.peek().kind is Kind.NOT:
            lexeme = self.take()
            return Not(self.deeper(self.signed, lexeme))
        return self.primary()

    def deeper(self, read: Callable[[], Node], lexeme: Lexeme) -> Node:
        """Return what `read` reads one level down; refuse beyond the limit."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise refusal(f"it is nested more than {MAX_DEPTH} deep", lexeme.start, "less nesting")
        node = read()
        self.depth -= 1
        return node

    def primary(self) -> Node:
        """Return a bracket, a field, a word, a phrase, or one of these with a mark."""
        lexeme = self.take()
        match lexeme.kind:
            case Kind.OPEN:
                return self.bracket(lexeme)
            case Kind.WORD | Kind.QUOTED:
                return self.value(lexeme) if self.meta else self.term(lexeme, Form.INFLECTED)
            case Kind.FIELD:
                return self.field_operand(lexeme)
            case Kind.REPEAT | Kind.NEAR_FIELD | Kind.EXACT | Kind.CASED if not self.meta:
                return self.marked(lexeme)
            case _:
                self.at -= 1
                found = f"`{lexeme.text}` stands here" if lexeme.text else "the query ends here"
                raise refusal(found, lexeme.start, A_TERM)

    def bracket(self, opening: Lexeme) -> Node:
        """Return what stands in the bracket just opened."""
        node = self.deeper(self.either, opening)
        if self.peek().kind is not Kind.CLOSE:
            raise refusal("this bracket is not closed", opening.start, "a closing bracket after it")
        self.take()
        return node

    def field_operand(self, lexeme: Lexeme) -> Node:
        """Return the field just named with its operand."""
        outer = self.field
        if outer and (outer, lexeme.text) != ("quote", "speaker"):
            also = " and `speaker:`" if outer == "quote" else ""
            raise refusal(
                f"`{lexeme.text}:` stands inside `{outer}:`",
                lexeme.start,
                f"words and phrases{also}; write `{lexeme.text}:` outside the brackets",
            )
        if self.peek().kind not in (Kind.OPEN, Kind.WORD, Kind.QUOTED, Kind.EXACT, Kind.CASED):
            raise refusal(f"`{lexeme.text}:` has no value", lexeme.end, "a value or a bracket")
        self.field = lexeme.text
        self.meta = fields.META_FIELDS.get(lexeme.text, "")
        if lexeme.text == "sourcecountry":
            self.warn("country codes are ISO 3166: RU is Russia, RS is Serbia", lexeme.start)
        node = self.primary()
        self.field, self.meta = outer, ""
        name = fields.ZONE_FIELDS.get(lexeme.text, "")
        self.fields.add(name or fields.META_FIELDS[lexeme.text])
        return Field(name, node) if name else node

    def value(self, lexeme: Lexeme) -> Node:
        """Return the condition that a meta field has this value."""
        self.note_operator(lexeme)
        text = without_invisible(lexeme.text).strip()
        prefix = text.endswith("*")
        return fields.meta(self.meta, text.rstrip("*"), lexeme.start, prefix=prefix)

    def marked(self, lexeme: Lexeme) -> Node:
        """Return the operand of `repeat3:`, `near5:`, `=` or `cs:`."""
        if lexeme.kind is Kind.REPEAT:
            start = self.peek().start
            node = self.deeper(self.primary, lexeme)
            self.must_be_text(node, start, lexeme.text)
            return Repeat(node, lexeme.number)
        operand = self.take()
        if operand.kind not in (Kind.QUOTED, Kind.WORD):
            raise refusal(
                f"`{lexeme.text}` has no words", operand.start, "a phrase in quotation marks"
            )
        if lexeme.kind is Kind.NEAR_FIELD:
            return self.term(operand, Form.INFLECTED, lexeme.number)
        return self.term(operand, Form.EXACT if lexeme.kind is Kind.EXACT else Form.CASED)

    def term(self, lexeme: Lexeme, form: Form, slop: int = -1) -> Node:
        """Return the term, prefix or phrase of a word or a quoted text; warn of what looks odd."""
        start, text = lexeme.start, lexeme.text
        if lexeme.apart:
            self.warn("the distance was joined to its phrase", start)
        if lexeme.kind is Kind.WORD and without_weight(text) != text:
            self.warn("weights such as `^2` change nothing and were left out", start)
        self.note_operator(lexeme)
        if lexeme.kind is Kind.WORD:
            self.note_others(lexeme, form)
        node = term(lexeme, form, slop)
        if isinstance(node, Phrase) and node.slop is not None:
            self.loose_words += len(node.words)
        if self.loose_words > MAX_LOOSE_WORDS:
            raise refusal(
                f"its phrases with `~` have more than {MAX_LOOSE_WORDS} words together",
                start,
                "phrases without `~`, or fewer",
            )
        return node

    def note_operator(self, lexeme: Lexeme) -> None:
        """Keep a word for the warning if it may have been meant as an operator."""
        at = self.at - 1
        if not meant(lexeme) or len(self.lexemes) <= 2:
            return
        if lexeme.text in SMALL or is_operator(self.lexemes, at):
            self.small_operators.append(at)

    def note_others(self, lexeme: Lexeme, form: Form) -> None:
        """Refuse a word that is syntax of another tool; keep one that ends as theirs do."""
        if error := foreign(lexeme.text, lexeme.start, self.text[lexeme.end : lexeme.end + 1]):
            raise error
        if form is Form.INFLECTED and cut_off(lexeme.text):
            self.cut_off.append(lexeme.end - 1)

    def warn_of_other_signs(self) -> None:
        """Warn once of single quotation marks and of `!` for `*`; the fix has our signs."""
        pairs = list(single_quoted(self.lexemes))
        marks = [place for first, last in pairs for place in (first.start, last.end - 1)]
        if marks:
            message = "single quotation marks make no phrase"
            self.warn(message, marks[0], _with_sign(self.text, marks, '"'))
        if self.cut_off:
            message = "`!` is not read; what a word begins with is `*` at the end of a word"
            self.warn(message, self.cut_off[0], _with_sign(self.text, self.cut_off, "*"))

    def must_be_text(self, node: Node, position: int, what: str) -> None:
        """Refuse an operand that has no places in a text."""
        if not _is_text(node):
            inside = ""
            if isinstance(node, Field):
                written = f"{what}…" if what.endswith(":") else "… NEAR/5 …"
                inside = f"; write `{node.name}:({written})`"
            raise refusal(
                f"{what} works on words, phrases, OR and NEAR only",
                position,
                f"a word or a phrase{inside}",
            )


def _with_sign(text: str, places: Collection[int], sign: str) -> str:
    """Return the text with another sign at these places."""
    return "".join(sign if at in places else old for at, old in enumerate(text))


def _is_text(node: Node) -> bool:
    if isinstance(node, Or):
        return all(_is_text(child) for child in node.nodes)
    return isinstance(node, Term | Prefix | Phrase | Near)
