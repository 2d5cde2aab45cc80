package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// args binds the arguments of a call to the parameters of what it calls, and
// finds the type of its result.
func (c *checker) args(e *ast.Call, target callee, call *program.Call) bool {
	sig := target.sig
	b := binding{call: e, sig: sig, target: target, args: make([]program.Expr, len(sig.Params))}
	outer := c.flow
	c.flow = flow{}
	ok := true
	for _, a := range e.Args {
		ok = c.arg(&b, a) && ok
	}
	for i := range sig.Params {
		if b.args[i] == nil && !sig.Params[i].Optional {
			b.missing = append(b.missing, i)
		}
	}
	if len(b.missing) > 0 && ok {
		c.report(missingArgs(c.at(e.Span), e.PathText(), sig, b.missing, e))
		ok = false
	}
	f := c.flow
	c.flow = outer
	if sig.Kind != types.Pure {
		f.markLate(e.Span)
		f.shows = 0
		if target.def != nil {
			f.shows = b.shows
		}
	}
	if sig.Kind != types.Pure && c.place.loadTime && c.place.looks {
		f.late = false // config looks once, before the run
	}
	c.flow.add(f)
	call.Args = b.args
	var argTypes []*types.Type
	if sig.Infer != nil {
		argTypes = make([]*types.Type, len(b.args))
		for i, x := range b.args {
			if x != nil {
				argTypes[i] = x.Type()
			}
		}
	}
	c.finishCall(call, sig, argTypes, b.secret)
	return ok
}

// binding is a call whose arguments are being bound.
type binding struct {
	call    *ast.Call
	sig     *types.Signature
	target  callee
	args    []program.Expr
	next    int  // parameter for the next argument by position
	named   bool // an argument had a name
	missing []int
	shows   uint64 // parameters of the definition around, whose secret shows in the result
	secret  bool   // so does that of an argument
}

// arg binds one argument.
func (c *checker) arg(b *binding, a *ast.Arg) bool {
	if c.clauseArg(b, a) {
		return false
	}
	i := c.paramOf(b, a)
	outer := c.flow
	c.flow = flow{}
	c.bareArg(b.sig, i, a)
	x := c.expr(a.Value)
	ok := !isPoison(x)
	if i >= 0 {
		p := &b.sig.Params[i]
		ok = c.bind(b, a, i, x) && ok
		c.secretArg(b, a, i, x, p)
		if p.Name == b.sig.Length {
			c.lengthArg(b, a)
		}
		if b.target.def != nil {
			c.defArg(b.target.def, a, i)
		}
	}
	f := c.flow
	c.flow = outer
	c.flow.add(f)
	return ok && i >= 0
}

// paramOf returns the parameter that an argument is for, or -1 where there is
// none.
func (c *checker) paramOf(b *binding, a *ast.Arg) int {
	if a.Name != nil {
		b.named = true
		i := b.sig.Param(a.Name.Text)
		switch {
		case i < 0:
			c.report(unknownParam(c.at(a.Name.Span), a.Name.Text, b.call.PathText(), b.sig))
			return -1
		case b.args[i] != nil:
			c.report(argTwice(c.at(a.Span), a.Name.Text, b.args[i].Where(), b.call.PathText()))
			return -1
		}
		return i
	}
	if b.named {
		return -1 // the parser has said that its place is before those with a name
	}
	for i := b.next; i < len(b.sig.Params); i++ {
		p := &b.sig.Params[i]
		if p.Named {
			continue
		}
		if p.Rest {
			b.next = i
		} else {
			b.next = i + 1
		}
		return i
	}
	c.report(tooManyArgs(c.at(a.Span), b.call.PathText(), b.sig, b.args))
	return -1
}

// bind puts the value of an argument where the function gets it.
func (c *checker) bind(b *binding, a *ast.Arg, i int, x program.Expr) bool {
	p := &b.sig.Params[i]
	r := role{noun: "the argument", word: p.Name, of: b.call}
	if !p.Rest {
		b.args[i] = c.want(x, p.Type, a.Value, r)
		return !isPoison(b.args[i])
	}
	rest, ok := b.args[i].(*program.Rest)
	if !ok {
		rest = &program.Rest{T: p.Type, At: c.at(a.Span)}
		b.args[i] = rest
	}
	rest.At.End = a.End
	want := p.Type.Elem
	if x.Type().Kind == types.List {
		want = p.Type
	}
	x = c.want(x, want, a.Value, r)
	if x.Type().HasSecret() {
		rest.T = rest.T.AsSecret()
	}
	rest.Elems = append(rest.Elems, x)
	return !isPoison(x)
}

// lengthArg makes sure that how long a call takes by itself is known before
// the run, since its time limit follows from it.
func (c *checker) lengthArg(b *binding, a *ast.Arg) {
	at := c.at(a.Value.Range())
	if c.flow.late && !c.flow.bad {
		c.report(notLoadTime(at, c.at(c.flow.lateAt), role{noun: "the argument", word: b.sig.Length, of: b.call}))
	} else if c.body != nil && c.body.def != nil {
		markParams(c.body.def.loadTime, c.flow.params, at)
	}
}

// defArg makes sure that an argument is what the definition needs of it.
func (c *checker) defArg(d *def, a *ast.Arg, i int) {
	if need := d.loadTime[i]; need.Source != nil {
		if c.flow.late {
			c.report(argNotLoadTime(c.at(a.Value.Range()), d.prog.Params[i].Name, d.prog.Name, need))
		} else if c.body != nil && c.body.def != nil {
			markParams(c.body.def.loadTime, c.flow.params, c.at(a.Value.Range()))
		}
	}
}
