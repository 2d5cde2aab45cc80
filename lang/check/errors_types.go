package check

import (
	"errors"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
	"github.com/chaosc-lang/chaosc/stdlib/value/pattern"
)

// Mistakes with types and values: E0301 to E0321.

func wrongType(at program.Loc, r role, got, want *types.Type, e ast.Expr, v any, known bool) *mistake {
	if n, ok := e.(*ast.Number); ok && got.Kind.IsNumeric() {
		if unit := unitWanted(want); unit != "" {
			return fault("E0302", at, "%s must be %s, and %s has no unit", r, one(want), n.Text).write(n.Text + unit)
		}
	}
	m := fault("E0301", at, "%s must be %s, not %s", r, one(want), one(got))
	if lit, ok := e.(*ast.Number); ok && wantsKind(want, types.String) {
		return m.write(`"` + lit.Text + `"`)
	}
	text, isText := v.(string)
	switch {
	case !known:
	case isText && !wantsKind(want, types.Null):
		for _, t := range alternatives(want) {
			if _, err := value.Parse(text, t); err == nil && t.Kind != types.List && t.Kind != types.Map && t.Kind != types.Handle {
				return m.edit(at.Span, text, "without quotes it is %s", one(t))
			}
		}
	}
	if wantsKind(want, types.String) && isScalar(got) && at.Source != nil && !strings.Contains(at.Text(), "\n") {
		return m.write(`"${` + at.Text() + `}"`)
	}
	if want.Kind == types.List && types.Assignable(got, want.Elem) {
		return m.write("[" + at.Text() + "]")
	}
	return m
}

func alternatives(t *types.Type) []*types.Type {
	if t.Kind == types.Union {
		return t.Alts
	}
	return []*types.Type{t}
}

func wantsKind(t *types.Type, k types.Kind) bool {
	for _, alt := range alternatives(t) {
		if alt.Kind == k {
			return true
		}
	}
	return false
}

func isScalar(t *types.Type) bool {
	switch t.Kind {
	case types.Bool, types.Int, types.Float, types.Duration, types.Size, types.Percent, types.Time:
		return true
	}
	return false
}

// unitWanted returns the unit that a bare number lacks to be of a type.
func unitWanted(t *types.Type) string {
	for _, alt := range alternatives(t) {
		if unit := unitOf(alt.Kind, nil); unit != "" {
			return unit
		}
	}
	return ""
}

func missingUnit(at program.Loc, n *ast.Number, t *types.Type, unit string, op ast.Op, other program.Loc) *mistake {
	verb := "compared with"
	switch op {
	case ast.Add, ast.Sub:
		verb = "added to"
		if op == ast.Sub {
			verb = "subtracted with"
		}
	case ast.Range:
		verb = "in a range with"
	}
	return fault("E0302", at, "the number %s is %s %s, and has no unit", n.Text, verb, one(t)).
		related(other, "%s", typeName(t)).write(n.Text + unit)
}

func notBool(at program.Loc, r role, t *types.Type, e ast.Expr, src *ast.Source) *mistake {
	m := fault("E0303", at, "%s must be true or false, not %s", r, one(t))
	text := at.Text()
	if !isSimple(e) {
		text = "(" + text + ")"
	}
	switch t.Kind {
	case types.Int, types.Float:
		return m.help("say what of it must hold, as `%s == 0` or `%s > 0`", text, text)
	case types.String, types.List, types.Map:
		return m.help("say what of it must hold, as `%s contains …`", text)
	case types.Record:
		if len(t.Fields) > 0 {
			return m.help("say what of it must hold, as `%s.%s == …`", text, t.Fields[0].Name)
		}
	case types.Null:
		return m.help("there is nothing in it that could hold")
	}
	return m.help("say what of it must hold by a comparison, as `%s == …`", text)
}

func orWithoutComparison(at, whole program.Loc, eq *ast.Binary, src *ast.Source) *mistake {
	m := fault("E0303", at, "an operand of `or` must be true or false, not a value to compare with")
	return m.edit(whole.Span, src.Slice(eq.X.Range())+" in ["+src.Slice(eq.Y.Range())+", "+at.Text()+"]",
		"to ask for one of several values, write `in`")
}

// isSimple reports whether an expression needs no parentheses before an
// operator.
func isSimple(e ast.Expr) bool {
	switch e.(type) {
	case *ast.Binary, *ast.Unary, *ast.Cond:
		return false
	}
	return true
}

func cannotCompare(at, left, right program.Loc, x, y *types.Type, op ast.Op) *mistake {
	m := fault("E0304", at, "%s and %s cannot be compared by `%s`", one(x), one(y), op)
	if x.Kind == y.Kind && !x.Kind.IsOrdered() && op != ast.In && op != ast.NotIn && op != ast.Contains {
		m.Message = "there is no order among values of type " + typeName(x) + ", so nothing for `" + op.String() + "` to compare"
	}
	m.related(left, "%s", typeName(x)).related(right, "%s", typeName(y))
	switch {
	case op == ast.In || op == ast.NotIn || op == ast.Contains:
		m.note("`in` asks a list or a range for a value and a map for a key; `contains` asks a string for a part too")
	case x.Kind == types.Percent && y.Kind == types.Int || x.Kind == types.Int && y.Kind == types.Percent:
		m.help("a percentage is compared with another, as 5%%, or with its fraction, as 0.05")
	}
	return m
}

func neverEqual(at, left, right program.Loc, x, y *types.Type, op ast.Op) *mistake {
	m := fault("E0305", at, "%s can never equal %s", one(x), one(y)).
		related(left, "%s", typeName(x)).related(right, "%s", typeName(y))
	if x.Kind == types.Null || y.Kind == types.Null {
		return m.note("only values of type any can be null")
	}
	if (y.Kind == types.List || y.Kind == types.Range) && op == ast.Eq {
		return m.edit(at.Span, "in", "to ask whether it is one of them, write `in`")
	}
	if x.Kind == types.Range && op == ast.Eq {
		return m.note("whether a value lies in a range is asked by `in`")
	}
	return m
}

func wrongOperands(at, left, right program.Loc, x, y *types.Type, op ast.Op) *mistake {
	var what string
	switch op {
	case ast.Add:
		what = "cannot be added"
	case ast.Sub:
		what = "cannot be subtracted"
	case ast.Mul:
		what = "cannot be multiplied"
	case ast.Div:
		what = "cannot be divided"
	case ast.Range:
		what = "make no range"
	default:
		what = "cannot be combined by `" + op.String() + "`"
	}
	both := one(x) + " and " + one(y)
	if x.Kind == y.Kind {
		both = "two values of type " + typeName(x)
	}
	return fault("E0306", at, "%s %s", both, what).
		related(left, "%s", typeName(x)).related(right, "%s", typeName(y))
}

func stringAddition(at program.Loc, e *ast.Binary, src *ast.Source) *mistake {
	m := fault("E0307", at, "strings are joined by holes, not by `+`")
	if text, ok := joined(e, src); ok {
		return m.write(`"` + text + `"`)
	}
	return m.help("write one string with a hole for each value, as \"${a}${b}\"")
}

// joined writes a sum as the inside of one string.
func joined(e ast.Expr, src *ast.Source) (string, bool) {
	switch e := e.(type) {
	case *ast.Binary:
		if e.Op == ast.Add {
			x, okX := joined(e.X, src)
			y, okY := joined(e.Y, src)
			return x + y, okX && okY
		}
	case *ast.String:
		text := src.Slice(e.Span)
		if e.Quote != ast.Plain || len(text) < 2 {
			return "", false
		}
		return text[1 : len(text)-1], true
	}
	text := src.Slice(e.Range())
	return "${" + text + "}", !strings.ContainsAny(text, "\n")
}

func inString(at program.Loc, e *ast.Binary, src *ast.Source) *mistake {
	text := src.Slice(e.Y.Range()) + " contains " + src.Slice(e.X.Range())
	if e.Op == ast.NotIn {
		text = "not " + text
	}
	return fault("E0308", at, "whether a string has a part is asked by `contains`").write(text)
}

func rangeContains(at program.Loc, e *ast.Binary, src *ast.Source) *mistake {
	return fault("E0308", at, "whether a value lies in a range is asked by `in`").
		write(src.Slice(e.Y.Range()) + " in " + src.Slice(e.X.Range()))
}

func cannotNegate(at program.Loc, t *types.Type) *mistake {
	m := fault("E0309", at, "%s has no negative", one(t))
	if t.Kind == types.Bool {
		m.help("the opposite of a bool is written with `not`")
	}
	return m
}

func cannotCompute(at program.Loc, err error) *mistake {
	return fault("E0310", at, "this cannot be computed: %v", err)
}

func divisionByZero(at program.Loc) *mistake {
	return fault("E0311", at, "division by zero")
}

func rangeReversed(at, from, to program.Loc) *mistake {
	return fault("E0312", at, "the range is empty: it starts behind its end").write(to.Text() + ".." + from.Text())
}

func badPattern(at program.Loc, e ast.Expr, err error) *mistake {
	var placed *pattern.Error
	if s, ok := e.(*ast.String); ok && s.Quote == ast.Raw && errors.As(err, &placed) {
		start := min(at.Start+1+ast.Pos(placed.Offset), at.End-1)
		at.Span = ast.Span{Start: start, End: start + 1}
	}
	return fault("E0313", at, "the pattern is not a regular expression: %v", err)
}

func wrongTolerance(at program.Loc, t *types.Type) *mistake {
	return fault("E0314", at, "a tolerance of `meets` is a bool, an int, a string or a list, not %s", one(t)).
		help("compare with `==`, `in` or `contains` instead")
}

func wrongIndex(at program.Loc, t, index *types.Type) *mistake {
	if t.Kind == types.List {
		return fault("E0315", at, "the index of a list must be an int, not %s", one(index))
	}
	return fault("E0315", at, "the key of %s must be a string, not %s", one(t), one(index))
}

func notIndexable(at program.Loc, t *types.Type) *mistake {
	return fault("E0315", at, "%s has no elements that an index could pick", one(t))
}

func notAList(at program.Loc, t *types.Type) *mistake {
	m := fault("E0316", at, "`for` goes over a list or a range of ints, not %s", one(t))
	if t.Kind == types.Int {
		m.edit(at.Span, "1.."+at.Text(), "to count, write a range")
	}
	return m
}

func entryWithoutType(at program.Loc, name, section string) *mistake {
	given := "is given by `--var " + name + "=…`"
	if section == "secrets" {
		given = "is given by `--var-file`"
	}
	return fault("E0317", at, "`%s` has neither a value nor a type", name).
		edit(ast.Span{Start: at.End, End: at.End}, ": string", "an entry that %s says its type", given)
}

func entryOfHandle(at program.Loc, name string) *mistake {
	return fault("E0317", at, "`%s` cannot be given from outside: a handle is made in the run", name)
}

func typeWithoutElem(at program.Loc, name string) *mistake {
	elem := "<any>"
	if name == "range" {
		elem = "<int>"
	}
	return fault("E0318", at, "`%s` needs the type of its elements", name).write(name + elem)
}

func typeTakesNoElem(at program.Loc, name string) *mistake {
	return fault("E0318", at, "`%s` has no elements that a type could be given for", name).write(name)
}

func rangeOfUnordered(at program.Loc, elem *types.Type) *mistake {
	return fault("E0318", at, "there is no range of %s values", typeName(elem))
}

func negativeDuration(at program.Loc, word string) *mistake {
	return fault("E0319", at, "the duration of `%s` is negative", word)
}

func zeroDuration(at program.Loc, word string) *mistake {
	return fault("E0320", at, "the duration of `%s` must be more than nothing", word)
}

func negativeCount(at program.Loc, word string) *mistake {
	return fault("E0321", at, "the number of `%s` is negative", word)
}

// typeName writes a type for a message, where the fields of a record would be
// too much.
func typeName(t *types.Type) string {
	switch {
	case t.Kind == types.Record && t.Name == "":
		return "record"
	case t.Kind == types.List || t.Kind == types.Map || t.Kind == types.Range:
		if t.Elem.Kind == types.Invalid {
			return t.Kind.String()
		}
		return t.Kind.String() + "<" + typeName(t.Elem) + ">"
	}
	return t.String()
}

// one writes a type with its article: "an int or a string".
func one(t *types.Type) string {
	switch {
	case t.Kind == types.Null:
		return "null"
	case t.Kind == types.Any:
		return "any value"
	case t.Kind != types.Union:
		return a(typeName(t))
	}
	s := ""
	for i, alt := range t.Alts {
		switch {
		case i == 0:
		case i == len(t.Alts)-1:
			s += " or "
		default:
			s += ", "
		}
		s += one(alt)
	}
	return s
}
