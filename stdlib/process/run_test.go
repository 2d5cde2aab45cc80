//go:build unix

package process

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestRun(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	dir := env.Files.(stdlib.SystemFiles).Dir
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	vars := value.NewMap(1)
	vars.Set("GREETING", "hi $HOME")
	tests := []struct {
		name   string
		path   string
		args   []any
		named  map[string]any
		status int64
		stdout string
		stderr string
	}{
		{name: "arguments as they are", path: "printf", args: []any{"%s|", "a b", "$HOME", "*", int64(-7), ""}, stdout: "a b|$HOME|*|-7||"},
		{name: "exit code", path: "sh", args: []any{"-c", "echo no >&2; exit 3"}, status: 3, stderr: "no\n"},
		{name: "signal", path: "sh", args: []any{"-c", "kill -9 $$"}, status: -9},
		{name: "environment", path: "sh", args: []any{"-c", `printf %s "$GREETING"`}, named: map[string]any{"env": vars}, stdout: "hi $HOME"},
		{name: "folder", path: "sh", args: []any{"-c", `basename "$PWD"`}, named: map[string]any{"cwd": "sub"}, stdout: "sub\n"},
		{name: "standard input", path: "cat", named: map[string]any{"stdin": "ä\n"}, stdout: "ä\n"},
		{name: "unread standard input", path: "true", named: map[string]any{"stdin": strings.Repeat("x", 1<<20)}},
		{name: "no standard input", path: "cat"},
		{name: "invalid text", path: "printf", args: []any{`a\377b`}, stdout: "a\uFFFDb"},
		{name: "a child keeps the output", path: "sh", args: []any{"-c", "sleep 0.4 & echo done"}, stdout: "done\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := map[string]any{"path": tt.path, "args": tt.args}
			for k, v := range tt.named {
				args[k] = v
			}
			checkResult(t, must(t, env, run(), args), tt.status, tt.stdout, tt.stderr)
		})
	}
}

func checkResult(t *testing.T, r any, status int64, stdout, stderr string) {
	t.Helper()
	rec := r.(*value.Record)
	for name, want := range map[string]any{"status": status, "stdout": stdout, "stderr": stderr} {
		if got, err := rec.Get(name); err != nil || got != want {
			t.Errorf("%s is %#v (%v), want %#v", name, got, err, want)
		}
	}
}

func TestShell(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	r := must(t, env, shell(), map[string]any{"text": `echo "a  b" | tr a-z A-Z; exit 2`})
	checkResult(t, r, 2, "A  B\n", "")
}

func TestRunCutsOutput(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	r := must(t, env, shell(), map[string]any{"text": `printf x; yes ä | tr -d '\n' | head -c 2000000`})
	got, _ := r.(*value.Record).Get("stdout")
	want := "x" + strings.Repeat("ä", outputLimit/2-1) + "\n[cut after 1 MiB of 2000001 bytes]"
	if got != want {
		s := got.(string)
		t.Errorf("%d bytes that end with %q, want %d", len(s), s[max(0, len(s)-60):], len(want))
	}
}

func TestRunCannotStart(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	dir := env.Files.(stdlib.SystemFiles).Dir
	for name, content := range map[string]string{"plain.txt": "hello", "script": "#!/no/such/interpreter\n", "garbage": "\x00\x01\x02"} {
		mode := os.FileMode(0o755)
		if name == "plain.txt" {
			mode = 0o644
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args map[string]any
		want string
	}{
		{map[string]any{"path": ""}, `the path of the program is empty`},
		{map[string]any{"path": "no-such-program"}, `program "no-such-program" was not found in PATH (` + os.Getenv("PATH") + `)`},
		{map[string]any{"path": "./nothing"}, `program "./nothing" was not started: no such file or directory`},
		{map[string]any{"path": "./plain.txt"}, `program "./plain.txt" may not be executed: its mode is -rw-r--r--`},
		{map[string]any{"path": "./folder"}, `program "./folder" is a folder`},
		{map[string]any{"path": "./script"}, `program "./script" was not started: the interpreter that its first line names, or its loader, does not exist`},
		{map[string]any{"path": "./garbage"}, `program "./garbage" is in no format that this system executes; a script needs a first line as #!/bin/sh`},
		{map[string]any{"path": "true", "cwd": "nowhere"}, `its folder`},
		{map[string]any{"path": "true", "cwd": "plain.txt"}, `is not a folder`},
		{map[string]any{"path": "echo", "args": []any{"a\x00b"}}, `argument 1 has a zero byte, which no argument can have`},
	}
	for _, tt := range tests {
		_, err := do(t, env, run(), tt.args)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error is %v, want %s", err, tt.want)
		}
	}
}

// When its time is over, a process is ended with its children: also those that
// ignore SIGTERM, and those that have left its group and lost their parent.
func TestRunEndsWithContext(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	env.Grace = 150 * time.Millisecond
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := run().Run(ctx, env, bind(t, run(), map[string]any{"path": "sh", "args": []any{"-c", `
			trap "" TERM
			sleep 60 & echo $! > child
			(setsid sh -c 'trap "" TERM; echo $$ > far; sleep 60; sleep 60' &)
			sleep 60; sleep 60`}}), nil)
		done <- err
	}()
	pids := []int{pidIn(t, env, "child"), pidIn(t, env, "far")}
	cancel(errTest)
	select {
	case err := <-done:
		if !errors.Is(err, errTest) || !strings.Contains(err.Error(), "(sh) was ended: the test is over") {
			t.Errorf("error is %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it did not return")
	}
	for _, pid := range pids {
		if alive(env, pid) {
			t.Errorf("process %d is still there", pid)
		}
	}
}

// A service that a process has started in the background is not the process's.
func TestRunLeavesServices(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	must(t, env, shell(), map[string]any{"text": "sleep 60 >/dev/null 2>&1 & echo $! > service"})
	pid := pidIn(t, env, "service")
	if !alive(env, pid) {
		t.Fatal("the service was ended")
	}
	must(t, env, kill(), map[string]any{"target": int64(pid)})
	if alive(env, pid) {
		t.Error("the service outlived SIGKILL")
	}
}

// What puts something back has failed when the program says so.
func TestRunToRestore(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	for script, want := range map[string]string{
		"exit 0":                        "",
		"exit 3":                        "it ended with status 3",
		"echo one two >&2; exit 1":      "it ended with status 1: one two",
		"echo a >&2; echo b >&2; false": "it ended with status 1: b",
	} {
		bound, err := run().Bind([]any{"sh", []any{"-c", script}})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if _, err := run().RunToRestore(t.Context(), env, bound, nil); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: error %q, want %q", script, got, want)
		}
	}
}
