package check

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// file is a source file with what it declares.
type file struct {
	*load.File
	globals  map[string]*symbol // imports and lets
	defs     map[string]*def
	defList  []*def // in the order of the text
	lets     []*symbol
	declared bool
	lost     bool // a declaration could not be read: an unknown name may be its
	exps     int
}

// newFile collects what a file declares, without looking into it.
func (c *checker) newFile(lf *load.File) *file {
	f := &file{File: lf, globals: map[string]*symbol{}, defs: map[string]*def{}}
	for _, d := range lf.AST.Decls {
		switch d := d.(type) {
		case *ast.Def:
			f.defList = append(f.defList, &def{file: f, tree: d})
		case *ast.Experiment:
			f.exps++
		case *ast.BadDecl:
			f.lost = true
		}
	}
	return f
}

// declareFile makes imports, definitions and constants of a file known, those
// of the files that it imports first.
func (c *checker) declareFile(f *file) {
	if f.declared {
		return
	}
	f.declared = true
	for _, imp := range f.Imports {
		if imp.File != nil {
			c.declareFile(c.files[imp.File])
		}
	}
	outer := c.file
	c.file = f
	for _, imp := range f.Imports {
		c.declareImport(imp)
	}
	for _, d := range f.defList {
		c.declareDef(d)
	}
	for _, d := range f.AST.Decls {
		if let, ok := d.(*ast.Let); ok {
			c.constant(let)
		}
	}
	c.file = outer
}

func (c *checker) declareImport(imp *load.Import) {
	name := imp.Alias
	if imp.Decl.Python {
		c.report(noPython(c.at(imp.Decl.Span)))
	}
	if name == nil {
		if !imp.Decl.Python {
			c.report(importWithoutAlias(c.at(imp.Decl.Span), imp.Decl))
		}
		return
	}
	sym := &symbol{name: name, isImp: true}
	sym.At = c.at(name.Span)
	if imp.File != nil {
		sym.alias = c.files[imp.File]
	}
	switch old := c.file.globals[name.Text]; {
	case isOwnWord(name.Text):
		c.report(ownWord(sym.At, name.Text, program.ConstVar))
		return
	case old != nil:
		c.report(nameTaken(sym.At, name.Text, old, true))
		return
	case c.reg.Namespace(name.Text) != nil:
		c.report(aliasHidesNamespace(sym.At, name.Text))
		return
	}
	c.file.globals[name.Text] = sym
}

// constant checks `let` at the top of a file.
func (c *checker) constant(let *ast.Let) {
	c.place, c.flow = place{loadTime: true}, flow{}
	x := c.expr(let.Value)
	if let.Name == nil {
		return
	}
	sym := c.newSymbol(let.Name, program.ConstVar, x.Type())
	sym.end = let.End
	if v, ok := c.known(x); ok {
		c.setKnown(&sym.Var, v)
	}
	c.prog.Lets = append(c.prog.Lets, &program.Let{Var: &sym.Var, Value: x, At: c.at(let.Span)})
	if !let.Name.IsIdent() {
		return
	}
	switch old := c.file.globals[let.Name.Text]; {
	case isOwnWord(let.Name.Text):
		c.report(ownWord(c.at(let.Name.Span), let.Name.Text, program.ConstVar))
	case old != nil:
		c.report(nameTaken(c.at(let.Name.Span), let.Name.Text, old, true))
	default:
		c.file.globals[let.Name.Text] = sym
		c.file.lets = append(c.file.lets, sym)
	}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
