package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// maxDefDepth is how deep definitions may call each other.
const maxDefDepth = 100

// def is a definition. Its body is checked when it is first called, or at the
// end where nobody calls it.
type def struct {
	file  *file
	tree  *ast.Def
	prog  *program.Def
	state defState
	depth int // of the calls in it
	used  bool

	// What a call must keep to, by parameter; a zero place asks for nothing.
	loadTime []program.Loc // where the value must be known before the run
	leaks    []program.Loc // where a secret would get out
	shows    uint64        // parameters whose secret the result would show
	undoes   bool          // an action in it is put back
	outer    *def          // whose check led to this one
	callAt   program.Loc   // of the call that did
}

type defState uint8

const (
	defNew defState = iota
	defOpen
	defDone
)

// declareDef makes the name of a definition known.
func (c *checker) declareDef(d *def) {
	n := d.tree.Name
	if n == nil {
		return
	}
	switch old := c.file.defs[n.Text]; {
	case !n.IsIdent():
		// The parser has said that it must be an identifier.
	case builtin(n.Text) != nil:
		c.report(defHidesBuiltin(c.at(n.Span), n.Text))
	case old != nil:
		c.report(defTwice(c.at(n.Span), n.Text, c.at(old.tree.Name.Span)))
	default:
		c.file.defs[n.Text] = d
	}
}

// checkDefs checks the definitions of a file that no call has led to.
func (c *checker) checkDefs(f *file) {
	for _, d := range f.defList {
		c.resolveDef(d, program.Loc{})
	}
}

// resolveDef checks a definition, if that was not done yet. It returns false
// where the definition cannot be called from here: it is being checked itself,
// or the calls are too deep.
func (c *checker) resolveDef(d *def, call program.Loc) bool {
	switch {
	case d.state == defOpen:
		c.report(callCycle(call, c.callCycle(d)))
		return false
	case d.state == defNew && c.defDepth >= maxDefDepth:
		c.report(defsTooDeep(call, d.tree.Name.Text))
		return false
	case d.state == defNew:
		c.checkDef(d, call)
	}
	if c.body != nil && c.body.def != nil && call.Source != nil {
		outer := c.body.def
		outer.depth = max(outer.depth, d.depth+1)
		if outer.depth > maxDefDepth {
			c.report(defsTooDeep(call, d.tree.Name.Text))
			return false
		}
	}
	return true
}

// callCycle lists the definitions that call each other, d first.
func (c *checker) callCycle(d *def) []link {
	var list []link
	for x := c.body.def; x != d; x = x.outer {
		list = append([]link{{x.tree.Name.Text, x.callAt}}, list...)
	}
	return append([]link{{name: d.tree.Name.Text}}, list...)
}

// link is one step of a cycle: who is called, and where.
type link struct {
	name string
	at   program.Loc
}

// checkDef checks a definition in a world of its own: it sees its parameters
// and the constants of its file.
func (c *checker) checkDef(d *def, call program.Loc) {
	saved := *c
	if c.body != nil {
		d.outer = c.body.def
	}
	d.state, d.callAt = defOpen, call
	c.file, c.names = d.file, scope{byName: make(map[string]*symbol, 8)}
	c.body = &body{section: inDef, level: program.Fresh, def: d, unknown: &unknowns{}}
	c.place, c.flow, c.result, c.redo, c.branches = place{}, flow{}, nil, nil, nil
	c.defDepth++

	t := d.tree
	d.prog = &program.Def{Kind: t.Kind, At: c.at(t.Span)}
	kind := types.Probe
	if t.Kind == ast.Action {
		kind = types.Action
	}
	sig := &types.Signature{Kind: kind, Result: types.NullType}
	if t.Name != nil {
		d.prog.Name, sig.Name = t.Name.Text, t.Name.Text
	}
	d.prog.Sig = sig
	d.loadTime = make([]program.Loc, len(t.Params))
	d.leaks = make([]program.Loc, len(t.Params))
	mark := c.names.open()
	for _, p := range t.Params {
		c.param(d, p)
	}
	switch {
	case t.Call != nil:
		a := &ast.Activity{Span: t.Span, Kind: t.Kind, KindPos: t.KindPos, Call: t.Call, Clauses: t.Clauses}
		d.prog.Activity = c.activity(a)
		sig.Result = d.prog.Activity.Call.Type()
		d.shows = c.flow.shows
	case t.Body != nil && t.Kind == ast.Probe:
		sig.Result = types.InvalidType // the parser has said that it must be a call
	case t.Body != nil:
		d.prog.Body = c.block(t.Body)
	default:
		sig.Result = types.InvalidType
	}
	c.close(mark)
	d.prog.Slots = c.body.slots
	for i, v := range d.prog.Params {
		v.LoadTime = d.loadTime[i].Source != nil
	}
	d.state = defDone
	c.prog.Defs = append(c.prog.Defs, d.prog)

	saved.diags, saved.told, saved.lastID = c.diags, c.told, c.lastID
	saved.constants, saved.patterns = c.constants, c.patterns
	*c = saved
}

// param declares a parameter. Its type is the written one, else that of the
// default, else any.
func (c *checker) param(d *def, p *ast.Param) {
	t := types.AnyType
	var fallback program.Expr
	if p.Type != nil {
		t = c.typeOf(p.Type)
	}
	if p.Default != nil {
		c.place = place{loadTime: true}
		fallback = c.expr(p.Default)
		c.place = place{}
		if p.Type != nil {
			fallback = c.want(fallback, t, p.Default, role{noun: "the default", word: p.Name.Text})
		} else {
			t = fallback.Type()
		}
	}
	if p.Name == nil {
		return
	}
	sym := c.declare(p.Name, program.ParamVar, t)
	sym.param = min(len(d.prog.Params), maxParamBit)
	sym.used = true // a signature may be set by others
	d.prog.Params = append(d.prog.Params, &sym.Var)
	d.prog.Defaults = append(d.prog.Defaults, fallback)
	def := types.Param{Name: p.Name.Text, Type: t, Optional: p.Default != nil}
	if def.Optional {
		def.Default = c.file.Source.Slice(p.Default.Range())
	}
	d.prog.Sig.Params = append(d.prog.Sig.Params, def)
}

// maxParamBit is the last bit that a set of parameters has; parameters behind
// it share it.
const maxParamBit = 63

// markParams writes a place into the entries of the parameters in a set, where
// none stands yet.
func markParams(list []program.Loc, set uint64, at program.Loc) {
	for i := range list {
		if set&(1<<min(i, maxParamBit)) != 0 && list[i].Source == nil {
			list[i] = at
		}
	}
}
