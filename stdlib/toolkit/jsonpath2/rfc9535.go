package jsonpath2

import (
	"strconv"
	"strings"
)

// RFC9535 returns the path in the dialect of RFC 9535. ok is false where it has
// no such form, or would mean something else there: a filter is understood only
// behind a wildcard, and when it compares what stands at fixed places with
// values, joined by one kind of word; 0, 1, true and false are the same to
// Python, so equality with them is not.
func (p *Path) RFC9535() (text string, ok bool) {
	t := translation{text: "$"}
	before := "" // the text before a wildcard that a filter may follow
	wild := false
	for _, s := range p.steps {
		if f, isFilter := s.only().(filter); isFilter && wild && !s.descend {
			t.text = before
			t.filter(f)
			wild = false
			continue
		}
		before = t.text
		_, wild = s.only().(wildcard)
		wild = wild && !s.descend
		t.step(s)
	}
	return t.text, !t.failed
}

// only returns the subscript of a step that has but one, or nil.
func (s step) only() subscript {
	if len(s.subscripts) == 1 {
		return s.subscripts[0]
	}
	return nil
}

// translation is a path that is being written.
type translation struct {
	text   string
	failed bool
}

func (t *translation) step(s step) {
	if n, ok := s.only().(name); ok && isBare(string(n)) {
		t.text += point(s.descend) + string(n)
		return
	}
	if s.descend {
		t.text += ".."
	}
	t.text += "["
	for i, sub := range s.subscripts {
		if i > 0 {
			t.text += ", "
		}
		t.subscript(sub)
	}
	t.text += "]"
}

func point(descend bool) string {
	if descend {
		return ".."
	}
	return "."
}

func (t *translation) subscript(s subscript) {
	switch s := s.(type) {
	case name:
		t.string(string(s))
	case index:
		t.text += strconv.FormatInt(int64(s), 10)
	case wildcard:
		t.text += "*"
	case slice:
		t.slice(s)
	default:
		t.failed = true
	}
}

// string writes a text, whose escapes this dialect does not resolve.
func (t *translation) string(s string) {
	t.failed = t.failed || strings.ContainsAny(s, "\\\"")
	t.text += `"` + s + `"`
}

// slice writes a slice. Negative parts count in another way here, where the
// list is short.
func (t *translation) slice(s slice) {
	for i, n := range []*int64{s.start, s.end, s.step} {
		if n != nil && (*n < 0 || i == 2 && *n == 0) {
			t.failed = true
		}
		if i == 1 || i == 2 && n != nil {
			t.text += ":"
		}
		if n != nil {
			t.text += strconv.FormatInt(*n, 10)
		}
	}
}

func (t *translation) filter(f filter) {
	t.text += "[?"
	switch c := plain(f.cond).(type) {
	case all:
		t.joined(c, " && ", false)
	case some:
		t.joined(c, " || ", true)
	default:
		t.test(c, false)
	}
	t.text += "]"
}

// plain takes a condition out of lists that have nothing else.
func plain(c condition) condition {
	for {
		switch list := c.(type) {
		case all:
			if len(list) != 1 {
				return c
			}
			c = list[0]
		case some:
			if len(list) != 1 {
				return c
			}
			c = list[0]
		default:
			return c
		}
	}
}

func (t *translation) joined(list []condition, word string, weak bool) {
	for i, c := range list {
		if i > 0 {
			t.text += word
		}
		t.test(c, weak)
	}
}

// test writes one comparison; weak says that what stands around it binds
// weaker than `&&`.
func (t *translation) test(c condition, weak bool) {
	switch c := plain(c).(type) {
	case exists:
		t.place(c.of)
	case compare:
		from := t.text
		t.place(c.left)
		left := t.text[len(from):]
		op := string(c.op)
		if op == "=" {
			op = "=="
		}
		right, number := t.value(c.right, op == "==" || op == "!=")
		if op != "==" && op != "!=" && !number {
			t.failed = true
		}
		test := left + " " + op + " " + right
		if op == "!=" && left != "@" { // which holds there for what is missing
			test = left + " && " + test
			if weak {
				test = "(" + test + ")"
			}
		}
		t.text = from + test
	default:
		t.failed = true
	}
}

// place writes a path below the current value that leads to one place.
func (t *translation) place(o operand) {
	if o.query == nil || o.query.root {
		t.failed = true
		return
	}
	t.text += "@"
	for _, s := range o.query.steps {
		switch s.only().(type) {
		case name, index:
			t.failed = t.failed || s.descend
		default:
			t.failed = true
		}
		t.step(s)
	}
}

// value returns a value, and whether it is a number.
func (t *translation) value(o operand, equality bool) (text string, number bool) {
	if o.query != nil {
		t.failed = true
		return "", false
	}
	switch v := o.value.(type) {
	case nil:
		return "null", false
	case string:
		quoted := translation{}
		quoted.string(v)
		t.failed = t.failed || quoted.failed
		return quoted.text, false
	case int64:
		t.failed = t.failed || equality && (v == 0 || v == 1)
		return strconv.FormatInt(v, 10), true
	case float64:
		t.failed = t.failed || equality && (v == 0 || v == 1)
		return strconv.FormatFloat(v, 'g', -1, 64), true
	}
	t.failed = true
	return "", false
}

// isBare reports whether a name can stand behind a point in both dialects.
func isBare(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
