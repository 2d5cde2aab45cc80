package check

import (
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// quiet reports whether an unknown name may have been declared in a part of
// the text that could not be read, so that nothing is to be said of it.
func (c *checker) quiet() bool {
	return c.file.lost || c.body != nil && c.body.exp != nil && c.body.exp.lost
}

// maxHints is after how many diagnostics no near names are looked for among
// those of the file, whose number is not limited: it would take the square of
// the time.
const maxHints = 100

// tired reports whether enough was said for hints to be worth their time.
func (c *checker) tired() bool { return len(c.diags) > maxHints }

// keyed lists what stands in the table of names under a prefix.
func (c *checker) keyed(prefix string) []string {
	var list []string
	for key := range c.names.byName {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			list = append(list, rest)
		}
	}
	return sorted(list)
}

// groups lists the groups of secrets.
func (c *checker) groups() []string {
	var list []string
	for _, key := range c.keyed("\x00s") {
		group, _, _ := strings.Cut(key, "\x00")
		list = append(list, group)
	}
	return sorted(list)
}

// unknown says that nothing visible has a name, and finds out what is the
// likeliest reason.
func (c *checker) unknown(e *ast.Ident) {
	if c.quiet() || c.result != nil && isPoisonType(c.result.t) {
		return // it may be a field of a result that nothing is known of
	}
	if c.redo != nil {
		c.notVisible(e.Name, e.Span)
		return
	}
	if c.body != nil && c.body.again(e.Name) {
		return
	}
	at, later := c.at(e.Span), c.laterConstant(e)
	switch {
	case e.Name == "config" || e.Name == "secrets":
		c.report(sectionAsValue(at, e.Name))
	case e.Name == "it" || e.Name == "elapsed":
		c.report(resultOutside(at, e.Name))
	case e.Name == "baseline":
		c.report(baselineOutside(at))
	case c.result != nil && c.result.name == e.Name:
		c.report(ownNameInClause(at, e.Name))
	case c.file.globals[e.Name] != nil:
		c.report(usedBeforeDeclared(at, e.Name, c.file.globals[e.Name].At))
	case c.body != nil && c.body.exp != nil && c.body.exp.later(e.Name) != nil:
		c.report(usedBeforeDeclared(at, e.Name, c.at(c.body.exp.later(e.Name).Name.Span)))
	case later != nil:
		c.report(usedBeforeDeclared(at, e.Name, c.at(later.Span)))
	case c.file.defs[e.Name] != nil || builtin(e.Name) != nil:
		c.report(functionAsValue(at, e.Name))
	case c.reg.Namespace(e.Name) != nil:
		c.report(namespaceAsValue(at, e.Name))
	default:
		if left, right, ok := c.subtraction(e.Name); ok {
			c.report(meantSubtraction(at, e.Name, left, right))
			return
		}
		if sym := c.inBranch(e.Name); sym != nil {
			c.report(nameOfOtherBranch(at, e.Name, sym))
			return
		}
		if c.body != nil && c.body.exp != nil {
			if n := c.body.exp.quoted(e.Name); n != nil {
				c.report(nameInQuotes(at, e.Name, c.at(n.Span)))
				return
			}
			if named := c.body.exp.activities()[e.Name]; len(named) > 0 {
				if decl := c.at(named[0].Name.Span); named[0].Start < e.Start {
					c.report(endedName(at, e.Name, decl))
				} else {
					c.report(usedBeforeDeclared(at, e.Name, decl))
				}
				return
			}
		}
		if ours, ok := foreignValues[e.Name]; ok {
			c.report(foreignValue(at, e.Name, ours))
			return
		}
		if ours := foreignFields[strings.ToLower(e.Name)]; ours != "" && (ours == "it" && c.result != nil || ours != "it" && c.result.has(ours)) {
			c.report(foreignValue(at, e.Name, ours))
			return
		}
		near, ok := diag.Nearest(e.Name, c.visibleNames())
		if !ok || c.bare.is(e) && e.Name == strings.ToUpper(e.Name) {
			near = "" // the name of a variable of the environment
		}
		m := unknownName(at, e.Name, near, c.result, c.lookup(near, e.Start))
		if near == "" && c.bare.is(e) && (c.body == nil || c.body.def == nil) {
			m.edit(e.Span, strconv.Quote(e.Name), "if it is meant as a text, write `%q`", e.Name)
		}
		c.report(m)
		if c.body != nil && !c.result.has(near) {
			c.body.unknown.add(e.Name, m)
		}
	}
}

// unknowns are the names of an experiment or a definition that were told to be
// unknown. That nothing has such a name is told once, at its first use.
type unknowns struct {
	told map[string]*unknownUse
}

type unknownUse struct {
	mistake *mistake
	more    int
}

func (u *unknowns) add(name string, m *mistake) {
	if u.told == nil {
		u.told = map[string]*unknownUse{}
	}
	u.told[name] = &unknownUse{mistake: m}
}

// again reports whether a name was told before, and counts it there.
func (b *body) again(name string) bool {
	use := b.unknown.told[name]
	if use == nil {
		return false
	}
	use.more++
	times := "once"
	if use.more > 1 {
		times = strconv.Itoa(use.more) + " times"
	}
	use.mistake.Notes = []string{"the name is used " + times + " more"}
	return true
}

// unknownConfig says that config has no entry of a name, or not yet.
func (c *checker) unknownConfig(name string, at ast.Span) {
	if c.body != nil && c.body.exp != nil {
		if entry := c.body.exp.later(name); entry != nil {
			c.report(usedBeforeDeclared(c.at(at), name, c.at(entry.Name.Span)))
			return
		}
	}
	c.report(unknownConfig(c.at(at), name, c.keyed("\x00c"), c.body))
}

// subtraction splits a name at a hyphen so that both sides are visible.
func (c *checker) subtraction(name string) (left, right string, ok bool) {
	for i := range len(name) {
		if name[i] != '-' {
			continue
		}
		left, right = name[:i], name[i+1:]
		if c.isValue(left) && c.isValue(right) {
			return left, right, true
		}
	}
	return "", "", false
}

func (c *checker) isValue(name string) bool {
	if c.result.has(name) {
		return true
	}
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		return strings.Trim(name, "0123456789") == ""
	}
	return c.names.byName[name] != nil || c.file.globals[name] != nil
}

// unknownFunction says that a call leads nowhere, and what could be meant.
func (c *checker) unknownFunction(e *ast.Call) {
	name := e.PathText()
	last := e.Path[len(e.Path)-1]
	at := c.at(e.PathSpan())
	if len(e.Path) == 1 {
		if c.file.lost {
			return
		}
		near, ok := diag.Nearest(name, c.functionNames())
		if !ok {
			near = ""
		}
		var places []string
		for _, fn := range c.reg.Functions() {
			if _, short, _ := strings.Cut(fn.Name(), "."); short == name {
				places = append(places, fn.Name())
			}
		}
		places = append(places, c.inImports(name)...)
		if len(places) > 0 {
			near = ""
		}
		c.report(unknownFunction(at, name, near, places))
		return
	}
	space := e.Path[0].Name
	if alias := c.file.globals[space]; alias != nil && alias.isImp {
		if alias.alias == nil || alias.alias.lost {
			return
		}
		var names []string
		for n := range alias.alias.defs {
			if c.tired() {
				break
			}
			names = append(names, n)
		}
		c.report(unknownMember(c.at(last.Span), last.Name, alias.alias.Source.Name, sorted(names)))
		return
	}
	if ns := c.reg.Namespace(space); ns != nil {
		var names []string
		for _, fn := range ns.Functions() {
			names = append(names, strings.TrimPrefix(fn.Name(), space+"."))
		}
		c.report(unknownMember(c.at(last.Span), last.Name, space, sorted(names)))
		return
	}
	if c.file.lost {
		return
	}
	c.report(unknownNamespace(c.at(e.Path[0].Span), space, c.spaces(), c.lookup(space, e.Path[0].Start)))
}

// inImports lists the definitions of a name in the files that are imported.
func (c *checker) inImports(name string) []string {
	var list []string
	for space, sym := range c.file.globals {
		if sym.isImp && sym.alias != nil && sym.alias.defs[name] != nil {
			list = append(list, space+"."+name)
		}
	}
	return sorted(list)
}

// laterConstant returns the name of a `let` of the file that comes after e and
// declares what e names, or nil.
func (c *checker) laterConstant(e *ast.Ident) *ast.Name {
	if c.tired() {
		return nil
	}
	for _, d := range c.file.AST.Decls {
		if let, ok := d.(*ast.Let); ok && let.Start > e.Start && let.Name != nil && let.Name.IsIdent() && let.Name.Text == e.Name {
			return let.Name
		}
	}
	return nil
}

// functionNames lists what can be called without a dot.
func (c *checker) functionNames() []string {
	var names []string
	if c.tired() {
		return nil
	}
	for _, b := range builtins {
		names = append(names, b.Name)
	}
	for n := range c.file.defs {
		names = append(names, n)
	}
	return sorted(names)
}

// spaces lists what can stand before the dot of a call.
func (c *checker) spaces() []string {
	var names []string
	for _, ns := range c.reg.Namespaces() {
		names = append(names, ns.Name)
	}
	for n, sym := range c.file.globals {
		if sym.isImp {
			names = append(names, n)
		}
	}
	return sorted(names)
}

// restoreUnknown says that `restore` names nothing visible.
func (c *checker) restoreUnknown(n *ast.Name) *mistake {
	var names []string
	for name, sym := range c.names.byName {
		if c.tired() {
			break
		}
		if sym.act != nil && sym.act.prog.Kind == ast.Action {
			names = append(names, name)
		}
	}
	near, _ := diag.Nearest(n.Text, sorted(names))
	return restoreUnknown(c.at(n.Span), n.Text, near)
}
