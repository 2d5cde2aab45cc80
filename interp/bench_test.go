package interp_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// loop runs an activity n times and returns what the heap grew by.
func loop(tb testing.TB, activity string, n int) (grown int64) {
	tr := newTrial(tb, map[string]string{"x.chaos": fmt.Sprintf(`
experiment "loop" {
    method {
        repeat %d { %s }
    }
}`, n, activity)})
	reg := tr.world.registry()
	prog, diags := tr.program(reg)
	if prog == nil {
		tb.Fatal(diags)
	}
	env := &stdlib.Env{Clock: stdlib.SystemClock{}, Files: stdlib.SystemFiles{}, RunID: "run", Handles: stdlib.NewHandles("run")}
	p, diags := interp.Prepare(tb.Context(), prog, prog.Experiments[0], interp.Inputs{Env: env})
	if p == nil {
		tb.Fatal(diags)
	}
	j, err := journal.Create(filepath.Join(tr.folder, "journal"), nil, p.Masker)
	if err != nil {
		tb.Fatal(err)
	}
	defer j.Close()
	heap := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	var before, after int64
	j.Listen(func(ev journal.Event) {
		switch e := ev.Body.(type) {
		case *journal.PhaseStarted:
			if e.Phase == journal.Method {
				before = heap()
			}
		case *journal.PhaseEnded:
			if e.Phase == journal.Method {
				after = heap()
			}
		}
	})
	if b, ok := tb.(*testing.B); ok {
		b.ResetTimer()
	}
	res, err := interp.Run(tb.Context(), p, interp.Options{Env: env, Journal: j, Registry: reg})
	if err != nil || res.Verdict != interp.Held {
		tb.Fatal(res, err)
	}
	return after - before
}

// TestMemoryOfALongRun holds that nothing is kept of an activity that is over.
func TestMemoryOfALongRun(t *testing.T) {
	const limit = 2 << 20
	if grown := loop(t, "probe a = t.noop() expect it == null", 20_000); grown > limit {
		t.Errorf("the heap grew by %d bytes over 20,000 activities", grown)
	}
}

func BenchmarkActivity(b *testing.B) {
	b.ReportAllocs()
	loop(b, "probe t.noop()", b.N)
}

func BenchmarkActivityWithClauses(b *testing.B) {
	b.ReportAllocs()
	loop(b, `probe a = t.noop() timeout 2s expect elapsed < 1s`, b.N)
}
