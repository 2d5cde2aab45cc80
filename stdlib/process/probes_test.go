//go:build unix

package process

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestExists(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	// A name that the kernel cuts, and nobody else has.
	name := "chaosc-name-of-more-than-15-letters"
	must(t, env, shell(), map[string]any{"text": `ln -s "$(command -v sleep)" ` + name})
	path := filepath.Join(env.Files.(stdlib.SystemFiles).Dir, name)
	ask := func(v any) bool { return must(t, env, exists(), map[string]any{"target": v}).(bool) }
	if ask(name) {
		t.Error("it exists before it was started")
	}
	h := must(t, env, start(), map[string]any{"path": path, "args": []any{int64(60)}}).(value.Handle)
	l, _ := liveOf(env, h)
	c, _ := l.child()
	pid := int64(c.PID)
	for _, v := range []any{name, h, pid} {
		if !ask(v) {
			t.Errorf("%v does not exist", v)
		}
	}
	for _, v := range []any{int64(0), -pid, pid + 1<<32, pid - 1<<32} {
		if ask(v) {
			t.Errorf("%v exists", v)
		}
	}
	must(t, env, suspend(), map[string]any{"target": h})
	if !ask(h) {
		t.Error("it does not exist while it is suspended")
	}
	list := must(t, env, find(), map[string]any{"name": name, "command": name + " 60"}).([]any)
	if len(list) != 1 {
		t.Fatalf("found %v", list)
	}
	r := list[0].(*value.Record)
	for field, want := range map[string]any{"pid": pid, "name": name, "command": path + " 60", "state": "stopped"} {
		if got, _ := r.Get(field); got != want {
			t.Errorf("%s is %v, want %v", field, got, want)
		}
	}
	must(t, env, kill(), map[string]any{"target": h})
	for _, v := range []any{name, h, pid} {
		if ask(v) {
			t.Errorf("%v exists after it was killed", v)
		}
	}
	if list := must(t, env, find(), map[string]any{"command": name}).([]any); len(list) != 0 {
		t.Errorf("found %v", list)
	}
	if _, err := do(t, env, exists(), map[string]any{"target": value.Handle{Kind: "process", ID: "x"}}); err == nil {
		t.Error("the handle of another run is known")
	}
}

func TestStat(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	idle, _ := started(t, env, "exec sleep 60")
	busy, l := started(t, env, "while :; do :; done")
	cpu := func(h value.Handle, over time.Duration) float64 {
		r := must(t, env, stat(), map[string]any{"target": h, "over": over}).(*value.Record)
		v, _ := r.Get("cpu")
		return float64(v.(value.Percent))
	}
	if got := cpu(idle, ms(50)); got > 20 {
		t.Errorf("an idle process takes %v%%", got)
	}
	// Others may have the processor, for a time.
	eventually(t, "a busy process is seen", func() bool { got := cpu(busy, ms(50)); return got > 5 && got < 150 })
	eventually(t, "what it has taken is seen", func() bool { got := cpu(busy, 0); return got > 1 && got < 150 })
	c, _ := l.child()
	r := must(t, env, stat(), map[string]any{"target": int64(c.PID), "over": ms(1)}).(*value.Record)
	get := func(name string) any { v, err := r.Get(name); _ = err; return v }
	if get("name") != "sh" || get("pid") != int64(c.PID) || get("threads") != int64(1) {
		t.Errorf("result is %s", value.Literal(r))
	}
	if n := get("fds").(int64); n < 3 || n > 20 {
		t.Errorf("%d open files", n)
	}
	if m := get("memory").(value.Size); m < 100<<10 || m > 100<<20 {
		t.Errorf("%d bytes of memory", m)
	}
	if age := time.Since(get("started").(time.Time)); age < -2*time.Second || age > time.Minute {
		t.Errorf("it is %v old", age)
	}
	must(t, env, suspend(), map[string]any{"target": busy})
	r = must(t, env, stat(), map[string]any{"target": busy, "over": ms(1)}).(*value.Record)
	if get("state") != "stopped" {
		t.Errorf("state is %v", get("state"))
	}
	must(t, env, kill(), map[string]any{"target": busy})
	if _, err := do(t, env, stat(), map[string]any{"target": busy}); err == nil || !strings.Contains(err.Error(), "has already ended (SIGKILL)") {
		t.Errorf("error is %v", err)
	}
	if _, err := do(t, env, stat(), map[string]any{"target": idle, "over": ms(-1)}); err == nil {
		t.Error("a measurement backwards")
	}
}
