package check

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// clauseArg tells an argument that is meant as a clause, as `timeout: 2s` or
// `undo`, and reports whether it is one.
func (c *checker) clauseArg(b *binding, a *ast.Arg) bool {
	word := ""
	if a.Name != nil {
		word = a.Name.Text
	} else if id, ok := a.Value.(*ast.Ident); ok && (id.Name == "undo" || id.Name == "keep" || id.Name == "background") &&
		c.lookup(id.Name, id.Start) == nil {
		word = id.Name
	}
	if word == "" || !slices.Contains(clauseWords, word) || b.sig.Param(word) >= 0 {
		return false
	}
	at := a.Span
	text := word
	if a.Name != nil {
		at = a.Name.Span
		text += " " + c.file.Source.Slice(a.Value.Range())
		switch a.Value.(type) {
		case *ast.Literal:
			text = word // as `undo: true`
			if word == "expect" || word == "assert" {
				text = ""
			}
		case *ast.Number:
			if word == "expect" || word == "assert" {
				text = ""
			}
		}
	}
	own := c.ofActivity == b.call
	c.undoTold = c.undoTold || own && (word == "undo" || word == "keep")
	c.report(clauseAsArg(c.at(at), word, text, slices.Index(b.call.Args, a), b.call, own))
	return true
}

// clauseWords are the words that start a clause.
var clauseWords = lang.Clauses()

// bareText is a name that stands alone as an argument, and the type of the
// parameter: where that is a text, its quotes may be missing.
type bareText struct {
	name *ast.Ident
	want *types.Type
}

// is reports whether e may be a text without its quotes.
func (b bareText) is(e *ast.Ident) bool {
	return b.name == e && b.want != nil && wantsKind(b.want, types.String)
}

// bareArg notes an argument that is a name alone.
func (c *checker) bareArg(sig *types.Signature, param int, a *ast.Arg) {
	id, ok := a.Value.(*ast.Ident)
	if !ok || param < 0 {
		return
	}
	c.bare = bareText{name: id, want: sig.Params[param].Type}
	if sig.Params[param].Rest {
		c.bare.want = c.bare.want.Elem
	}
}
