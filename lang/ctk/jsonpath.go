package ctk

// This file reads JSONPath in the dialect of the Chaos Toolkit (the Python
// library jsonpath2) by recursive descent, to say whether a path is one and
// what it is in the dialect of RFC 9535. Only what means the same in both has a
// translation: in the old dialect a filter tests the value itself and not its
// children, so that one is only understood behind a wildcard; `or` binds
// tighter than `and`; comparisons are Python's, in which true is 1.

import (
	"slices"
	"strings"
)

// oldPath is a path that is being read.
type oldPath struct {
	s     string
	pos   int
	depth int
	bad   bool   // it is no path
	only  bool   // it has no translation
	rfc   []byte // the translation so far
}

// maxPathDepth bounds how deep filters are nested.
const maxPathDepth = 100

// isOldPath reports whether a text is a path of the old dialect.
func isOldPath(s string) bool {
	p := readOldPath(s)
	return !p.bad
}

// translatePath returns a path of the old dialect in that of RFC 9535; ok is
// false where it is none, or means something else there.
func translatePath(s string) (rfc string, ok bool) {
	p := readOldPath(s)
	return string(p.rfc), !p.bad && !p.only
}

func readOldPath(s string) *oldPath {
	p := &oldPath{s: s}
	p.space()
	p.expect("$")
	p.rfc = append(p.rfc, '$')
	p.steps(true)
	if p.pos < len(p.s) {
		p.bad = true
	}
	return p
}

func (p *oldPath) space() {
	for p.pos < len(p.s) && strings.IndexByte(" \t\r\n", p.s[p.pos]) >= 0 {
		p.pos++
	}
}

// accept reads a sign, with the space behind it.
func (p *oldPath) accept(sign string) bool {
	if p.bad || !strings.HasPrefix(p.s[p.pos:], sign) {
		return false
	}
	p.pos += len(sign)
	p.space()
	return true
}

func (p *oldPath) expect(sign string) {
	if !p.accept(sign) {
		p.bad = true
	}
}

// lastStep says whether a filter may follow.
type lastStep uint8

const (
	otherStep lastStep = iota
	wildcard           // one that a filter may follow
)

// steps reads what follows $ or @. Filters are translated at the top only.
func (p *oldPath) steps(top bool) {
	last := otherStep
	for !p.bad {
		start := len(p.rfc)
		switch {
		case p.accept(".."):
			p.rfc = append(p.rfc, ".."...)
			if p.accept("[") {
				p.brackets(top, otherStep, start)
			} else {
				p.bareword("")
			}
			last = otherStep
		case p.accept("."):
			if p.bareword(".") {
				last = wildcard
			} else {
				last = otherStep
			}
		case p.accept("["):
			last = p.brackets(top, last, start)
		default:
			return
		}
	}
}

// bareword reads a name, a wildcard or a call behind a point, and reports
// whether it was a wildcard.
func (p *oldPath) bareword(point string) bool {
	if p.accept("*") {
		p.rfc = append(append(p.rfc, point...), '*')
		return true
	}
	name := p.name()
	if p.accept("(") {
		p.call(name)
		return false
	}
	p.rfc = append(append(p.rfc, point...), name...)
	return false
}

// name reads an identifier that is no word of the dialect.
func (p *oldPath) name() string {
	n := identifier(p.s[p.pos:])
	name := p.s[p.pos : p.pos+n]
	if n == 0 || slices.Contains([]string{"and", "or", "not", "true", "false", "null"}, name) {
		p.bad = true
		return ""
	}
	p.pos += n
	p.space()
	return name
}

// call reads the arguments of a function, behind its parenthesis. There are no
// functions of that kind in RFC 9535.
func (p *oldPath) call(name string) {
	p.only = true
	if !slices.Contains([]string{"charAt", "entries", "keys", "length", "substring", "values"}, name) {
		p.bad = true
	}
	if p.accept(")") {
		return
	}
	for !p.bad {
		p.operand()
		if p.accept(")") {
			return
		}
		p.expect(",")
	}
}

// brackets reads what stands behind an opening bracket. start is where the
// step begins in the translation, last the step before it.
func (p *oldPath) brackets(top bool, last lastStep, start int) lastStep {
	p.rfc = append(p.rfc, '[')
	star, filtered := false, false
	for n := 1; !p.bad; n++ {
		switch {
		case p.accept("*"):
			p.rfc = append(p.rfc, '*')
			star = n == 1
		case p.accept("?"):
			p.filter(top && n == 1 && last == wildcard && strings.HasPrefix(p.s[p.pos:], "("), start)
			filtered = true
		case strings.HasPrefix(p.s[p.pos:], `"`):
			p.rfc = append(p.rfc, p.quoted()...)
		case strings.HasPrefix(p.s[p.pos:], "@"), strings.HasPrefix(p.s[p.pos:], "$"):
			p.operand()
			p.only = true
		case identifier(p.s[p.pos:]) > 0:
			name := p.name()
			p.expect("(")
			p.call(name)
		default:
			p.indexOrSlice()
		}
		if p.accept("]") {
			break
		}
		star = false
		p.only = p.only || filtered // beside a filter, the others look at the value itself too
		p.expect(",")
		p.rfc = append(p.rfc, ',')
	}
	p.rfc = append(p.rfc, ']')
	if star {
		return wildcard
	}
	return otherStep
}

// quoted reads a text in double quotes, which the old dialect does not
// unescape.
func (p *oldPath) quoted() string {
	start := p.pos
	for p.pos++; p.pos < len(p.s) && p.s[p.pos] != '"'; p.pos++ {
		if c := p.s[p.pos]; c == '\\' {
			p.only = true
			p.pos++
			if p.pos < len(p.s) && strings.IndexByte(`"\/bfnrtu`, p.s[p.pos]) < 0 {
				p.bad = true
			}
		} else if c < ' ' {
			p.bad = true
		}
	}
	if p.pos >= len(p.s) {
		p.bad = true
		return ""
	}
	p.pos++
	s := p.s[start:p.pos]
	p.space()
	return s
}

// indexOrSlice reads 1, -1, 1:3, ::2. Slices with negative parts count
// differently where a list is short, those with a step of 0 fail.
func (p *oldPath) indexOrSlice() {
	start, isSlice := p.pos, false
	for part := 0; part < 3; part++ {
		if part > 0 {
			if !p.accept(":") {
				break
			}
			isSlice = true
			p.rfc = append(p.rfc, ':')
		}
		n := p.integer()
		p.rfc = append(p.rfc, n...)
		if (part > 0 || strings.HasPrefix(p.s[p.pos:], ":")) && (strings.HasPrefix(n, "-") || part == 2 && n == "0") || n == "-0" {
			p.only = true
		}
	}
	if p.pos == start || !isSlice && p.s[p.pos-1] == ':' {
		p.bad = true
	}
}

func (p *oldPath) integer() string {
	start := p.pos
	if strings.HasPrefix(p.s[p.pos:], "-") {
		p.pos++
	}
	digits := p.pos
	for p.pos < len(p.s) && p.s[p.pos] >= '0' && p.s[p.pos] <= '9' {
		p.pos++
	}
	n := p.s[start:p.pos]
	if p.pos == digits && n != "" || p.pos-digits > 1 && p.s[digits] == '0' || p.pos-digits > 15 {
		p.bad = true
	}
	p.space()
	return n
}

// filter reads (expression) behind the question mark. Where it can be
// translated the wildcard before it goes: RFC 9535 looks at the children.
func (p *oldPath) filter(translated bool, start int) {
	p.expect("(")
	outer := p.rfc
	p.rfc = nil
	joined := p.expression()
	inner := p.rfc
	p.rfc = outer
	p.expect(")")
	if !translated || joined == mixed {
		p.only = true
		return
	}
	before := strings.TrimSuffix(strings.TrimSuffix(string(p.rfc[:start]), "[*]"), ".*")
	if strings.HasSuffix(before, "..") || strings.HasSuffix(before, ".") {
		p.only = true
	}
	p.rfc = append(append([]byte(before), "[?"...), inner...)
}

// joining says what joins the comparisons of a filter.
type joining uint8

const (
	single joining = iota
	byAnd
	byOr
	mixed
)

// expression reads comparisons joined by and, or; `or` binds tighter here.
func (p *oldPath) expression() joining {
	if p.depth++; p.depth > maxPathDepth {
		p.bad = true
		return mixed
	}
	defer func() { p.depth-- }()
	how := single
	for {
		j := p.comparison()
		if j != single {
			how = mixed
		}
		word := byOr
		switch {
		case p.word("or"):
			p.rfc = append(p.rfc, " || "...)
		case p.word("and"):
			word = byAnd
			p.rfc = append(p.rfc, " && "...)
		default:
			return how
		}
		if how != single && how != word {
			how = mixed
		} else if how == single {
			how = word
		}
	}
}

// word reads a word of the dialect.
func (p *oldPath) word(w string) bool {
	if p.bad || p.s[p.pos:p.pos+identifier(p.s[p.pos:])] != w {
		return false
	}
	p.pos += len(w)
	p.space()
	return true
}

// comparison reads one part of an expression; it is mixed where it has no
// translation.
func (p *oldPath) comparison() joining {
	switch {
	case p.bad:
		return mixed
	case p.word("not"):
		if p.depth++; p.depth > maxPathDepth {
			p.bad = true
			return mixed
		}
		p.comparison()
		p.depth--
		return mixed
	case p.accept("("):
		p.expression()
		p.expect(")")
		return mixed
	}
	start := len(p.rfc)
	left := p.operand()
	test := string(p.rfc[start:])
	for _, op := range []struct{ old, rfc string }{{"!=", "!="}, {"<=", "<="}, {">=", ">="}, {"=", "=="}, {"<", "<"}, {">", ">"}} {
		if !p.accept(op.old) {
			continue
		}
		p.rfc = append(p.rfc, " "+op.rfc+" "...)
		right := p.operand()
		if left != aPath || !comparable(op.old, right) {
			return mixed
		}
		if op.old == "!=" && test != "@" {
			p.rfc = slices.Insert(p.rfc, start, []byte(test+" && ")...)
			if rest := strings.TrimSpace(p.s[p.pos:]); start > 0 || !strings.HasPrefix(rest, ")") {
				p.rfc = append(slices.Insert(p.rfc, start, '('), ')')
			}
		}
		return single
	}
	if left != aPath {
		return mixed
	}
	return single
}

// operandKind tells the operands of a comparison apart.
type operandKind uint8

const (
	aPath     operandKind = iota // @, with names and indexes
	aText                        // also null
	aNumber                      // but 0 and 1
	aliased                      // true, false, 0, 1, which are the same in Python
	noOperand                    // anything else
)

// comparable reports whether a comparison with a literal means the same in
// both dialects.
func comparable(op string, k operandKind) bool {
	if op == "=" || op == "!=" {
		return k == aText || k == aNumber
	}
	return k == aNumber || k == aliased
}

// operand reads a path or a literal.
func (p *oldPath) operand() operandKind {
	switch {
	case p.bad:
		return noOperand
	case p.accept("@"):
		start := len(p.rfc)
		p.rfc = append(p.rfc, '@')
		p.steps(false)
		if strings.ContainsAny(string(p.rfc[start:]), "*:,?") || strings.Contains(string(p.rfc[start:]), "..") {
			return noOperand
		}
		return aPath
	case p.accept("$"):
		p.rfc = append(p.rfc, '$')
		p.steps(false)
		return noOperand
	case strings.HasPrefix(p.s[p.pos:], `"`):
		p.rfc = append(p.rfc, p.quoted()...)
		return aText
	case p.word("null"):
		p.rfc = append(p.rfc, "null"...)
		return aText
	case p.word("true"):
		p.rfc = append(p.rfc, "true"...)
		return noOperand
	case p.word("false"):
		p.rfc = append(p.rfc, "false"...)
		return noOperand
	}
	return p.literal()
}

// literal reads a number, a list or a mapping.
func (p *oldPath) literal() operandKind {
	switch {
	case p.accept("["):
		p.members("]", func() { p.literalOperand() })
		return noOperand
	case p.accept("{"):
		p.members("}", func() {
			if !strings.HasPrefix(p.s[p.pos:], `"`) {
				p.bad = true
				return
			}
			p.quoted()
			p.expect(":")
			p.literalOperand()
		})
		return noOperand
	}
	n := numberLength(p.s[p.pos:])
	if n == 0 {
		p.bad = true
		return noOperand
	}
	s := p.s[p.pos : p.pos+n]
	p.pos += n
	p.space()
	p.rfc = append(p.rfc, s...)
	if isZeroOrOne(s) {
		return aliased
	}
	return aNumber
}

func (p *oldPath) literalOperand() {
	if p.depth++; p.depth > maxPathDepth || strings.HasPrefix(p.s[p.pos:], "@") || strings.HasPrefix(p.s[p.pos:], "$") {
		p.bad = true
		return
	}
	p.operand()
	p.depth--
}

// members reads what commas part, up to a closing sign.
func (p *oldPath) members(end string, member func()) {
	if p.accept(end) {
		return
	}
	for !p.bad {
		member()
		if p.accept(end) {
			return
		}
		p.expect(",")
	}
}
