package ctk

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// variable is what ${name} can mean: an entry of the configuration, or of a
// group of secrets.
type variable struct {
	name  string
	group string // of secrets; "" for an entry of the configuration
	typ   valueType
	full  bool     // its text is known not to be empty
	at    ast.Span // of its key
}

// valueType is what is known of the value of a variable before the run.
type valueType uint8

const (
	anyType valueType = iota
	textType
	wholeType
	fractionType
	truthType
	listType
	otherType // null or a mapping
)

// typeOf returns the type of a value.
func typeOf(n *node) valueType {
	switch n.kind {
	case text:
		return textType
	case whole:
		return wholeType
	case fraction:
		return fractionType
	case truth:
		return truthType
	case list:
		return listType
	}
	return otherType
}

// lookup finds a variable: the configuration comes before the groups of
// secrets, of which the first one that has it wins.
func (im *importer) lookup(name string) *variable {
	if name == "" {
		return nil
	}
	if v := im.config[name]; v != nil {
		return v
	}
	return im.secrets[name]
}

// use is a variable as a value. In a place that shows what it is given, a
// secret has to be let through.
func (im *importer) use(v *variable, at ast.Span) ast.Expr {
	switch {
	case v.group != "":
		x := entryOf(entryOf(identOf("secrets", at), v.group, at), v.name, at)
		if im.shows {
			im.secretShown(v, at)
			return callOf(at, "reveal", arg(x))
		}
		return x
	case !lang.IsIdent(v.name) || isTaken(v.name) || slices.Contains(im.fields, v.name):
		return entryOf(identOf("config", at), v.name, at)
	}
	return identOf(v.name, at)
}

// textOf is a variable inside of a text: the text that Python has for it.
func (im *importer) textOf(v *variable, at ast.Span) ast.Expr {
	if v.typ == textType || v.typ == wholeType {
		return im.use(v, at)
	}
	return callOf(at, "toolkit.str", arg(im.use(v, at)))
}

// isTaken reports whether a name means something else in every expression.
func isTaken(name string) bool {
	return name == "config" || name == "secrets" || name == "baseline" || name == "elapsed"
}
