package interp

import (
	"errors"
	"fmt"
	"time"

	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// The mistakes that are seen when the load-time values of an experiment are
// computed.

func mistake(code string, at program.Loc, format string, args ...any) *diag.Diagnostic {
	return &diag.Diagnostic{Code: code, Message: fmt.Sprintf(format, args...), Source: at.Source, Span: at.Span}
}

// innermost returns the place of the expression that failed.
func innermost(e program.Expr, err error) program.Loc {
	var failed *eval.Error
	if errors.As(err, &failed) {
		return failed.At
	}
	return e.Where()
}

func errNotGiven(what, name string, v *program.Var, at program.Loc) *diag.Diagnostic {
	d := mistake("E0601", at, "%s %q has no value", what, name)
	d.Label = "must be given from outside"
	d.Help = []diag.Help{{Message: fmt.Sprintf("give it by `--var %s=VALUE` (%s) or in a file by `--var-file`", name, v.Type)}}
	return d
}

// errCompute tells the reasons apart for which a value cannot be computed.
func errCompute(v *program.Var, e program.Expr, err error, probe bool) *diag.Diagnostic {
	at := innermost(e, err)
	var env *eval.EnvError
	var file *eval.FileError
	var text *eval.TextError
	switch {
	case errors.As(err, &env):
		d := mistake("E0602", at, "environment variable %s is not set", env.Name)
		d.Help = []diag.Help{{Message: fmt.Sprintf("set it, or write `env(%q, default: …)`", env.Name)}}
		return d
	case errors.As(err, &file):
		return mistake("E0603", at, "%v", file)
	case errors.As(err, &text):
		d := mistake("E0604", at, "%v", text)
		d.Label = "must be " + article(text.Type)
		return d
	case probe && containsProbe(e):
		d := mistake("E0607", at, "a probe that gives the value of %q failed: %v", v.Name, err)
		d.Notes = []string{"probe calls in config are made once, before the run"}
		return d
	}
	return mistake("E0606", at, "the value of %q cannot be computed: %v", v.Name, err)
}

func containsProbe(e program.Expr) bool {
	if c, ok := e.(*program.Call); ok && c.Signature().Kind != types.Pure {
		return true
	}
	found := false
	program.Operands(e, func(part program.Expr) { found = found || containsProbe(part) })
	return found
}

func errGiven(from string, v *program.Var, at program.Loc, err error) *diag.Diagnostic {
	if v.Type.Secret {
		err = fmt.Errorf("it is not %s", article(v.Type))
	}
	d := mistake("E0604", at, "%s: %v", from, err)
	d.Label = "is declared here as " + article(v.Type)
	return d
}

func errUnknownVar(name string, known []string) *diag.Diagnostic {
	d := mistake("E0605", program.Loc{}, "--var %s: the experiment has no config entry or secret of that name", name)
	if near, ok := diag.Nearest(name, known); ok {
		d.Help = []diag.Help{{Message: fmt.Sprintf("did you mean `--var %s=…`?", near)}}
	}
	return d
}

func errUnknownValue(name string, known []string) *diag.Diagnostic {
	d := mistake("W0601", program.Loc{}, "--var-file: no experiment has a config entry or secret %q", name)
	d.Severity = diag.Warning
	if near, ok := diag.Nearest(name, known); ok {
		d.Help = []diag.Help{{Message: fmt.Sprintf("did you mean %q?", near)}}
	}
	return d
}

func errTime(e program.Expr, what string, d time.Duration, zero bool) *diag.Diagnostic {
	rule := "must be more than 0s"
	if zero {
		rule = "must not be negative"
	}
	return mistake("E0608", e.Where(), "%s %s, and is %s", what, rule, value.Literal(d))
}

func errCount(e program.Expr, what string, n int64) *diag.Diagnostic {
	return mistake("E0608", e.Where(), "%s must not be negative, and is %d", what, n)
}

func errList(e program.Expr, v any) *diag.Diagnostic {
	return mistake("E0609", e.Where(), "for needs a list or a range of ints, not %s", value.Describe(v))
}

// article writes a type behind its article.
func article(t *types.Type) string {
	name := t.String()
	switch name[0] {
	case 'a', 'i':
		return "an " + name
	}
	return "a " + name
}
