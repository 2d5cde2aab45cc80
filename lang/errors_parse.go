package lang

// The mistakes that the parser finds inside expressions, statements and
// entries, one constructor each.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// codeUnclosed is the code of a bracket or brace that is not closed.
const codeUnclosed = "E0112"

// found says which token stands where another is needed.
func found(t *lexer.Token) string {
	if t.EOF() {
		return "the file ends here"
	}
	return "found " + describe(t)
}

func errUnclosed(at ast.Span, closer string, open ast.Span) *diag.Diagnostic {
	d := problem(codeUnclosed, at, "`%s` is missing", closer)
	related(d, open, "opened here")
	return help(d, "write `"+closer+"` here", insert(at.Start, closer))
}

// alsoUnclosed adds a further brace that is open where d tells that one is
// missing, at the end of the text.
func alsoUnclosed(d *diag.Diagnostic, open ast.Span) {
	related(d, open, "opened here")
	n := len(d.Related)
	d.Message = strconv.Itoa(n) + " closing braces are missing"
	d.Help = nil
	help(d, "write them here", insert(d.Span.Start, strings.Repeat("\n}", n)))
}

func errWrongBracket(at ast.Span, closer string, open ast.Span) *diag.Diagnostic {
	d := related(problem("E0113", at, "this bracket closes none that is open"), open, "`"+closer+"` must close this")
	return help(d, "write `"+closer+"`", replace(at, closer))
}

func errNoExpr(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	d := problem("E0114", at, "a value is missing, %s", found(t))
	switch {
	case t.Type == tokMatches || t.Type == tokContains || t.Type == tokIn || t.Type == tokMeets:
		help(d, "write what is compared before `"+t.Value+"`, as `it`")
	case t.Type == tokThen || t.Type == tokElse || t.Type == tokAnd || t.Type == tokOr || t.Type == tokFor:
		help(d, "`"+t.Value+"` is a reserved word and no name")
	}
	return d
}

func errNoValue(at ast.Span, word string) *diag.Diagnostic {
	d := problem("E0114", at, "a value is missing behind `%s`", word)
	if example, ok := valueExamples[word]; ok {
		help(d, "write `"+word+" "+example+"`", insert(at.Start, " "+example))
	}
	return d
}

var valueExamples = map[string]string{"pause": "2s", "delay": "2s", "settle": "2s", "timeout": "5s", "retry": "3",
	"every": "1s", "within": "10s", "deadline": "10m", "repeat": "3"}

func errFieldName(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	d := problem("E0115", at, "the name of a field is missing behind the point, %s", found(t))
	if t.Type == tokString {
		help(d, "write `["+t.Value+"]` without the point")
	}
	return d
}

func errNoName(at ast.Span, t *lexer.Token, what string) *diag.Diagnostic {
	return problem("E0115", at, "%s is missing, %s", what, found(t))
}

func errReservedName(at ast.Span, word string) *diag.Diagnostic {
	return help(problem("E0116", at, "`%s` is a reserved word and cannot be a name", word),
		"take another name, as `"+word+"-1`")
}

func errQuotedName(at ast.Span, what string) *diag.Diagnostic {
	return help(problem("E0117", at, "the name of %s cannot be a string", what),
		"write an identifier: letters, digits, `_` and single hyphens")
}

func errHolePlace(at ast.Span) *diag.Diagnostic {
	d := problem("E0118", at, "there can be no hole here")
	return help(d, "titles, names, tags and keys are fixed texts; for a dollar and a brace as text write `\\${`",
		insert(at.Start, `\`))
}

func errEmptyHole(at ast.Span) *diag.Diagnostic {
	return help(problem("E0119", at, "the hole is empty"),
		"write an expression between the braces; for a dollar and a brace as text write `\\${`", insert(at.Start, `\`))
}

func errHoleEnd(at ast.Span, t *lexer.Token, open ast.Span) *diag.Diagnostic {
	d := problem("E0120", at, "`}` must end the hole, %s", found(t))
	return related(d, open, "the hole is opened here")
}

func errAssignInCondition(at ast.Span) *diag.Diagnostic {
	return help(problem("E0121", at, "`=` gives a name to a value and does not compare"), "write `==`", replace(at, "=="))
}

func errChain(at ast.Span, x ast.Expr) *diag.Diagnostic {
	d := problem("E0122", at, "comparisons cannot be chained")
	related(d, x.Range(), "this is already true or false")
	return help(d, "write two comparisons with `and` between them, or `x in 200..299`")
}

// errMinus is a minus between two operands without white space on both sides.
func errMinus(at ast.Span, before, after bool) *diag.Diagnostic {
	d := problem("E0123", at, "a minus between two values needs white space on both sides")
	text := "-"
	if !before {
		text = " " + text
	}
	if !after {
		text += " "
	}
	return help(d, "write `a - b`", replace(at, text))
}

func errSign(at ast.Span) *diag.Diagnostic {
	return help(problem("E0123", at, "a minus before a value has no white space behind it"), "write `-x`", replace(at, "-"))
}

func errNotOperand(at ast.Span) *diag.Diagnostic {
	return help(problem("E0124", at, "`not` binds less than the operator before it"), "put `not …` in parentheses")
}

func errCondOperand(at ast.Span) *diag.Diagnostic {
	return help(problem("E0124", at, "`if … then … else …` inside an expression stands in parentheses"), "write `(if … then … else …)`")
}

func errCondPart(at ast.Span, t *lexer.Token, word string) *diag.Diagnostic {
	d := problem("E0125", at, "`%s` is missing, %s", word, found(t))
	return help(d, "a value that depends on a condition is written `if c then a else b`")
}

func errIfValue(at ast.Span) *diag.Diagnostic {
	d := problem("E0125", at, "the statement `if` has a block, not `then`")
	return help(d, "write `if c { … } else { … }`")
}

func errColon(at ast.Span) *diag.Diagnostic {
	return help(problem("E0126", at, "a name and its value have `:` between them here"), "write `:`", replace(at, ":"))
}

func errAssign(at ast.Span) *diag.Diagnostic {
	return help(problem("E0127", at, "a name and its value have `=` between them here"), "write `=`", replace(at, "="))
}

// errWordAssign is a `=` or `:` behind a keyword.
func errWordAssign(at ast.Span, what string) *diag.Diagnostic {
	return help(problem("E0127", at, "nothing stands between the word of a %s and what belongs to it", what), "leave it out", replace(at, ""))
}

func errLetType(at ast.Span) *diag.Diagnostic {
	return help(problem("E0127", at, "a `let` has no type, its value says it"), "write `=` and the value")
}

func errNoComma(at ast.Span) *diag.Diagnostic {
	return help(problem("E0128", at, "a comma is missing"), "write `,` here", insert(at.Start, ","))
}

func errSplitNumber(at ast.Span, text string) *diag.Diagnostic {
	return help(problem("E0012", at, "the unit touches its number"), "write `"+text+"`", replace(at, text))
}

func errNoSeparator(at ast.Span, what string) *diag.Diagnostic {
	return help(problem("E0128", at, "%s have no comma between them", what), "leave it out", replace(at, ""))
}

func errPositional(at ast.Span) *diag.Diagnostic {
	return help(problem("E0129", at, "an argument without a name stands behind one with a name"),
		"write its name, or move it before those with names")
}

func errCallee(at ast.Span) *diag.Diagnostic {
	return help(problem("E0130", at, "only the name of a function can be called"),
		"a call is written `namespace.function(…)`, its parenthesis on the same line")
}

func errExpected(at ast.Span, t *lexer.Token, what string) *diag.Diagnostic {
	return problem("E0131", at, "%s must stand here, %s", what, found(t))
}

func errUnexpected(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	d := problem("E0132", at, "%s does not belong here", describe(t))
	if isReservedToken(t.Type) {
		help(d, "`"+t.Value+"` is a reserved word and no name")
	}
	return d
}

func errNoType(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	return help(problem("E0133", at, "a type is missing, %s", found(t)), "the types are "+strings.Join(typeWords, " "))
}

// errNotCall is an activity or a control that is no call.
func errNotCall(x ast.Expr) *diag.Diagnostic {
	d := problem("E0134", x.Range(), "an activity is exactly one call")
	switch x.(type) {
	case *ast.Ident:
		return help(d, "write a call, as `http.get(url)`; to do a declared activity again write its name alone")
	case *ast.Field:
		if !hasCall(x) {
			return help(d, "a call has parentheses", insert(x.Range().End, "()"))
		}
	case *ast.String:
		return help(d, "to start a program write `process.run(\"program\", \"argument\")`")
	}
	if hasCall(x) {
		return help(d, "read the result by the name of the activity, or write `expect` behind the call")
	}
	return d
}

// hasCall reports whether there is a call in x.
func hasCall(x ast.Expr) bool {
	found := false
	ast.Walk(x, func(n ast.Node) bool {
		_, call := n.(*ast.Call)
		found = found || call
		return !found
	})
	return found
}

func errNoActivity(at ast.Span, t *lexer.Token, kind ast.Kind) *diag.Diagnostic {
	d := problem("E0135", at, "behind `%s` there must be a call or the name of an activity, %s", kind, found(t))
	return help(d, "write `"+kind.String()+" name = namespace.function(…)`")
}

func errNoUntil(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	d := problem("E0136", at, "`until` is missing behind `wait`, %s", found(t))
	if t.Type == tokNumber {
		return help(d, "to wait a fixed time write `pause "+t.Value+"`", replace(at, "pause"))
	}
	return help(d, "write `wait until condition within 10s`", insert(at.End, " until"))
}

func errNoWithin(at ast.Span) *diag.Diagnostic {
	d := problem("E0137", at, "`wait` has no time limit")
	return help(d, "write the longest time, as `within 10s`", insert(at.Start, " within 10s"))
}

func errForIn(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	d := problem("E0138", at, "`in` is missing in `for`, %s", found(t))
	if t.Type == tokIdent || t.Type == tokAssign {
		d.Span = spanOf(t)
		return help(d, "write `in`", replace(d.Span, "in"))
	}
	return help(d, "write `for x in list { … }`")
}

func errElse(at ast.Span) *diag.Diagnostic {
	return help(problem("E0139", at, "`else` has no `if` before it"), "write `if condition { … } else { … }`")
}

func errElif(at ast.Span) *diag.Diagnostic {
	return help(problem("E0139", at, "a further condition starts with `else if`"), "write `else if`", replace(at, "else if"))
}

func errNoLet(at ast.Span, name string) *diag.Diagnostic {
	d := problem("E0140", at, "`%s` gets a value without `let`", name)
	return help(d, "write `let "+name+" = …`; what a probe or an action gives is named by `probe "+name+" = …`",
		insert(at.Start, "let "))
}

func errBareCall(at ast.Span) *diag.Diagnostic {
	d := problem("E0141", at, "a call alone is no statement")
	help(d, "write `action` before it if it changes something", insert(at.Start, "action "))
	return help(d, "write `probe` before it if it looks", insert(at.Start, "probe "))
}

func errUnknownStatement(at ast.Span, word string) *diag.Diagnostic {
	d := problem("E0103", at, "there is no statement `%s`", word)
	if ours, ok := foreign[strings.ToLower(word)]; ok {
		if strings.Contains(ours, " ") {
			return help(d, "write `"+ours+"`")
		}
		return help(d, "write `"+ours+"`", replace(at, ours))
	}
	if near, ok := diag.Nearest(word, statementWords); ok {
		return help(d, "did you mean `"+near+"`?", replace(at, near))
	}
	return help(d, "the statements are "+strings.Join(statementWords, " "))
}

func errNoStatement(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	return help(problem("E0103", at, "a statement cannot start with %s", describe(t)),
		"each statement starts with one of "+strings.Join(statementWords, " "))
}

func errUnknownClause(at ast.Span, word string) *diag.Diagnostic {
	d := problem("E0104", at, "there is no clause `%s`", word)
	if ours, ok := foreignClauses[word]; ok {
		return help(d, "write `"+ours+"`", replace(at, ours))
	}
	return help(d, "the clauses are "+strings.Join(clauseWords, " "))
}

// errMisspelt is a word that was read as the nearest that fits.
func errMisspelt(at ast.Span, word, near string) *diag.Diagnostic {
	code, what := "E0103", "statement"
	switch {
	case slices.Contains(innerWords, near):
		return help(problem("E0131", at, "`%s` must stand here, found `%s`", near, word), "did you mean `"+near+"`?", replace(at, near))
	case slices.Contains(settingWords, near) && !slices.Contains(clauseWords, near):
		code, what = "E0142", "setting"
	case slices.Contains(sectionWords, near):
		code, what = "E0102", "section"
	case slices.Contains(statementWords, near):
	case slices.Contains(clauseWords, near):
		code, what = "E0104", "clause"
	case slices.Contains(declarationWords, near):
		code, what = "E0101", "declaration"
	}
	return help(problem(code, at, "there is no %s `%s`", what, word), "did you mean `"+near+"`?", replace(at, near))
}

func errUnknownSetting(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	return help(problem("E0142", at, "%s is no setting of runtime", describe(t)), "the settings are "+strings.Join(settingWords, " "))
}

func errDoubledSetting(at ast.Span, word string, first ast.Span) *diag.Diagnostic {
	return related(problem("E0143", at, "`%s` is set twice", word), first, "first set here")
}

func errNoChoice(at ast.Span, t *lexer.Token, setting string, words []string) *diag.Diagnostic {
	return help(problem("E0144", at, "`%s` needs a word, %s", setting, found(t)), "write one of "+strings.Join(words, " "))
}

func errChoice(at ast.Span, word, setting string, words []string) *diag.Diagnostic {
	d := problem("E0144", at, "`%s` is no value of `%s`", word, setting)
	if near, ok := diag.Nearest(word, words); ok {
		return help(d, "did you mean `"+near+"`?", replace(at, near))
	}
	return help(d, "write one of "+strings.Join(words, " "))
}

func errDoubledClause(c, first *ast.Clause) *diag.Diagnostic {
	at := ast.Span{Start: c.Start, End: min(c.End, c.Start+ast.Pos(len(c.Kind.String())))}
	d := problem("E0109", at, "`%s` stands twice at one activity", first.Kind)
	return related(d, first.Span, "first written here")
}

func errNoGroup(at ast.Span) *diag.Diagnostic {
	d := problem("E0145", at, "secrets stand in groups")
	return help(d, "write `secrets { group { name = … } }`, used as `secrets.group.name`")
}
