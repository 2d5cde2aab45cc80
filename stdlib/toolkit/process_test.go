//go:build unix

package toolkit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestRun has what the Chaos Toolkit does with arguments of each kind.
func TestRun(t *testing.T) {
	t.Setenv("GREETING", "hi there")
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	script := "#!/bin/sh\nprintf '<%s>' \"$@\"\n"
	for _, name := range []string{"mine", "with space"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	env := &stdlib.Env{Clock: stdlib.SystemClock{}, Files: stdlib.SystemFiles{Dir: dir}, Processes: stdlib.SystemProcesses{Dir: dir},
		Handles: stdlib.NewHandles("toolkit"), RunID: "toolkit", Grace: 2 * time.Second}
	for _, c := range []struct {
		path string
		args any
		want string // the output, or the error
	}{
		{"printf", list("[%s]", "a b", int64(1), 2.0, nil, "", true, "$HOME", "*", pairs("k", int64(1)), list("x", 1.5)),
			"[a b][1][2.0][True][$HOME][*][{'k': 1}][['x', 1.5]]"},
		{"printf", pairs("[%s]", "first", "--flag", nil, "-n", int64(3), "--empty", "", "-v", "9"), "[first][--flag][-n][3][--empty][-v][9]"},
		{"printf", record("<%s>", "x"), "<x>"},
		{"printf", "'[%s]' x y", "[x][y]"},
		{"echo", `b a | tr a-z A-Z; echo "$GREETING"`, "B A\nhi there\n"},
		{"echo", `'a\nb'`, "a\\nb\n"}, // the program, and not what the shell has built in
		{"echo", nil, "\n"},
		{"echo", "", "\n"},
		{"./mine", list("x y"), "<x y>"},
		{"./mine", "x y", "<x><y>"},
		{"~/mine", list("x"), "<x>"},
		{"./with space", list("x"), "<x>"},
		{"no-such-program", "x", `program "no-such-program" was not found in PATH`},
		{"no-such-program", list(), `program "no-such-program" was not found in PATH`},
		{"printf", list("a\x00"), "argument 1 has a zero byte"},
	} {
		got, err := stdlibtest.Call(env, run(), c.path, c.args)
		switch {
		case err != nil && !strings.Contains(err.Error(), c.want):
			t.Errorf("%s %s: %v", c.path, value.Literal(c.args), err)
		case err == nil:
			if out, _ := got.(*value.Record).Get("stdout"); out != c.want {
				t.Errorf("%s %s: got %q, want %q", c.path, value.Literal(c.args), out, c.want)
			}
		}
	}
}
