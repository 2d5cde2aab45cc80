package interp

import (
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/undo"
	"github.com/chaosc-lang/chaosc/lang/bounds"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/literal"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// maxFile bounds what file() reads.
const maxFile = 16 << 20

// Inputs is what comes from outside of the source.
type Inputs struct {
	// Vars are the texts of --var by name; a secret is named "group.name" or
	// "secrets.group.name". They override files, and those the experiment.
	Vars map[string]string
	// Values are those of --var-file, as values of the language, by the same
	// names; config entries may also stand in an object "configuration", and
	// secrets in an object "secrets" by group and name. A text that stands for
	// something else is converted.
	Values map[string]any
	// Together are the experiments that get these inputs: what one of them
	// asks for is not unknown to another.
	Together []*program.Experiment
	// LookupEnv looks up a variable of the environment; nil knows none.
	LookupEnv func(string) (string, bool)
	// Env is the world for file() and for probe calls in config; nil is the
	// machine.
	Env *stdlib.Env
	// NoProbes leaves out the probe calls in config, and takes a variable that
	// the environment does not have for one of any value: what they give is not
	// known then. A plan looks at nothing and needs no secrets.
	NoProbes bool
}

// Prepared is an experiment whose load-time values are known.
type Prepared struct {
	Program    *program.Program
	Experiment *program.Experiment
	// Masker knows the secrets.
	Masker *value.Masker

	in      Inputs
	globals frame
	given   map[*program.Var]bool // by --var or --var-file
	hidden  hidden
	said    messages

	timeout  time.Duration // of a call that says none
	deadline time.Duration // 0 for none
	every    time.Duration // of the checks during the method
}

// Prepare computes everything that must be known before a run: constants,
// config and secrets. With an error among the diagnostics nothing is prepared
// and nil is returned. ctx ends the probe calls of config.
func Prepare(ctx context.Context, prog *program.Program, exp *program.Experiment, in Inputs) (*Prepared, diag.List) {
	p := &Prepared{Program: prog, Experiment: exp, Masker: value.NewMasker(), globals: make(frame, prog.Globals),
		given: map[*program.Var]bool{}, timeout: bounds.DefaultTimeout, every: bounds.DefaultEvery}
	if in.Env == nil {
		in.Env = machine(in.LookupEnv, p.said.add)
		defer in.Env.Close()
	}
	p.in = in
	l := &loader{p: p, ctx: ctx}
	l.sc = &scope{r: &run{p: p, exp: exp, env: in.Env}, phase: &phase{name: journal.Setup},
		group: &group{}, quiet: true}
	if in.NoProbes {
		l.sc.r.opts.Dry = DryProbes
	}
	l.names()
	for _, let := range prog.Lets {
		l.store(let.Var, let.Value, false)
	}
	for _, c := range exp.Config {
		l.entry("config", c.Var, c.Value, c.At, c.Var.Name, "config."+c.Var.Name)
	}
	for _, s := range exp.Secrets {
		name := s.Group + "." + s.Var.Name
		l.entry("secret", s.Var, s.Value, s.At, name, "secrets."+name)
		if c := p.globals[s.Var.Slot]; c.set {
			p.hide(c.v)
		}
	}
	if !l.diags.HasErrors() {
		l.limits()
	}
	if l.diags.HasErrors() {
		return nil, l.diags.Sort()
	}
	return p, l.diags.Sort()
}

// Value returns the value of an expression that needs only load-time values,
// and whether it is such a one.
func (p *Prepared) Value(ctx context.Context, e program.Expr) (any, bool) {
	if e == nil {
		return nil, false
	}
	return eval.FoldWith(ctx, e, p.known)
}

// machine is the world as it is; what functions say goes to log.
func machine(lookup func(string) (string, bool), log func(level, message string)) *stdlib.Env {
	return &stdlib.Env{Clock: stdlib.SystemClock{}, Files: stdlib.SystemFiles{}, Processes: stdlib.SystemProcesses{},
		Dial: new(net.Dialer).DialContext, Handles: stdlib.NewHandles("config"), RunID: "config",
		Rand: stdlib.NewRand(0), LookupEnv: lookup, Log: log, VerifyTLS: true, Grace: stdlib.DefaultGrace}
}

func (p *Prepared) known(v *program.Var) (any, bool) {
	if v.Level != program.Global {
		return nil, false
	}
	c := p.globals[v.Slot]
	return c.v, c.set
}

// Given reports whether an entry of config or of secrets was given from
// outside.
func (p *Prepared) Given(v *program.Var) bool { return p.given[v] }

// Timeout returns the time limit of a call that says none.
func (p *Prepared) Timeout() time.Duration { return p.timeout }

func (p *Prepared) deadlineStop() *Stop {
	return &Stop{Cause: causeDeadline, Message: "the deadline of " + literal.FormatDuration(p.deadline) + " is over"}
}

func (p *Prepared) lookupEnv(name string) (string, bool, error) {
	if p.in.LookupEnv == nil {
		return "", false, nil
	}
	text, ok := p.in.LookupEnv(name)
	return text, ok, nil
}

func (p *Prepared) readFile(name string) ([]byte, error) {
	f, err := p.in.Env.Files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = errors.New("it is larger than " + literal.FormatSize(maxFile))
	}
	return data, err
}

// origin says where a secret came from.
func (p *Prepared) origin(s *program.Secret) undo.Secret {
	name := undo.Secret{Name: s.Group + "." + s.Var.Name}
	b, ok := s.Value.(*program.Builtin)
	if !ok || p.given[s.Var] {
		return name
	}
	arg, ok := p.Value(context.Background(), b.Arg)
	text, isText := arg.(string)
	switch {
	case !ok || !isText:
	case b.Func == program.Env:
		return undo.Secret{Env: text}
	case b.Func == program.File:
		return undo.Secret{File: text}
	}
	return name
}

// loader computes the load-time values, and collects what is wrong.
type loader struct {
	p     *Prepared
	ctx   context.Context
	sc    *scope
	diags diag.List
	bad   map[*program.Var]bool // whose error is told already
}

func (l *loader) add(d *diag.Diagnostic) { l.diags = append(l.diags, d) }

// names finds what was given from outside and is not asked for.
func (l *loader) names() {
	var names []string
	known := map[string]bool{}
	add := func(short, long string) {
		names = append(names, short)
		known[short], known[long] = true, true
	}
	for _, e := range append([]*program.Experiment{l.p.Experiment}, l.p.in.Together...) {
		for _, c := range e.Config {
			add(c.Var.Name, "config."+c.Var.Name)
		}
		for _, s := range e.Secrets {
			name := s.Group + "." + s.Var.Name
			add(name, "secrets."+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.p.in.Vars)) {
		if !known[name] {
			l.add(errUnknownVar(name, names))
		}
	}
	known["configuration"], known["secrets"] = true, true
	for _, name := range slices.Sorted(maps.Keys(l.p.in.Values)) {
		if !known[name] {
			l.add(errUnknownValue(name, names))
		}
	}
}

// store computes the value of a name.
func (l *loader) store(v *program.Var, e program.Expr, probe bool) {
	x, err := eval.Eval(l.ctx, e, l.sc)
	if err == nil {
		x, err = value.Check(x, v.Type)
	}
	switch {
	case err == nil:
		l.sc.set(v, x)
	case l.p.in.NoProbes && (errors.Is(err, errDry) || unset(err)):
		l.p.globals[v.Slot] = cell{out: &outcome{dry: true}}
	case !l.follows(e):
		l.add(errCompute(v, e, err, probe))
		l.spoil(v)
	default:
		l.spoil(v)
	}
}

// unset reports whether a variable of the environment is missing: a plan can be
// made without it.
func unset(err error) bool {
	var e *eval.EnvError
	return errors.As(err, &e)
}

// spoil remembers that the error of a name is told.
func (l *loader) spoil(v *program.Var) {
	if l.bad == nil {
		l.bad = map[*program.Var]bool{}
	}
	l.bad[v] = true
}

// follows reports whether an expression reads a name whose error is told.
func (l *loader) follows(e program.Expr) bool {
	if ref, ok := e.(*program.Ref); ok {
		return l.bad[ref.Var]
	}
	found := false
	program.Operands(e, func(part program.Expr) { found = found || l.follows(part) })
	return found
}

// entry computes an entry of config or of secrets: as given on the command
// line, else in a file, else in the source.
func (l *loader) entry(what string, v *program.Var, e program.Expr, at program.Loc, names ...string) {
	for _, name := range names {
		if text, ok := l.p.in.Vars[name]; ok {
			l.given(v, text, "--var "+name, at)
			return
		}
	}
	if x, ok := l.fromFile(v, names); ok {
		l.given(v, x, "--var-file, "+names[0], at)
		return
	}
	if e == nil {
		l.add(errNotGiven(what, names[0], v, at))
		l.spoil(v)
		return
	}
	l.store(v, e, true)
}

// fromFile looks an entry up among the values of --var-file.
func (l *loader) fromFile(v *program.Var, names []string) (any, bool) {
	for _, name := range names {
		if x, ok := l.p.in.Values[name]; ok {
			return x, true
		}
	}
	object := "configuration"
	if v.Kind == program.SecretVar {
		object = "secrets"
	}
	x := l.p.in.Values[object]
	for key := range strings.SplitSeq(names[0], ".") {
		m, ok := x.(*value.Map)
		if !ok {
			return nil, false
		}
		if x, ok = m.Get(key); !ok {
			return nil, false
		}
	}
	return x, true
}

// given takes a value from outside, converted to the declared type.
func (l *loader) given(v *program.Var, x any, from string, at program.Loc) {
	l.p.given[v] = true
	var err error
	if text, ok := x.(string); ok && v.Type.Kind != types.String {
		x, err = value.Parse(text, v.Type)
	} else {
		x, err = value.Check(x, v.Type)
	}
	if err != nil {
		l.add(errGiven(from, v, at, err))
		l.spoil(v)
		return
	}
	l.sc.set(v, x)
}
