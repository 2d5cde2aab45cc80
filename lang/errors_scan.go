package lang

// The mistakes that the lexer finds, one constructor each. The mistakes of the
// parser stand in errors_parse.go and errors_place.go; chaosc explain reads
// lang/diag/codes_syntax.go.

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

// problem makes a diagnostic; the source is filled in when the file is read.
func problem(code string, at ast.Span, format string, args ...any) *diag.Diagnostic {
	return &diag.Diagnostic{Code: code, Span: at, Message: fmt.Sprintf(format, args...)}
}

// help adds a way out, with the edits that take it.
func help(d *diag.Diagnostic, message string, edits ...diag.Edit) *diag.Diagnostic {
	d.Help = append(d.Help, diag.Help{Message: message, Edits: edits})
	return d
}

// label adds what is said under the underlined place.
func label(d *diag.Diagnostic, text string) *diag.Diagnostic {
	d.Label = text
	return d
}

// related adds a place that explains the mistake.
func related(d *diag.Diagnostic, at ast.Span, message string) *diag.Diagnostic {
	d.Related = append(d.Related, diag.Related{Span: at, Message: message})
	return d
}

func replace(at ast.Span, text string) diag.Edit { return diag.Edit{Span: at, Text: text} }

func insert(at ast.Pos, text string) diag.Edit {
	return diag.Edit{Span: ast.Span{Start: at, End: at}, Text: text}
}

func errIllegal(at ast.Span, r rune) *diag.Diagnostic {
	d := problem("E0001", at, "the character `%c` has no meaning here", r)
	switch r {
	case '?':
		help(d, "write `if condition then a else b` for a value that depends on a condition")
	case '%':
		help(d, "for a remainder call `math.mod`; a percentage is written `5%`, without a space")
	}
	return d
}

func errBareHole(at ast.Span, inner string) *diag.Diagnostic {
	d := problem("E0001", at, "there are holes only in strings")
	return help(d, "write `"+inner+"`", replace(at, inner))
}

func errControl(at ast.Span, r rune) *diag.Diagnostic {
	d := problem("E0002", at, "control character U+%04X in the text", r)
	if r == '\r' {
		return help(d, "end lines with a line feed, or with a carriage return and a line feed")
	}
	help(d, "leave it out", replace(at, ""))
	return help(d, fmt.Sprintf("in a string write `\\u{%x}`", r))
}

func errInvalidUTF8(at ast.Span) *diag.Diagnostic {
	return help(problem("E0003", at, "the text is not valid UTF-8"), "save the file in UTF-8")
}

func errOpenString(at ast.Span) *diag.Diagnostic {
	d := problem("E0004", at, "the string has no end on its line")
	return help(d, "write `\"` where it ends; a text of several lines stands between `\"\"\"` and `\"\"\"`", insert(at.End, `"`))
}

func errOpenBlock(open int) *diag.Diagnostic {
	at := ast.Span{Start: ast.Pos(open), End: ast.Pos(open + 3)}
	return help(label(problem("E0005", at, "the block string has no end"), "it starts here"),
		"write `\"\"\"` on a line of its own behind its last line")
}

func errOpenRaw(at ast.Span) *diag.Diagnostic {
	return help(problem("E0006", at, "the raw string has no end"), "write a backquote where it ends", insert(at.End, "`"))
}

// errOpenHole is a hole that has no end. What is in it starts with a name that
// ends at an offset, or does not where that is 0.
func errOpenHole(hole, end, name int) *diag.Diagnostic {
	at := ast.Span{Start: ast.Pos(hole), End: ast.Pos(min(hole+2, end))}
	d := label(problem("E0007", at, "the hole in the string has no end"), "opened here")
	const message = "write `}` behind its expression; for a dollar and a brace as text write `\\${`"
	if name == 0 {
		return help(d, message)
	}
	return help(d, message, insert(ast.Pos(name), "}"))
}

func errEscape(at ast.Span, text string) *diag.Diagnostic {
	d := problem("E0008", at, "there is no escape `%s`", text)
	return help(d, "the escapes are \\n \\t \\r \\\\ \\\" \\$ and \\u{…}; for a backslash as text write `\\\\`, or a raw string in backquotes",
		insert(at.Start, `\`))
}

func errUnicodeEscape(at ast.Span) *diag.Diagnostic {
	return help(problem("E0009", at, "the escape names no character"), "write one to six hexadecimal digits, as `\\u{e9}`")
}

// errNumber tells why a text that starts with a digit is no literal.
func errNumber(start int, text string, e *literal.Error) *diag.Diagnostic {
	code := [...]string{
		literal.Malformed: "E0010", literal.Underscore: "E0010", literal.LeadingZero: "E0011",
		literal.Unit: "E0012", literal.Order: "E0013", literal.Fraction: "E0014",
		literal.TooLarge: "E0015", literal.TooFine: "E0016",
	}[e.Reason]
	whole := ast.Span{Start: ast.Pos(start), End: ast.Pos(start + len(text))}
	d := problem(code, whole, "%s", e.Message)
	if e.Suggest != "" {
		return help(d, "write `"+e.Suggest+"`", replace(whole, e.Suggest))
	}
	switch e.Reason {
	case literal.Unit:
		if v, err := strconv.ParseUint(text, 0, 63); err == nil { // as 0x1f
			dec := strconv.FormatUint(v, 10)
			return help(d, "numbers are decimal: write `"+dec+"`", replace(whole, dec))
		}
		help(d, "the units are d h m s ms us ns, B kB MB GB TB KiB MiB GiB TiB, and %")
	case literal.Order:
		help(d, "write each unit once, the largest first, as `1h30m`")
	case literal.TooFine:
		help(d, "nothing is measured finer than `1ns`")
	}
	return d
}

func errSingleQuotes(at ast.Span, text string) *diag.Diagnostic {
	d := problem("E0017", at, "strings stand in double quotes")
	return help(d, "write `\""+text+"\"`", replace(at, `"`+text+`"`))
}

func errHashComment(at ast.Span) *diag.Diagnostic {
	d := problem("E0018", at, "a comment starts with `//`")
	mark := ast.Span{Start: at.Start, End: at.Start + 1}
	return help(d, "write `//` for `#`", replace(mark, "//"))
}

func errBlockComment(at ast.Span) *diag.Diagnostic {
	return help(problem("E0019", at, "there are no comments between `/*` and `*/`"), "write `//` at the start of each line")
}

func errSemicolon(at ast.Span) *diag.Diagnostic {
	return help(problem("E0020", at, "nothing ends with `;`"), "leave it out", replace(at, ""))
}

func errForeignOperator(at ast.Span, ours string) *diag.Diagnostic {
	d := problem("E0021", at, "the operator is written another way")
	return help(d, "write `"+ours+"`", replace(at, ours))
}

func errTooDeep(at ast.Span) *diag.Diagnostic {
	d := problem("E0022", at, "this is nested more than %d deep", maxDepth)
	return help(d, "give parts of it names of their own with `let`, or a definition")
}

func errTooLarge(size int) *diag.Diagnostic {
	return problem("E0022", ast.Span{}, "the file has %d bytes, more than %d", size, maxSize)
}

func errBlockShape(at ast.Span, message, way string, edits ...diag.Edit) *diag.Diagnostic {
	return help(problem("E0023", at, "%s", message), way, edits...)
}

func errBlockIndent(at ast.Span, indent string) *diag.Diagnostic {
	d := problem("E0024", at, "the line is indented less than the closing `\"\"\"`")
	return help(d, "indent it as the closing quotes are, or move those to the left", replace(at, indent))
}

func errHyphens(at ast.Span, text string) *diag.Diagnostic {
	d := problem("E0025", at, "a name has single hyphens only")
	clean := make([]byte, 0, len(text))
	for i := range len(text) {
		if text[i] != '-' || clean[len(clean)-1] != '-' {
			clean = append(clean, text[i])
		}
	}
	return help(d, "write `"+string(clean)+"`", replace(at, string(clean)))
}

func errCommentInHole(at ast.Span) *diag.Diagnostic {
	return help(problem("E0027", at, "a comment cannot stand in a hole"), "write it above the statement")
}

func errInvisible(at ast.Span, r rune) *diag.Diagnostic {
	d := problem("E0029", at, "invisible character U+%04X in the text", r)
	if utf8.RuneLen(r) > 1 && r == '\u00a0' {
		return help(d, "write an ordinary space", replace(at, " "))
	}
	return help(d, "leave it out", replace(at, ""))
}
