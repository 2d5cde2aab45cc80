package ctk

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// What keeps a text from being read.

func byteOrderMark(src *ast.Source) *diag.Diagnostic {
	at := ast.Span{Start: 0, End: 3}
	return &fault("E0701", src, at, "a byte-order mark stands before the JSON, which the Chaos Toolkit does not read").
		edit(at, "", "save the file as UTF-8 without it").Diagnostic
}

func tooDeep(src *ast.Source, at ast.Span) *mistake {
	return fault("E0703", src, at, "lists and mappings are nested more than %d deep", maxDepth)
}

func tooLarge(src *ast.Source) *diag.Diagnostic {
	return &fault("E0703", src, ast.Span{}, "the file has %d bytes, more than the %d that are read", len(src.Text), maxSize).Diagnostic
}

func tooManyValues(src *ast.Source, at ast.Span) *mistake {
	return fault("E0703", src, at, "the file has more than %d values", maxValues)
}

func behindTheEnd(src *ast.Source, end ast.Pos) *diag.Diagnostic {
	rest := src.Text[end:]
	end += ast.Pos(len(rest) - len(strings.TrimLeft(rest, " \t\r\n")))
	return &fault("E0701", src, ast.Span{Start: end, End: end + 1}, "there is more text behind the end of the JSON").Diagnostic
}

func keyTwice(src *ast.Source, key, old *node) *diag.Diagnostic {
	return &warning("W0701", src, key.Span, "the key `%s` stands twice in this mapping, and the last value counts", key.text).
		related(old.Span, "it stands here first").Diagnostic
}

// jsonMistake finds words for what is wrong with a JSON text.
func jsonMistake(src *ast.Source, err error) *mistake {
	at := ast.Pos(len(src.Text))
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		at = ast.Pos(syntax.ByteOffset)
	}
	rest := src.Text[min(int(at), len(src.Text)):]
	_, size := utf8.DecodeRuneInString(rest)
	here := ast.Span{Start: at, End: at + ast.Pos(size)}
	before := strings.TrimRight(src.Text[:len(src.Text)-len(rest)], " \t\r\n")
	switch {
	case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"), strings.HasPrefix(rest, "#"):
		line, _, _ := strings.Cut(rest, "\n")
		here.End = at + ast.Pos(len(strings.TrimRight(line, "\r")))
		return fault("E0701", src, here, "JSON has no comments").
			help("remove it, or save the experiment as YAML, whose comments start with #")
	case strings.TrimSpace(src.Text) == "":
		return fault("E0701", src, ast.Span{}, "the file is empty")
	case strings.TrimSpace(rest) == "":
		return fault("E0701", src, ast.Span{Start: at, End: at}, "the file ends before the JSON does")
	case rest[0] == ',' && strings.IndexAny(strings.TrimLeft(rest[1:], " \t\r\n"), "}]") == 0:
		return fault("E0701", src, here, "JSON has no comma behind the last element").edit(here, "", "remove the comma")
	case rest[0] == '\'':
		return fault("E0701", src, here, "JSON has its texts in double quotes")
	case rest[0] < ' ':
		return fault("E0701", src, here, "the control character U+%04X cannot stand here", rest[0]).
			help("write it as an escape, as \\n or \\t, inside of a text")
	case rest[0] == '"' || rest[0] == '{' || rest[0] == '[':
		if last := before[max(0, len(before)-1):]; last != "" && !strings.ContainsAny(last, "{[,:") {
			gap := ast.Span{Start: ast.Pos(len(before)), End: ast.Pos(len(before))}
			return fault("E0701", src, here, "a comma is missing before this").edit(gap, ",", "write a comma")
		}
	case strings.HasPrefix(rest, "True"), strings.HasPrefix(rest, "False"), strings.HasPrefix(rest, "None"):
		word := rest[:identifier(rest)]
		here.End = at + ast.Pos(len(word))
		json := map[string]string{"True": "true", "False": "false", "None": "null"}[word]
		if json == "" {
			break
		}
		return fault("E0701", src, here, "`%s` is written `%s` in JSON", word, json).edit(here, json, "write `%s`", json)
	}
	return fault("E0701", src, here, "%s cannot stand here in JSON", quoteRune(rest))
}

// quoteRune names the first character of a text.
func quoteRune(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	return "`" + string(r) + "`"
}
