package check

import "github.com/chaosc-lang/chaosc/lang/program"

// unusedName tells a name of a block that nobody used.
func (c *checker) unusedName(sym *symbol) {
	if sym.used || c.quiet() {
		return
	}
	switch sym.Kind {
	case program.ConfigVar, program.SecretVar, program.LetVar:
		sym.used = true // config has two keys
		c.report(unusedName(sym))
	}
}

// unusedInFile tells what the root file declares and nobody uses. A file
// without experiments is a library, whose names are for others.
func (c *checker) unusedInFile(f *file) {
	if f.exps == 0 || f.Broken {
		return
	}
	c.file = f
	for _, sym := range f.lets {
		if !sym.used {
			c.report(unusedName(sym))
		}
	}
	for _, d := range f.defList {
		if d.tree.Name != nil && !d.used {
			c.report(unusedDef(c.at(d.tree.Name.Span), d.tree.Name.Text))
		}
	}
	for _, imp := range f.Imports {
		if imp.Alias == nil || imp.Decl.Python {
			continue
		}
		if sym := f.globals[imp.Alias.Text]; sym != nil && sym.name == imp.Alias && !sym.used {
			c.report(unusedImport(c.at(imp.Decl.Span), imp.Alias.Text))
		}
	}
}
