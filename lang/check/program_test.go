package check_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// compiled is the program of a source without a mistake.
func compiled(t *testing.T, text string) *program.Program {
	t.Helper()
	p, diags := checked("a.chaos", map[string]string{"a.chaos": text,
		"web.chaos": "let port = 80\nprobe healthy(url: string) = http.get(url) expect status == 200"})
	if p == nil {
		t.Fatalf("%s: %s", diag.Place(diags[0].Source, diags[0].Span), diags[0].Message)
	}
	return p
}

func TestActivities(t *testing.T) {
	t.Parallel()
	x := compiled(t, `experiment "t" {
    config { limit = 2s }
    setup { action db = process.start("postgres", ["-D"], "x") undo }
    steady "s" {
        probe up = http.get("http://localhost")
            timeout limit
            expect status == 200
            assert elapsed < 2 * baseline.elapsed
            expect db.elapsed < 3s
    }
    method {
        action crash = process.kill(db) undo
        action run = process.run("x") undo by process.run("y", it.stdout)
        action note = fs.write("x", "y") keep
        probe post = http.post("http://localhost")
        log "${crash} ${run.status}"
    }
}`).Experiments[0]
	up := x.Steady.Body.Stmts[0].(*program.Activity)
	want := []struct{ own, baseline, assert bool }{{true, false, false}, {true, true, true}, {false, false, false}}
	for i, c := range up.Checks {
		if c.Own != want[i].own || c.Baseline != want[i].baseline || c.Assert != want[i].assert {
			t.Errorf("check %d: %+v", i, c)
		}
	}
	if up.Var.Level != program.Fresh || up.Var.Slot != 0 || x.Steady.Slots != 1 {
		t.Errorf("steady: %+v, %d slots", up.Var, x.Steady.Slots)
	}
	method := x.Method.Stmts
	for i, mode := range []program.UndoMode{program.UndoInverse, program.UndoCall, program.UndoKeep, program.UndoNone} {
		if got := method[i].(*program.Activity).Undo; got != mode {
			t.Errorf("statement %d: undo %v, want %v", i, got, mode)
		}
	}
	if run := method[1].(*program.Activity); !run.UndoReads || run.UndoBy == nil || run.Call.AsProbe {
		t.Errorf("undo by: %+v", run)
	}
	if post := method[3].(*program.Activity); !post.Call.AsProbe {
		t.Error("an open function is not marked where a probe calls it")
	}
	start := x.Setup.Stmts[0].(*program.Activity)
	if start.Var.Level != program.Shared || start.Var.Slot != 0 || x.Slots != 5 {
		t.Errorf("shared frame: %+v, %d slots", start.Var, x.Slots)
	}
	rest := start.Call.Args[start.Call.Signature().Param("args")].(*program.Rest)
	if len(rest.Elems) != 2 {
		t.Errorf("rest has %d elements", len(rest.Elems))
	}
}

func TestReference(t *testing.T) {
	t.Parallel()
	x := compiled(t, `experiment "t" {
    method {
        probe later
            timeout 9s
            expect it
        probe later = fs.exists("x")
            timeout 2s
            retry 3
            expect elapsed < 1s
        action move = fs.rename("x", to: "y") undo
        action move keep
        restore move
    }
}`).Experiments[0]
	ref, later := x.Method.Stmts[0].(*program.Activity), x.Method.Stmts[1].(*program.Activity)
	if ref.Ref != later || ref.ID == later.ID || ref.Var != nil {
		t.Errorf("reference: %+v", ref)
	}
	if len(ref.Checks) != 2 || ref.Retry == nil || ref.Timeout.Where().Text() != "9s" {
		t.Errorf("clauses: %+v", ref)
	}
	move, again := x.Method.Stmts[2].(*program.Activity), x.Method.Stmts[3].(*program.Activity)
	if again.Ref != move || again.Var != move.Var || again.Undo != program.UndoKeep {
		t.Errorf("reference: %+v", again)
	}
}

func TestDefinitions(t *testing.T) {
	t.Parallel()
	p := compiled(t, `import "web.chaos" as web

let limit = 2 * 3s

action both(path: string, rest: duration = limit) {
    action first = move(path)
    pause rest
}

action move(path: string) = fs.rename(path, to: "${path}.old") undo

experiment "t" {
    method {
        wait until web.healthy("http://localhost:${web.port}") and not (web.healthy("x")) within limit
        let r = web.healthy("x")
        action go = both("x", rest: 1s)
        log "${r.status} ${go}"
    }
}`)
	x := p.Experiments[0]
	cond := x.Method.Stmts[0].(*program.Wait).Cond.(*program.Binary)
	if _, ok := cond.X.(*program.Met); !ok {
		t.Errorf("the condition is a %T", cond.X)
	}
	if not := cond.Y.(*program.Unary); not.X.Type().Kind != types.Bool {
		t.Errorf("the condition is a %T", not.X)
	}
	if _, ok := x.Method.Stmts[1].(*program.Let).Value.(*program.Call); !ok {
		t.Error("a call outside of a condition does not give its result")
	}
	if go1 := x.Method.Stmts[2].(*program.Activity); go1.Undo != program.UndoInside || go1.Call.Def == nil {
		t.Errorf("call of a definition: %+v", go1)
	}
	var names []string
	for _, d := range p.Defs {
		names = append(names, d.Name)
		if d.Name == "both" && (d.Slots != 3 || d.Params[0].LoadTime || !d.Params[1].LoadTime) {
			t.Errorf("both: %+v", d)
		}
		if d.Name == "healthy" && !d.HasChecks() {
			t.Error("healthy has no checks")
		}
	}
	if len(names) != 3 {
		t.Errorf("definitions: %v", names)
	}
	if len(p.Lets) != 2 || p.Lets[0].Var.Name != "port" || p.Globals != 2 {
		t.Errorf("constants: %d, %d globals", len(p.Lets), p.Globals)
	}
}

func TestLoadTimeNames(t *testing.T) {
	t.Parallel()
	x := compiled(t, `experiment "t" {
    config {
        files = fs.glob("*")
        rest = env("REST", default: 2s)
        n: int
    }
    secrets { api { token = env("TOKEN") } }
    method {
        for f in files {
            pause rest
            log f
            log "${n}"
        }
        let same = secrets.api.token == "x"
        log "${same}"
    }
}`).Experiments[0]
	for _, c := range x.Config {
		if !c.Var.LoadTime || c.Var.Level != program.Global {
			t.Errorf("%s: %+v", c.Var.Name, c.Var)
		}
	}
	if rest := x.Config[1].Value.(*program.Builtin); rest.T.Kind != types.Duration || rest.Func != program.Env {
		t.Errorf("env: %+v", rest)
	}
	if x.Config[2].Value != nil || !x.Secrets[0].Var.Type.Secret {
		t.Errorf("config %+v, secrets %+v", x.Config[2], x.Secrets[0].Var)
	}
	if loop := x.Method.Stmts[0].(*program.For); !loop.Var.LoadTime || loop.Var.Type.Kind != types.String {
		t.Errorf("loop: %+v", loop.Var)
	}
	if same := x.Method.Stmts[1].(*program.Let); same.Var.Type.Secret {
		t.Error("the bool of a comparison is secret")
	}
}

// TestDeepSources checks what nests or follows itself very often.
func TestDeepSources(t *testing.T) {
	t.Parallel()
	method := func(s string) string { return "experiment \"t\" { method {\n" + s + "\n} }" }
	defs := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString("probe p" + strconv.Itoa(i) + "() = p" + strconv.Itoa(i+1) + "()\n")
		}
		return b.String() + "probe p" + strconv.Itoa(n) + "() = fs.exists(\"x\")\n" + method("probe x = p0()")
	}
	for _, c := range []struct{ name, text, code string }{
		{"sum", method("let n = 1" + strings.Repeat(" + 1", 900) + "\nlog \"${n}\""), ""},
		{"definitions", defs(10_000), "E0421"},
		{"few definitions", defs(99), ""},
		{"else if", method("let n = 1\nif n == 0 { }" + strings.Repeat(" else if n == 1 { }", 900)), ""},
		{"abort", method(strings.Repeat("pause 1s\n", 10_000)), ""},
	} {
		_, diags := checked("a.chaos", map[string]string{"a.chaos": c.text})
		switch {
		case c.code == "" && diags.HasErrors():
			t.Errorf("%s: %s", c.name, diags.Error())
		case c.code != "" && (len(diags) == 0 || diags[0].Code != c.code):
			t.Errorf("%s: no %s in %d diagnostics", c.name, c.code, len(diags))
		}
	}
}

// TestOneMistakeEach makes sure that a mistake is told once, however often the
// thing is used.
func TestOneMistakeEach(t *testing.T) {
	t.Parallel()
	_, diags := checked("a.chaos", map[string]string{"a.chaos": `experiment "t" {
    config { url = htpp.get("x") }
    setup { action db = process.strat("postgres") undo }
    method {
        probe p = http.get(url)
            expect status == 200
        probe p
        action kill = process.kill(db) undo
        restore kill
        pause url
        let x = missing
        log "${x} ${x + 1} ${x.y[0]}"
        expect x
    }
}`})
	var codes []string
	for _, d := range diags {
		codes = append(codes, d.Code)
	}
	if got := strings.Join(codes, " "); got != "E0231 E0208 E0201" {
		t.Errorf("got %s", got)
	}
}

// TestManyMistakes makes sure that hints do not take the square of the time:
// without a limit this takes half a minute.
func TestManyMistakes(t *testing.T) {
	t.Parallel()
	const n = 5000
	var b strings.Builder
	for i := range n {
		b.WriteString("let value-number-" + strconv.Itoa(i) + " = 1\n")
	}
	b.WriteString("experiment \"t\" { method {\n")
	for i := range n {
		b.WriteString("log valeu-number-" + strconv.Itoa(i) + "-x\n")
	}
	start := time.Now()
	_, diags := checked("a.chaos", map[string]string{"a.chaos": b.String() + "} }"})
	if len(diags) != n {
		t.Errorf("%d diagnostics", len(diags))
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
}
