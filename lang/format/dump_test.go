package format_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// dump writes what a tree says, a field a line: without places and comments,
// parentheses, the way strings and numbers are written, and the order in which
// sections and clauses stand.
func dump(f *ast.File) string {
	var d dumper
	d.value("", reflect.ValueOf(f))
	return d.b.String()
}

type dumper struct {
	b     strings.Builder
	depth int
}

func (d *dumper) line(name, text string) {
	fmt.Fprintf(&d.b, "%*s%s %s\n", d.depth, "", name, text)
}

func (d *dumper) value(name string, v reflect.Value) {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		switch x := v.Interface().(type) {
		case *ast.Paren:
			v = reflect.ValueOf(x.X)
		case *ast.Name:
			d.name(name, x)
			return
		default:
			v = v.Elem()
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(name, v)
	case reflect.Slice:
		d.line(name, "list")
		for i := range v.Len() {
			d.value(fmt.Sprint(name, i), v.Index(i))
		}
	default:
		d.line(name, fmt.Sprint(v.Interface()))
	}
}

// name writes a name; quotes count where an expression could mean it.
func (d *dumper) name(field string, n *ast.Name) {
	if n.Quoted == nil {
		d.line(field, "name "+n.Text)
		return
	}
	text, plain := n.Quoted.Plain()
	switch {
	case !plain:
		d.value(field, reflect.ValueOf(n.Quoted))
	case lang.IsIdent(text) && field != "Key" && field != "label":
		d.line(field, fmt.Sprintf("quoted %q", text))
	default:
		d.line(field, "name "+text)
	}
}

func (d *dumper) structure(name string, v reflect.Value) {
	d.line(name, v.Type().Name())
	d.depth++
	defer func() { d.depth-- }()
	switch n := v.Addr().Interface().(type) {
	case *ast.Tags:
		for _, t := range n.Tags {
			d.name("label", t)
		}
		return
	case *ast.Contribution:
		d.name("label", n.Name)
		d.name("label", n.Level)
		return
	case *ast.Experiment:
		sections := slices.Clone(n.Sections)
		order := lang.Sections()
		slices.SortStableFunc(sections, func(a, b ast.Section) int {
			return cmp.Compare(slices.Index(order, a.Keyword()), slices.Index(order, b.Keyword()))
		})
		d.value("Title", reflect.ValueOf(n.Title))
		d.value("Sections", reflect.ValueOf(sections))
		return
	}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch field.Name {
		case "Span", "Source", "Comments", "KindPos", "OpPos", "Open", "Close", "Order", "Quote":
			continue
		case "Text":
			if v.Type().Name() == "Number" {
				continue
			}
		case "Clauses":
			clauses := slices.Clone(v.Field(i).Interface().([]*ast.Clause))
			slices.SortStableFunc(clauses, func(a, b *ast.Clause) int {
				return cmp.Compare(clauseRank(a), clauseRank(b))
			})
			d.value(field.Name, reflect.ValueOf(clauses))
			continue
		}
		d.value(field.Name, v.Field(i))
	}
}

func clauseRank(c *ast.Clause) ast.ClauseKind {
	if c.Kind == ast.Assert {
		return ast.Expect
	}
	return c.Kind
}
