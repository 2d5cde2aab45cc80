package check

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// Mistakes with what is known when, with arguments and with secrets: E0322 to
// E0332.

func notLoadTime(at, late program.Loc, what role) *mistake {
	m := fault("E0322", at, "%s must be known before the run", what)
	if late.Start != at.Start {
		m.related(late, "known only in the run")
	} else {
		m.label("known only in the run")
	}
	return m.help("take it from `config`, where a probe can be called once before the run, or from a `let` at the top of the file")
}

func argNotLoadTime(at program.Loc, param, def string, need program.Loc) *mistake {
	return fault("E0323", at, "the argument `%s` of %s must be known before the run", param, def).
		label("known only in the run").related(need, "%s needs it here", def).
		help("take it from `config`, where a probe can be called once before the run")
}

func probeAtLoadTime(at program.Loc, name string) *mistake {
	return fault("E0324", at, "%s looks at the world, but this must be known before the run", name).
		help("put the call in `config`, where it is made once before the run, and use the name of the entry here")
}

func missingArgs(at program.Loc, name string, sig *types.Signature, missing []int, call *ast.Call) *mistake {
	names := make([]string, len(missing))
	for i, m := range missing {
		names[i] = "`" + sig.Params[m].Name + "`"
	}
	noun := "the argument "
	if len(names) > 1 {
		noun = "the arguments "
	}
	m := fault("E0325", at, "%s%s of %s %s missing", noun, strings.Join(names, ", "), name, isOrAre(len(names)))
	var texts []string
	for _, i := range missing {
		p := sig.Params[i]
		example := exampleOf(p.Type)
		if example == "" {
			return m
		}
		texts = append(texts, p.Name+": "+example)
	}
	text := strings.Join(texts, ", ")
	if len(call.Args) > 0 {
		text = ", " + text
	}
	return m.edit(ast.Span{Start: call.Close, End: call.Close}, text, "write, as in")
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// exampleOf is a literal of a type, or "".
func exampleOf(t *types.Type) string {
	switch alternatives(t)[0].Kind {
	case types.String:
		return `"…"`
	case types.Int:
		return "1"
	case types.Float:
		return "1.0"
	case types.Bool:
		return "true"
	case types.Duration:
		return "1s"
	case types.Size:
		return "1MiB"
	case types.Percent:
		return "10%"
	}
	return ""
}

func argTwice(at program.Loc, param string, old program.Loc, function string) *mistake {
	return fault("E0326", at, "the argument `%s` of %s is given twice", param, function).related(old, "first given here")
}

func tooManyArgs(at program.Loc, function string, sig *types.Signature, given []program.Expr) *mistake {
	n := 0
	var named, free []string
	for i, p := range sig.Params {
		if p.Named {
			named = append(named, p.Name)
			if given[i] == nil {
				free = append(free, p.Name)
			}
		} else {
			n++
		}
	}
	m := fault("E0327", at, "%s takes %s by position", function, number(n, "argument"))
	if n == 0 {
		m.Message = function + " takes no arguments by position"
	}
	if len(free) == 1 {
		m.edit(ast.Span{Start: at.Start, End: at.Start}, free[0]+": ", "write `%s: %s`", free[0], oneLine(at.Text()))
	}
	if len(named) > 0 {
		return m.listing("to be given by name", named)
	}
	return m
}

func secretArgument(at program.Loc, param, function string, e ast.Expr, src *ast.Source) *mistake {
	m := fault("E0329", at, "a secret must not reach the argument `%s` of %s", param, function).
		label("computed from a secret").
		note("secrets go to headers, bodies and environments, where chaosc keeps them out of what it writes")
	if text := src.Slice(e.Range()); !strings.Contains(text, "\n") {
		m.edit(at.Span, "reveal("+text+")", "where it must go there all the same, say so; `chaosc plan` lists it")
	}
	return m
}

func secretShown(at program.Loc, where string, e ast.Expr, src *ast.Source) *mistake {
	return fault("E0330", at, "a secret must not reach %s", where).label("computed from a secret").
		help("leave it out, or let it go by `reveal(…)`, which `chaosc plan` lists")
}

func secretInConfig(at program.Loc) *mistake {
	return fault("E0330", at, "a secret must not reach `config`, which is read before `secrets` and written in the open").
		help("make the entry a secret, or use the secret where it is needed")
}

func secretLeaksInDef(at program.Loc, param, def string, leak program.Loc) *mistake {
	return fault("E0331", at, "the parameter `%s` of %s takes no secret", param, def).label("computed from a secret").
		related(leak, "it would get out here")
}

func outsideConfig(at program.Loc, name string) *mistake {
	return fault("E0332", at, "`%s` can be read only in `config` and `secrets`", name).
		help("make an entry of it, as `config { x = %s }`, and use the name", at.Text())
}
