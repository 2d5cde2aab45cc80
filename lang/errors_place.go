package lang

// The mistakes that the parser finds between declarations, sections and
// blocks, one constructor each.

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

func errNoDeclaration(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	d := problem("E0101", at, "a file has no %s at its top", describe(t))
	if t.Type == tokIdent {
		d.Message = "there is no declaration `" + t.Value + "`"
	}
	return help(d, "each declaration starts with one of "+strings.Join(declarationWords, " "))
}

func errUnknownSection(at ast.Span, word string) *diag.Diagnostic {
	d := problem("E0102", at, "there is no section `%s`", word)
	return help(d, "the sections are "+strings.Join(sectionWords, " "))
}

func errNoSection(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	return help(problem("E0102", at, "a section cannot start with %s", describe(t)),
		"each section starts with one of "+strings.Join(sectionWords, " "))
}

func errStatementPlace(at ast.Span, word string) *diag.Diagnostic {
	return help(problem("E0105", at, "the statement `%s` stands directly in an experiment", word),
		"put it into `setup { … }`, `steady \"title\" { … }`, `method { … }` or `rollback { … }`")
}

func errSectionPlace(at ast.Span, word string) *diag.Diagnostic {
	return help(problem("E0106", at, "the section `%s` stands inside a block", word),
		"move it out, directly into the experiment")
}

func errOutside(at ast.Span, word string) *diag.Diagnostic {
	return help(problem("E0106", at, "`%s` stands outside an experiment", word),
		"put it into `experiment \"title\" { … }`; look for a closing brace too many before it")
}

func errClausePlace(at ast.Span, word string) *diag.Diagnostic {
	return help(problem("E0107", at, "the clause `%s` belongs to no activity", word),
		"clauses stand behind the call of a `probe` or an `action`, before the next statement")
}

func errDoubledSection(at ast.Span, word string, first ast.Span) *diag.Diagnostic {
	d := related(problem("E0108", at, "the section `%s` stands twice", word), first, "first written here")
	return help(d, "put both into one")
}

func errNoTitle(at ast.Span, word string, t *lexer.Token) *diag.Diagnostic {
	what := "title"
	if word == "description" {
		what = "text"
	}
	d := problem("E0110", at, "`%s` needs a %s, %s", word, what, found(t))
	return help(d, "write `"+word+" \"…\"`", insert(at.Start, ` "…"`))
}

func errBareTitle(at ast.Span, word, title string) *diag.Diagnostic {
	d := problem("E0110", at, "the title behind `%s` is no string", word)
	return help(d, "write `\""+title+"\"`", replace(at, `"`+title+`"`))
}

func errNoBrace(at ast.Span, owner string) *diag.Diagnostic {
	return help(problem("E0111", at, "`{` is missing before the block of the %s", owner), "write `{` here", insert(at.Start, " {"))
}

func errStrayBrace(at ast.Span) *diag.Diagnostic {
	return help(problem("E0146", at, "this brace closes nothing"), "leave it out", replace(at, ""))
}

func errNoImportPath(at ast.Span, t *lexer.Token) *diag.Diagnostic {
	return help(problem("E0147", at, "`import` needs a path, %s", found(t)),
		"write `import \"lib/web.chaos\" as web` or `import python \"module\" as name`")
}

func errLateImport(at, first ast.Span) *diag.Diagnostic {
	d := problem("E0148", at, "an import stands behind a declaration")
	related(d, ast.Span{Start: first.Start, End: first.Start + 1}, "the first declaration")
	return help(d, "move it to the top of the file")
}

func errNoParams(at ast.Span, kind ast.Kind) *diag.Diagnostic {
	d := problem("E0149", at, "a definition has its parameters in parentheses")
	return help(d, "write `()`; a "+kind.String()+" that runs stands in a section of an experiment", insert(at.Start, "()"))
}

func errProbeBody(at ast.Span) *diag.Diagnostic {
	return help(problem("E0150", at, "the definition of a probe is a call, not a block"),
		"write `= call`, or `action` where it changes something")
}

func errSteadyEvery(at ast.Span) *diag.Diagnostic {
	return help(problem("E0151", at, "`every` in `steady` belongs to `recovers within`"),
		"write `recovers within 30s every 1s`")
}

func errGuardRecovers(at ast.Span) *diag.Diagnostic {
	return help(problem("E0151", at, "a guard does not recover: the first probe that is not met ends the method"),
		"write `every 2s` alone")
}
