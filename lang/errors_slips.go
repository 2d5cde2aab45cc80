package lang

// The mistakes of people who know other languages, one constructor each; they
// are found in slips.go.

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

func errSlashComment(at ast.Span) *diag.Diagnostic {
	return help(problem("E0018", at, "a comment starts with `//`"), "write `//` for `/`", replace(at, "//"))
}

func errBareOption(at ast.Span, text string) *diag.Diagnostic {
	d := problem("E0131", at, "a string must stand here: an argument of a program is a text")
	return help(d, "write `\""+text+"\"`", replace(at, `"`+text+`"`))
}

func errBracketBlock(open ast.Span) *diag.Diagnostic {
	return help(problem("E0111", open, "a block stands between `{` and `}`"), "write braces", replace(open, "{"))
}

func errTimes(at ast.Span) *diag.Diagnostic {
	return help(problem("E0132", at, "a count stands alone"), "leave it out", replace(at, ""))
}

func errNoCount(at ast.Span) *diag.Diagnostic {
	d := problem("E0114", at, "`retry` says first how many more tries there are")
	return help(d, "write `retry 3 every …`", insert(at.Start, " 3"))
}

// errSwapped is what stands in the wrong order, and how it is right.
func errSwapped(at ast.Span, message, text string) *diag.Diagnostic {
	return help(problem("E0152", at, "%s", message), "write `"+text+"`", replace(at, text))
}

// errEveryFirst is a wait whose condition ends at a place and whose `every`
// stands before its `within`, which has a text.
func errEveryFirst(cond ast.Pos, every, within ast.Span, text string) *diag.Diagnostic {
	return help(problem("E0152", every, "`every` stands behind `within`"), "swap them",
		insert(cond, " "+text), replace(within, ""))
}

func errTitleLast(at ast.Span) *diag.Diagnostic {
	return problem("E0152", at, "the title stands before this")
}

func errNotUntil(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	return help(problem("E0136", at, "`until` must stand here, %s", found(t)), "write `until`", replace(at, "until"))
}

func errNotWithin(at ast.Span, word string) *diag.Diagnostic {
	return help(problem("E0137", at, "the time limit of `wait` stands behind `within`, not `%s`", word), "write `within`", replace(at, "within"))
}

// errLeftOut is a word that is missing.
func errLeftOut(at ast.Span, word string) *diag.Diagnostic {
	return help(problem("E0131", at, "`%s` is missing", word), "write `"+word+"` here", insert(at.Start, " "+word))
}

// errWordFor is another word where one belongs.
func errWordFor(at ast.Span, word, ours string) *diag.Diagnostic {
	return help(problem("E0131", at, "`%s` must stand here, found `%s`", ours, word), "write `"+ours+"`", replace(at, ours))
}

func errNoEquals(at ast.Span, t *lexer.Token, what string) *diag.Diagnostic {
	return help(errExpected(at, t, "`=` and "+what), "write `=` here", insert(at.Start, " ="))
}

func errNameOfWords(at ast.Span, text string) *diag.Diagnostic {
	return help(problem("E0115", at, "a name is one word"), "write `"+text+"`", replace(at, text))
}

func errUndoName(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	d := problem("E0107", at, "the clause `undo` names no activity: it says how the one before it is put back")
	at.End = max(at.End, end(t))
	return help(d, "to put `"+t.Value+"` back now write `restore "+t.Value+"`", replace(at, "restore "+t.Value))
}

// errLimitPlace is a limit that stands where a statement belongs.
func errLimitPlace(at ast.Span, word string) *diag.Diagnostic {
	d := problem("E0107", at, "`%s` is no statement", word)
	switch word {
	case "recovers", "recover":
		return help(d, "it stands behind the title, before the `{`: `steady \"title\" recovers within 30s every 1s {`")
	case "every":
		return help(d, "it stands behind the title of `guard`, before the `{`, or behind `within D`, `retry N` or `repeat for D`")
	}
	return help(d, "it stands behind the condition of `wait`, or behind `recovers`")
}

// errWordTrue is `: true` behind a clause that has no value.
func errWordTrue(at ast.Span) *diag.Diagnostic {
	return help(problem("E0127", at, "the clause is a word alone"), "leave it out", replace(at, ""))
}

// errFiller is a word between the word of a statement and its value.
func errFiller(at ast.Span, word string) *diag.Diagnostic {
	return help(problem("E0132", at, "the value stands directly behind `%s`", word), "leave it out", replace(at, ""))
}

func errStrayComma(at ast.Span) *diag.Diagnostic {
	return help(problem("E0128", at, "there is no comma between the parts of a statement"), "leave it out", replace(at, ""))
}

func errLimitFirst(at ast.Span) *diag.Diagnostic {
	return help(problem("E0152", at, "the time limit stands behind the condition"), "write `wait until condition within 10s`")
}

// errBareList are names in brackets that stand alone; the brackets are at the
// start of open and before end.
func errBareList(open ast.Span, end ast.Pos) *diag.Diagnostic {
	return help(problem("E0132", open, "names stand here without brackets"), "leave them out",
		replace(open, ""), replace(ast.Span{Start: end - 1, End: end}, ""))
}

func errAliasFirst(at ast.Span, path *ast.String, alias *ast.Name) *diag.Diagnostic {
	text, _ := path.Plain()
	ours := `"` + text + `" as ` + alias.Text
	return help(problem("E0147", at, "the path stands first, and the name behind `as`"), "write `"+ours+"`", replace(at, ours))
}

func errRoundList(open, close ast.Span) *diag.Diagnostic {
	return help(related(problem("E0113", open, "a list stands between `[` and `]`"), close, "the list ends here"),
		"write brackets", replace(open, "["), replace(close, "]"))
}

// errColonBlock is a block that starts with a colon and ends with its
// indentation.
func errColonBlock(colon ast.Span) *diag.Diagnostic {
	return help(problem("E0111", colon, "a block stands between `{` and `}`"),
		"write `{` for `:`, and `}` where it ends", replace(colon, " {"))
}
