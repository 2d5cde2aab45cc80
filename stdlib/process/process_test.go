//go:build unix

package process

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestMain(m *testing.M) {
	if WorkerMain() {
		return
	}
	goleak.VerifyTestMain(m)
}

var runNumber struct {
	sync.Mutex
	n int
}

// newEnv returns the real world, for a run of its own, in a folder of its own.
func newEnv(t *testing.T) (*stdlib.Env, *logged) {
	t.Helper()
	runNumber.Lock()
	runNumber.n++
	run := "test-" + strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(runNumber.n)
	runNumber.Unlock()
	dir := t.TempDir()
	log := &logged{}
	return &stdlib.Env{
		Clock:     stdlib.SystemClock{},
		Files:     stdlib.SystemFiles{Dir: dir},
		Processes: stdlib.SystemProcesses{Dir: dir},
		Handles:   stdlib.NewHandles(run),
		RunID:     run,
		Log:       log.add,
		Grace:     2 * time.Second,
	}, log
}

// logged is what a run has said.
type logged struct {
	mu    sync.Mutex
	lines []string
}

func (l *logged) add(level, message string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, level+" "+message)
}

func (l *logged) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}

// bind puts arguments by name into the order of the function.
func bind(t *testing.T, f *stdlib.Function, args map[string]any) any {
	t.Helper()
	list := make([]any, len(f.Signature().Params))
	for i, p := range f.Signature().Params {
		list[i] = stdlib.Missing
		if v, ok := args[p.Name]; ok {
			list[i] = v
			delete(args, p.Name)
		}
	}
	for name := range args {
		t.Fatalf("%s has no parameter %s", f.Name(), name)
	}
	bound, err := f.Bind(list)
	if err != nil {
		t.Fatal(err)
	}
	return bound
}

// do calls a function without an undo.
func do(t *testing.T, env *stdlib.Env, f *stdlib.Function, args map[string]any) (any, error) {
	t.Helper()
	return f.Run(t.Context(), env, bind(t, f, args), nil)
}

// must is do for calls that succeed.
func must(t *testing.T, env *stdlib.Env, f *stdlib.Function, args map[string]any) any {
	t.Helper()
	r, err := do(t, env, f, args)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// started starts a shell script and ends it with the test.
func started(t *testing.T, env *stdlib.Env, script string) (value.Handle, *live) {
	t.Helper()
	h := must(t, env, start(), map[string]any{"path": "sh", "args": []any{"-c", script}}).(value.Handle)
	l, ok := liveOf(env, h)
	if !ok {
		t.Fatalf("%v is in no table", h)
	}
	t.Cleanup(func() {
		if err := restoreStart(context.Background(), env, startState{family: family{Tag: h.ID}}); err != nil {
			t.Error(err)
		}
	})
	return h, l
}

// stranger starts a shell script as somebody else would, and returns its pid.
func stranger(t *testing.T, env *stdlib.Env, script string) int {
	t.Helper()
	cmd, err := command("sh", []any{"-c", script})
	if err != nil {
		t.Fatal(err)
	}
	c, err := launch(env, cmd, nil, "stranger-of-"+env.RunID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.kill(context.Background(), env); err != nil {
			t.Error(err)
		}
		<-c.done
	})
	return c.PID
}

// eventually waits up to two seconds for something that another process does.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never happened: %s", what)
}

func pidIn(t *testing.T, env *stdlib.Env, file string) int {
	t.Helper()
	path := filepath.Join(env.Files.(stdlib.SystemFiles).Dir, file)
	var pid int
	eventually(t, file+" holds a pid", func() bool {
		b, err := os.ReadFile(path)
		if err != nil || !strings.HasSuffix(string(b), "\n") {
			return false
		}
		pid, err = strconv.Atoi(strings.TrimSpace(string(b)))
		return err == nil
	})
	return pid
}

func alive(env *stdlib.Env, pid int) bool {
	e, ok := lookup(env, pid)
	return ok && e.alive()
}

func TestDeclarations(t *testing.T) {
	for _, f := range Namespace.Functions() {
		if err := f.Check(); err != nil {
			t.Error(err)
			continue
		}
		sig := f.Signature()
		if sig.Summary == "" || sig.Doc == "" || sig.Example == "" {
			t.Errorf("%s lacks a summary, a text or an example", sig.Name)
		}
		if !strings.HasPrefix(sig.Name, Namespace.Name+".") {
			t.Errorf("%s stands in namespace %s", sig.Name, Namespace.Name)
		}
	}
}

// errTest ends contexts in tests.
var errTest = errors.New("the test is over")

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }
