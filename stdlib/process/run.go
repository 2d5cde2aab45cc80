package process

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"unicode/utf8"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// outputLimit is how much of each output is kept, in bytes.
const outputLimit = 1 << 20

type callOptions struct {
	Cwd   string            `chaos:"cwd,named,optional" doc:"The folder to run in; the working directory where it is not given."`
	Env   map[string]string `chaos:"env,named,optional,secret" doc:"Variables added to the environment that chaosc has."`
	Stdin *string           `chaos:"stdin,named,optional,secret" doc:"The text of standard input, which is empty where it is not given."`
}

type runArgs struct {
	Path string `chaos:"path" doc:"The program: a name that is looked up in PATH, or a path; a relative one is relative to cwd." effect:"exec"`
	Args []any  `chaos:"args,rest" doc:"Its arguments, as they are: no shell splits or expands them. A list is spread." type:"list<string | int>"`
	callOptions
}

type shellArgs struct {
	Text string `chaos:"text" doc:"The text for the shell." effect:"shell"`
	callOptions
}

// Result is how a program ended and what it wrote.
type Result struct {
	Status int    `chaos:"status" doc:"The exit code, or -N where signal N ended the process."`
	Stdout string `chaos:"stdout" doc:"Standard output: the first MiB, with a note where it was cut; invalid UTF-8 is replaced."`
	Stderr string `chaos:"stderr" doc:"Standard error, likewise."`
}

// Problem says how the process ended where it was not with code 0.
func (r Result) Problem() error {
	if r.Status == 0 {
		return nil
	}
	last := strings.TrimSpace(r.Stderr)
	last = last[strings.LastIndexByte(last, '\n')+1:]
	if last != "" {
		last = ": " + last
	}
	return fmt.Errorf("it ended with status %d%s", r.Status, last)
}

const runDoc = `It returns when the process has ended. An exit code that is not 0 is a result and not a
failure: expect or assert says what it should be. A process that is still there when the time limit
is over is ended with all its children: by SIGTERM and, when the grace period is over, by SIGKILL.

Children that outlive a process that ends by itself are left alone, as a service that it has started
must be; the output that they have from it is closed soon after.`

func run() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "process.run",
		Kind:    types.Open,
		Summary: "Runs a program to its end.",
		Doc:     runDoc,
		Example: `probe listening = process.run("ss", "-ltn", "sport = :8080")
    expect status == 0
    expect stdout contains "8080"`,
	}, func(ctx context.Context, env *stdlib.Env, a runArgs) (Result, error) {
		cmd, err := command(a.Path, a.Args)
		if err != nil {
			return Result{}, err
		}
		return call(ctx, env, cmd, a.callOptions)
	})
}

func shell() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "process.shell",
		Kind:    types.Open,
		Summary: "Has the system's shell run a text.",
		Doc: `The shell is /bin/sh, on Windows cmd. What a hole puts into the text is read by the shell as
code: process.run takes values as they are.

` + runDoc,
		Example: `probe errors = process.shell("grep -c ERROR app.log | head -n 1")
    expect status in [0, 1]`,
	}, func(ctx context.Context, env *stdlib.Env, a shellArgs) (Result, error) {
		return call(ctx, env, shellCommand(a.Text), a.callOptions)
	})
}

// Run runs a program to its end, as process.run does; path is its name in PATH
// or its path, args are strings and ints.
func Run(ctx context.Context, env *stdlib.Env, path string, args []any) (Result, error) {
	cmd, err := command(path, args)
	if err != nil {
		return Result{}, err
	}
	return call(ctx, env, cmd, callOptions{})
}

// Find returns the path of a program that is named as for [Run].
func Find(env *stdlib.Env, path string) (string, error) {
	cmd, err := command(path, nil)
	if err == nil && cmd.Err != nil {
		err = startError(env, path, cmd.Path, "", cmd.Err)
	}
	if err != nil {
		return "", err
	}
	return cmd.Path, nil
}

// Shell has the system's shell run a text to its end, as process.shell does.
func Shell(ctx context.Context, env *stdlib.Env, text string) (Result, error) {
	return call(ctx, env, shellCommand(text), callOptions{})
}

// call runs a command to its end and keeps its output.
func call(ctx context.Context, env *stdlib.Env, cmd *exec.Cmd, o callOptions) (Result, error) {
	if err := context.Cause(ctx); err != nil {
		return Result{}, err
	}
	var stdout, stderr capture
	cmd.Stdout, cmd.Stderr, cmd.Dir = &stdout, &stderr, o.Cwd
	if o.Stdin != nil {
		cmd.Stdin = strings.NewReader(*o.Stdin)
	}
	c, err := launch(env, cmd, o.Env, env.Handles.New("process").ID)
	if err != nil {
		return Result{}, err
	}
	if err := c.wait(ctx, env); err != nil {
		return Result{}, err
	}
	return Result{c.status, stdout.text(), stderr.text()}, nil
}

// capture keeps the beginning of what is written to it.
type capture struct {
	kept []byte
	size int64
}

func (c *capture) Write(p []byte) (int, error) {
	c.kept = append(c.kept, p[:min(len(p), outputLimit-len(c.kept))]...)
	c.size += int64(len(p))
	return len(p), nil
}

func (c *capture) text() string {
	s := string(c.kept)
	if c.size > outputLimit {
		for i := 1; i < utf8.UTFMax && i <= len(s); i++ { // leave out a character cut in two
			if last := s[len(s)-i:]; utf8.RuneStart(last[0]) {
				if !utf8.FullRuneInString(last) {
					s = s[:len(s)-i]
				}
				break
			}
		}
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if c.size > outputLimit {
		s += fmt.Sprintf("\n[cut after 1 MiB of %d bytes]", c.size)
	}
	return s
}
