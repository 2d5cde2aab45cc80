package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// What only the language itself has: values from outside, and reveal.

// builtins have signatures so that their arguments are bound as all others.
var builtins = [...]*types.Signature{
	{Name: "env", Result: types.StringType, Params: []types.Param{
		{Name: "name", Type: types.StringType, Secret: true},
		{Name: "default", Type: types.AnyType, Optional: true, Named: true, Secret: true},
	}},
	{Name: "file", Result: types.StringType, Params: []types.Param{{Name: "path", Type: types.StringType}}},
	{Name: "vault", Result: types.StringType, Params: []types.Param{
		{Name: "path", Type: types.StringType},
		{Name: "key", Type: types.StringType, Optional: true, Named: true},
	}},
	{Name: "reveal", Result: types.AnyType, Params: []types.Param{{Name: "secret", Type: types.AnyType, Secret: true}}},
}

// builtin returns the signature of a built-in function, or nil.
func builtin(name string) *types.Signature {
	for _, b := range builtins {
		if b.Name == name {
			return b
		}
	}
	return nil
}

// builtinCall checks a call of a built-in function. declared is the type of
// the entry of config whose whole value it is, or nil.
func (c *checker) builtinCall(e *ast.Call, sig *types.Signature, declared *types.Type) program.Expr {
	switch {
	case sig.Name == "vault":
		c.report(noVault(c.at(e.Span)))
		c.argsOfUnknown(e)
		return c.poison(e.Span)
	case sig.Name != "reveal" && !c.place.outside:
		c.report(outsideConfig(c.at(e.Span), sig.Name))
		c.argsOfUnknown(e)
		return c.poison(e.Span)
	}
	shows := c.flow.shows
	call := &program.Call{}
	if !c.args(e, callee{sig: sig}, call) {
		return c.poison(e.Span)
	}
	x := &program.Builtin{Arg: call.Args[0], At: c.at(e.Span)}
	switch sig.Name {
	case "reveal":
		x.Func, x.T = program.Reveal, revealed(call.Args[0].Type())
		c.flow.shows = shows
		return x
	case "file":
		x.Func = program.File
	case "env":
		x.Func, x.Default = program.Env, call.Args[1]
	}
	return c.outsideType(e, x, declared)
}

// outsideType finds the type that a text from outside is converted to: the
// declared one, that of the default, else string.
func (c *checker) outsideType(e *ast.Call, x *program.Builtin, declared *types.Type) program.Expr {
	x.T = types.StringType
	switch {
	case declared != nil:
		x.T = declared
		if x.Default != nil {
			x.Default = c.want(x.Default, declared, defaultArg(e), role{noun: "the default", word: "env"})
		}
	case x.Default != nil && x.Default.Type().Kind != types.Null:
		x.T = x.Default.Type()
	}
	return x
}

func defaultArg(e *ast.Call) ast.Expr {
	for _, a := range e.Args {
		if a.Name != nil && a.Name.Text == "default" {
			return a.Value
		}
	}
	return e
}

// revealed returns a type without any mark of a secret.
func revealed(t *types.Type) *types.Type {
	if !t.HasSecret() {
		return t
	}
	r := *t.Revealed()
	if r.Elem != nil {
		r.Elem = revealed(r.Elem)
	}
	if r.Fields != nil {
		r.Fields = append([]types.Field(nil), r.Fields...)
		for i := range r.Fields {
			r.Fields[i].Type = revealed(r.Fields[i].Type)
		}
	}
	return &r
}
