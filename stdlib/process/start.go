package process

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type startArgs struct {
	Path string            `chaos:"path" doc:"The program: a name that is looked up in PATH, or a path; a relative one is relative to cwd." effect:"exec"`
	Args []any             `chaos:"args,rest" doc:"Its arguments, as they are: no shell splits or expands them. A list is spread." type:"list<string | int>"`
	Cwd  string            `chaos:"cwd,named,optional" doc:"The folder to run in; the working directory where it is not given."`
	Env  map[string]string `chaos:"env,named,optional,secret" doc:"Variables added to the environment that chaosc has."`
	Log  string            `chaos:"log,named,optional" doc:"A file to which standard output and standard error are appended; they are discarded where it is not given." effect:"write"`
}

// startState is what the undo of a start needs. Where chaosc died before the
// pid was known, the tag that is the handle's id finds the process.
type startState struct {
	family
	Program string `json:"program"`
}

func start() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.start",
		Summary: "Starts a program that goes on while the experiment does.",
		Doc: `It returns as soon as the program runs; wait until it is ready for what it is there for. A program
that cannot be started is an error. One that ends by itself is said in the log.

It runs in a process group of its own with an empty standard input, and finds the id of its handle
in the variable CHAOSC_RUN. When the start is undone, it is ended with all its children: by SIGTERM
and, when the grace period is over, by SIGKILL. On Linux children count even where they have left the
group and lost their parent. A start that is kept outlives chaosc.`,
		Example: `action service = process.start("python3", "-m", "http.server", 8080, cwd: "public") undo`,
		Result:  "process handle",
	}, func(ctx context.Context, env *stdlib.Env, a startArgs, state *startState) (value.Handle, error) {
		if err := context.Cause(ctx); err != nil {
			return value.Handle{}, err
		}
		l := &live{handle: value.Handle{Kind: handleKind, ID: state.Tag}, env: env,
			program: program{path: a.Path, args: a.Args, cwd: a.Cwd, env: a.Env, log: a.Log}}
		if err := l.begin(); err != nil {
			return value.Handle{}, err
		}
		c, _ := l.child()
		state.family = c.family
		env.Handles.Put(l.handle, l)
		return l.handle, nil
	}, stdlib.Inverse[startArgs, startState]{
		Does:    "stops it, with all its children",
		Version: 1,
		Capture: func(_ context.Context, env *stdlib.Env, a startArgs) (startState, error) {
			return startState{family{Tag: env.Handles.New(handleKind).ID}, filepath.Base(a.Path)}, nil
		},
		Restore: restoreStart,
		Verify:  verifyStart,
	})
}

// restoreStart ends the process that the state tells of. A process that has
// its pid by now is a stranger and is left alone.
func restoreStart(ctx context.Context, env *stdlib.Env, s startState) error {
	l, here := liveOf(env, value.Handle{Kind: handleKind, ID: s.Tag})
	if !here {
		return s.end(ctx, env, env.Grace)
	}
	l.finish()
	c, _ := l.child()
	if err := c.end(ctx, env, env.Grace); err != nil {
		return err
	}
	awaitChild(ctx, c)
	return nil
}

// verifyStart compares with the world before the start, in which there was no
// such process.
func verifyStart(_ context.Context, env *stdlib.Env, s startState) ([]stdlib.Difference, error) {
	f := s.family
	if l, ok := liveOf(env, value.Handle{Kind: handleKind, ID: s.Tag}); ok {
		c, _ := l.child()
		f = c.family
	}
	members, err := f.members(env)
	var diffs []stdlib.Difference
	for _, m := range members {
		diffs = append(diffs, stdlib.Difference{
			What: fmt.Sprintf("process %d (%s), started as %s", m.pid, m.name, s.Program),
			Want: "ended", Got: m.state,
		})
	}
	return diffs, err
}
