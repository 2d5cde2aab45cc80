package plan

import (
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// maxRounds is how many rounds of loops are looked at for what one place
// touches.
const maxRounds = 32

// loop is a for around a step: what the step touches is looked up for each of
// its values. Outside of that its variable is not known.
type loop struct {
	list program.Expr
	v    *eval.Binding
}

// enter goes into a loop.
func (b *builder) enter(s *program.For) (leave func()) {
	b.loops = append(b.loops, loop{list: s.List, v: b.known.Bind(s.Var)})
	return func() {
		last := len(b.loops) - 1
		b.loops[last].v.Leave()
		b.loops = b.loops[:last]
	}
}

// touches returns what evaluating an expression touches.
func (b *builder) touches(e program.Expr) []Touch {
	var all []Touch
	b.walk(e, func(t Touch) { all = append(all, t) })
	return all
}

func (b *builder) read(t Touch) {
	if key := "reads " + t.Effect + t.What; !b.seen[key] {
		b.seen[key] = true
		b.plan.Reads = append(b.plan.Reads, t)
	}
}

func (b *builder) walk(e program.Expr, touch func(Touch)) {
	switch e := e.(type) {
	case nil:
		return
	case *program.Builtin:
		switch e.Func {
		case program.Env:
			b.touch("env", e.Arg, touch)
		case program.File:
			b.touch("read", e.Arg, touch)
		case program.Reveal:
			b.once(&b.plan.Revealed, text(e.Arg)+" at "+place(e.At))
		}
	case *program.Call:
		b.call(e, touch)
		b.arguments(e, touch)
		return
	}
	program.Operands(e, func(x program.Expr) { b.walk(x, touch) })
}

func (b *builder) arguments(c *program.Call, touch func(Touch)) {
	program.Operands(c, func(x program.Expr) { b.walk(x, touch) })
}

func (b *builder) call(c *program.Call, touch func(Touch)) {
	if c.AsProbe {
		b.once(&b.plan.Probing, c.Name+" at "+place(c.At))
	}
	if c.Def != nil {
		if b.steps++; b.steps > maxSteps || c.Def.Activity == nil {
			return
		}
		leave := b.known.Enter(c)
		defer leave()
		b.walk(c.Def.Activity.Call, touch)
		for _, check := range c.Def.Activity.Checks {
			b.walk(check.Cond, touch)
		}
		return
	}
	for i, p := range c.Signature().Params {
		if p.Effect != types.NoEffect && i < len(c.Args) && c.Args[i] != nil {
			b.touch(p.Effect.String(), c.Args[i], touch)
		}
	}
}

func (b *builder) once(list *[]string, line string) {
	if !b.seen[line] {
		b.seen[line] = true
		*list = append(*list, line)
	}
}

// touch says what one argument touches, in every round of the loops around
// that makes a difference.
func (b *builder) touch(effect string, e program.Expr, touch func(Touch)) {
	var said []string
	left := maxRounds
	var round func(loops []loop)
	round = func(loops []loop) {
		if len(loops) == 0 {
			left--
			t := b.one(effect, e)
			if !slices.Contains(said, t.What) {
				said = append(said, t.What)
				touch(t)
			}
			return
		}
		v := loops[0].v
		defer v.Clear()
		list, ok := b.known.Value(loops[0].list)
		if !ok {
			round(loops[1:])
			return
		}
		for x := range elements(list) {
			if left <= 0 {
				break
			}
			v.Set(x)
			round(loops[1:])
			if !v.Used() {
				return
			}
		}
	}
	round(b.loops)
	if left <= 0 || len(said) == 0 { // more than is shown, or a loop without a round
		touch(b.one(effect, e))
	}
}

// elements are the values of a loop.
func elements(list any) func(yield func(any) bool) {
	return func(yield func(any) bool) {
		switch list := list.(type) {
		case []any:
			for _, x := range list {
				if !yield(x) {
					return
				}
			}
		case value.Range:
			from, okFrom := list.From.(int64)
			to, okTo := list.To.(int64)
			for i := from; okFrom && okTo && i <= to; i++ {
				if !yield(i) || i == to {
					return
				}
			}
		}
	}
}

// one is what an argument touches, as far as it is known now.
func (b *builder) one(effect string, e program.Expr) Touch {
	if v, ok := b.known.Value(e); ok && !e.Type().HasSecret() {
		return Touch{Effect: effect, What: b.mask(strings.TrimSpace(value.Text(v))), Known: true}
	}
	t := Touch{Effect: effect, What: text(e)}
	var find func(program.Expr)
	from := func(name string) {
		if !slices.Contains(t.From, name) {
			t.From = append(t.From, name)
		}
	}
	find = func(x program.Expr) {
		switch x := x.(type) {
		case *program.Ref:
			from(x.Var.Name)
		case *program.Call:
			from(x.Name)
		}
		program.Operands(x, find)
	}
	find(e)
	return t
}
