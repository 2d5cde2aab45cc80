package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// callUse says what a call is made for, and so which kinds of functions it
// may call.
type callUse uint8

const (
	inExpr callUse = iota
	asProbe
	asAction
	asUndo
)

// callee is what a call leads to: a function of the library or a definition.
type callee struct {
	fn  *stdlib.Function
	def *def
	sig *types.Signature
}

// callExpr is a call in an expression.
func (c *checker) callExpr(e *ast.Call) program.Expr {
	if len(e.Path) == 1 {
		if b := builtin(e.Path[0].Name); b != nil {
			return c.builtinCall(e, b, nil)
		}
	}
	call := c.call(e, inExpr)
	if call == nil {
		return c.poison(e.Span)
	}
	return call
}

// call checks a call. It returns nil where nothing is known of its result: the
// function does not exist, or is of a kind that cannot be called here. Wrong
// arguments do not hide what else is wrong with what uses the result.
func (c *checker) call(e *ast.Call, use callUse) *program.Call {
	target, ok := c.resolve(e)
	if ok && target.def != nil {
		ok = c.resolveDef(target.def, c.at(e.PathSpan()))
		if ok {
			target.sig = target.def.prog.Sig
		}
	}
	if !ok {
		c.argsOfUnknown(e)
		return nil
	}
	ok = c.kindFits(e, target, use)
	call := &program.Call{Func: target.fn, Name: target.sig.Name, At: c.at(e.Span)}
	if target.def != nil {
		call.Def = target.def.prog
		call.Name = e.PathText()
	} else if target.sig.Kind == types.Open {
		call.AsProbe = use == inExpr || use == asProbe
	}
	looks := c.place.looks
	if use != inExpr {
		c.place.looks = false
	}
	c.args(e, target, call)
	c.place.looks = looks
	if !ok {
		return nil
	}
	return call
}

// argsOfUnknown looks at arguments whose parameters are not known, for the
// mistakes that they have by themselves.
func (c *checker) argsOfUnknown(e *ast.Call) {
	for _, a := range e.Args {
		c.expr(a.Value)
	}
}

// resolve finds what a call names, or says that there is no such thing.
func (c *checker) resolve(e *ast.Call) (callee, bool) {
	switch len(e.Path) {
	case 1:
		if d := c.file.defs[e.Path[0].Name]; d != nil {
			d.used = true
			return callee{def: d}, true
		}
	case 2:
		space, name := e.Path[0].Name, e.Path[1].Name
		key := [2]string{space, name}
		if fn := c.funcs[key]; fn != nil {
			return callee{fn: fn, sig: fn.Signature()}, true
		}
		if alias := c.file.globals[space]; alias != nil && alias.isImp {
			alias.used = true
			if alias.alias == nil {
				return callee{}, false // the import was wrong
			}
			if d := alias.alias.defs[name]; d != nil {
				d.used = true
				return callee{def: d}, true
			}
			break
		}
		if fn, ok := c.reg.Lookup(space + "." + name); ok {
			c.funcs[key] = fn
			return callee{fn: fn, sig: fn.Signature()}, true
		}
	}
	c.unknownFunction(e)
	return callee{}, false
}

// kindFits makes sure that a function of this kind may be called here.
func (c *checker) kindFits(e *ast.Call, target callee, use callUse) bool {
	kind := target.sig.Kind
	if fits(kind, use, c.place) {
		return true
	}
	at, name := c.at(e.PathSpan()), e.PathText()
	switch {
	case use == asProbe:
		c.report(actionAsProbe(at, name, c.kindAt, c.body))
	case use == asAction:
		c.report(probeAsAction(at, name, c.kindAt))
	case use == asUndo:
		c.report(undoByProbe(at, name))
	case kind == types.Action:
		c.report(actionInExpr(at, name))
	case c.place.loadTime:
		c.report(probeAtLoadTime(c.at(e.Span), name))
	default:
		c.report(probeInExpr(c.at(e.Span), name))
	}
	return false
}

// fits reports whether a function of a kind may be called for a use.
func fits(kind types.FuncKind, use callUse, p place) bool {
	switch use {
	case asProbe:
		return kind != types.Action
	case asAction, asUndo:
		return kind == types.Action || kind == types.Open
	}
	return kind == types.Pure || kind != types.Action && p.looks
}

// finishCall sets the type of what a call gives, with the mark of a secret
// where one shows in it.
func (c *checker) finishCall(call *program.Call, sig *types.Signature, args []*types.Type, secret bool) {
	call.T = sig.Result
	if sig.Infer != nil {
		if t := sig.Infer(args); t != nil {
			call.T = t
		}
	}
	if secret {
		call.T = call.T.AsSecret()
	}
}
