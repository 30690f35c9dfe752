package deal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Expr is a condition on an outcome, such as
//
//	control = chinese_owned and screening = open and investment > 200
//	us_tariff = now and not investment in (0, 50)
//
// Grammar, `or` binding weakest:
//
//	or      = and { "or" and }
//	and     = not { "and" not }
//	not     = "not" not | "(" or ")" | test
//	test    = issue op value | issue ["not"] "in" "(" value { "," value } ")"
//	op      = "=" | "!=" | "<" | "<=" | ">" | ">="
//
// A value is a name as in the issue, a number, or now (today's value). What holds other characters than
// letters, digits, _ . + - % goes in quotes. The order signs need an issue with numbers, and any number.
type Expr struct {
	s     *Space
	text  string
	root  cond
	scope []int
}

// cond is a test (kids nil: is the issue's value in the set?) or what joins its kids.
type cond struct {
	op    byte // 't' test, '&' and, '|' or, '!' not
	issue int
	in    []bool // by value
	kids  []cond
}

// ExprError says what is wrong with an expression and where.
type ExprError struct {
	Text    string
	Column  int // 1-based, in characters
	Problem string
}

func (e *ExprError) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Problem) }

// ParseExpr reads a condition over the space's issues. The error is an *ExprError.
func ParseExpr(s *Space, text string) (*Expr, error) {
	p := &exprParser{s: s, text: text}
	if err := p.lex(); err != nil {
		return nil, err
	}
	root, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != 'e' {
		return nil, p.fail(t, "%s is not expected here; join conditions by `and` or `or`", t.quote())
	}
	e := &Expr{s: s, text: text, root: root}
	root.issues(&e.scope)
	slices.Sort(e.scope)
	e.scope = slices.Compact(e.scope)
	return e, nil
}

// String is the text it was read from.
func (e *Expr) String() string { return e.text }

// Scope is the issues it mentions, ascending; not to be modified.
func (e *Expr) Scope() []int { return e.scope }

// Eval says whether it holds for an outcome of its space. It does not allocate.
func (e *Expr) Eval(o Offer) bool { return e.root.eval(o) }

// Line is its truth table as a red line.
func (e *Expr) Line(name string) (Line, error) {
	cells := 1
	for _, i := range e.scope {
		if cells *= e.s.dims[i]; cells > MaxCells {
			return Line{}, fmt.Errorf("red line %s: its %d issues have more than %d combinations", name, len(e.scope), MaxCells)
		}
	}
	l := Line{Name: name, Scope: slices.Clone(e.scope), Broken: make([]bool, cells)}
	o := e.s.NewOffer()
	for c := range l.Broken {
		for k, rest := len(l.Scope)-1, c; k >= 0; k-- {
			d := e.s.dims[l.Scope[k]]
			o[l.Scope[k]] = uint16(rest % d)
			rest /= d
		}
		l.Broken[c] = e.Eval(o)
	}
	return l, nil
}

func (n *cond) eval(o Offer) bool {
	switch n.op {
	case 't':
		return n.in[o[n.issue]]
	case '!':
		return !n.kids[0].eval(o)
	}
	for i := range n.kids {
		if n.kids[i].eval(o) == (n.op == '|') {
			return n.op == '|'
		}
	}
	return n.op == '&'
}

func (n *cond) issues(out *[]int) {
	if n.op == 't' {
		*out = append(*out, n.issue)
	}
	for i := range n.kids {
		n.kids[i].issues(out)
	}
}

// token kinds: w word, q quoted word, o operator, ( ) , and e the end.
type token struct {
	kind   byte
	text   string
	column int
}

func (t token) is(keyword string) bool { return t.kind == 'w' && t.text == keyword }

func (t token) quote() string {
	if t.kind == 'e' {
		return "the end"
	}
	return strconv.Quote(t.text)
}

type exprParser struct {
	s    *Space
	text string
	toks []token
	next int
}

// maxDepth bounds parentheses and nots, so that no text can exhaust the stack.
const maxDepth = 200

func (p *exprParser) fail(t token, format string, a ...any) error {
	return &ExprError{Text: p.text, Column: t.column, Problem: fmt.Sprintf(format, a...)}
}

func (p *exprParser) peek() token { return p.toks[p.next] }

func (p *exprParser) take() token {
	t := p.toks[p.next]
	if t.kind != 'e' {
		p.next++
	}
	return t
}

func isWord(r rune) bool {
	return !strings.ContainsRune(" \t\r\n()=!<>,\"'", r)
}

func (p *exprParser) lex() error {
	rs := []rune(p.text)
	for i := 0; i < len(rs); {
		t := token{column: i + 1}
		j := i + 1
		switch r := rs[i]; {
		case strings.ContainsRune(" \t\r\n", r):
			i++
			continue
		case r == '(' || r == ')' || r == ',':
			t.kind = byte(r)
		case strings.ContainsRune("=!<>", r):
			t.kind = 'o'
			if j < len(rs) && rs[j] == '=' {
				j++
			}
			switch string(rs[i:j]) {
			case "!":
				return p.fail(t, "write not, or != for differs")
			case "==":
				t.kind, t.text = 'o', "="
			}
		case r == '"' || r == '\'':
			for j < len(rs) && rs[j] != r {
				j++
			}
			if j == len(rs) {
				return p.fail(t, "the quote %c is not closed", r)
			}
			t.kind, t.text = 'q', string(rs[i+1:j])
			j++
		default:
			for j < len(rs) && isWord(rs[j]) {
				j++
			}
			t.kind = 'w'
		}
		if t.text == "" && t.kind != 'q' {
			t.text = string(rs[i:j])
		}
		p.toks = append(p.toks, t)
		i = j
	}
	p.toks = append(p.toks, token{kind: 'e', column: len(rs) + 1})
	return nil
}

func (p *exprParser) or(depth int) (cond, error) { return p.join(depth, "or", '|', p.and) }

func (p *exprParser) and(depth int) (cond, error) { return p.join(depth, "and", '&', p.not) }

func (p *exprParser) join(depth int, word string, op byte, part func(int) (cond, error)) (cond, error) {
	n, err := part(depth)
	if err != nil || !p.peek().is(word) {
		return n, err
	}
	kids := []cond{n}
	for p.peek().is(word) {
		p.take()
		k, err := part(depth)
		if err != nil {
			return cond{}, err
		}
		kids = append(kids, k)
	}
	return cond{op: op, kids: kids}, nil
}

func (p *exprParser) not(depth int) (cond, error) {
	t := p.peek()
	if depth > maxDepth {
		return cond{}, p.fail(t, "nested more than %d deep", maxDepth)
	}
	switch {
	case t.is("not"):
		p.take()
		n, err := p.not(depth + 1)
		return cond{op: '!', kids: []cond{n}}, err
	case t.kind == '(':
		p.take()
		n, err := p.or(depth + 1)
		if err != nil {
			return cond{}, err
		}
		if c := p.take(); c.kind != ')' {
			return cond{}, p.fail(c, "a ) is expected for the ( in column %d, not %s", t.column, c.quote())
		}
		return n, nil
	}
	return p.test()
}

func (p *exprParser) test() (cond, error) {
	t := p.take()
	if t.kind != 'w' && t.kind != 'q' {
		return cond{}, p.fail(t, "an issue is expected, not %s; the issues are %s", t.quote(), listed(p.s.names()))
	}
	i, ok := p.s.Issue(t.text)
	if !ok {
		return cond{}, p.fail(t, "no issue is called %q (%s)%s", t.text, listed(p.s.names()), suggest(t.text, p.s.names()))
	}
	n := cond{op: 't', issue: i, in: make([]bool, p.s.dims[i])}
	op := p.take()
	if negated := op.is("not"); negated || op.is("in") {
		if negated {
			if in := p.take(); !in.is("in") {
				return cond{}, p.fail(in, "`in` is expected after %s not, not %s", t.text, in.quote())
			}
		}
		if err := p.set(&n); err != nil {
			return cond{}, err
		}
		if negated {
			invert(n.in)
		}
		return n, nil
	}
	if op.kind != 'o' {
		return cond{}, p.fail(op, "one of = != < <= > >= in is expected after %s, not %s", t.text, op.quote())
	}
	if op.text == "=" || op.text == "!=" {
		v, err := p.value(i)
		if err != nil {
			return cond{}, err
		}
		n.in[v] = true
		if op.text == "!=" {
			invert(n.in)
		}
		return n, nil
	}
	return n, p.order(&n, op)
}

func invert(b []bool) {
	for i := range b {
		b[i] = !b[i]
	}
}

// set reads "(a, b)" into n.in.
func (p *exprParser) set(n *cond) error {
	if t := p.take(); t.kind != '(' {
		return p.fail(t, "a ( is expected after in, not %s", t.quote())
	}
	for {
		v, err := p.value(n.issue)
		if err != nil {
			return err
		}
		n.in[v] = true
		switch t := p.take(); t.kind {
		case ')':
			return nil
		case ',':
		default:
			return p.fail(t, "a , or ) is expected in the list, not %s", t.quote())
		}
	}
}

// value reads the name of one of the issue's values.
func (p *exprParser) value(issue int) (int, error) {
	is := &p.s.Issues[issue]
	t := p.take()
	if t.kind != 'w' && t.kind != 'q' {
		return 0, p.fail(t, "a value of %s is expected, not %s (%s)", is.Name, t.quote(), listed(is.Values))
	}
	if v, ok := is.find(t.text); ok {
		return v, nil
	}
	if t.is("now") {
		if is.Now < 0 {
			return 0, p.fail(t, "%s has no value today", is.Name)
		}
		return is.Now, nil
	}
	return 0, p.fail(t, "%q is not one of %s's values (%s)%s", t.text, is.Name, listed(is.Values), suggest(t.text, is.Values))
}

// order reads a number and compares the issue's numbers to it.
func (p *exprParser) order(n *cond, op token) error {
	is := &p.s.Issues[n.issue]
	if is.Numbers == nil {
		return p.fail(op, "%s has choices, which %s cannot order; use = or in (%s)", is.Name, op.text, listed(is.Values))
	}
	t := p.take()
	x, err := strconv.ParseFloat(t.text, 64)
	if v, ok := is.find(t.text); ok && t.kind != 'e' { // its own number, whatever the rounding
		x, err = is.Numbers[v], nil
	} else if t.is("now") {
		if is.Now < 0 {
			return p.fail(t, "%s has no value today", is.Name)
		}
		x, err = is.Numbers[is.Now], nil
	}
	if err != nil || x != x {
		return p.fail(t, "a number is expected after %s %s, not %s", is.Name, op.text, t.quote())
	}
	for v, y := range is.Numbers {
		switch op.text {
		case "<":
			n.in[v] = y < x
		case "<=":
			n.in[v] = y <= x
		case ">":
			n.in[v] = y > x
		case ">=":
			n.in[v] = y >= x
		}
	}
	return nil
}
