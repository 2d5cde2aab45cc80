package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// Where secrets go. The mark travels with the types; for the parameters of a
// definition, which are checked once for all calls, flow.shows says which of
// them would show, and a place where a secret must not come is written into
// the definition, so that the call that gives one can be told.

// secretArg makes sure that an argument that is secret goes only where secrets
// are taken, and notes what shows in the result.
func (c *checker) secretArg(b *binding, a *ast.Arg, i int, x program.Expr, p *types.Param) {
	secret := x.Type().HasSecret()
	switch {
	case b.target.def != nil:
		d := b.target.def
		if leak := d.leaks[i]; leak.Source != nil {
			if secret {
				c.report(secretLeaksInDef(c.at(a.Value.Range()), p.Name, d.prog.Name, leak))
			}
			c.leak(c.at(a.Value.Range()))
		}
		if d.shows&(1<<min(i, maxParamBit)) != 0 {
			b.shows |= c.flow.shows
			b.secret = b.secret || secret
		}
	case b.sig.Kind == types.Pure:
		b.secret = b.secret || secret
	case !p.Secret:
		if secret {
			c.report(secretArgument(c.at(a.Value.Range()), p.Name, b.call.PathText(), a.Value, c.file.Source))
		}
		c.leak(c.at(a.Value.Range()))
	}
}

// leak notes that what c.flow shows gets out here.
func (c *checker) leak(at program.Loc) {
	if c.body != nil && c.body.def != nil && c.flow.shows != 0 {
		markParams(c.body.def.leaks, c.flow.shows, at)
	}
}

// open makes sure that a value that chaosc itself writes or acts on in the
// open is no secret.
func (c *checker) openValue(x program.Expr, e ast.Expr, where string) {
	if x.Type().HasSecret() {
		c.report(secretShown(c.at(e.Range()), where, e, c.file.Source))
	}
	c.leak(c.at(e.Range()))
}
