package process

import (
	"context"
	"math"
	"os"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type existsArgs struct {
	Target any `chaos:"target" doc:"A process that this run has started, a pid, or a name." type:"process handle | int | string"`
}

func exists() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "process.exists",
		Kind:    types.Probe,
		Summary: "Says whether a process runs.",
		Doc: `A text is the whole name of the program, without its folder: "nginx". A process that has ended does
not exist, even where its parent has not asked for its exit code yet; one that is suspended exists.
A handle is about the process itself, not what it has left in the background. chaosc itself is never
found by its name.`,
		Example: `probe database = process.exists("postgres")
    expect it`,
	}, func(_ context.Context, env *stdlib.Env, a existsArgs) (bool, error) {
		switch v := a.Target.(type) {
		case string:
			found, err := search(env, v, "")
			return len(found) > 0, err
		case int64:
			if v <= 0 || v > math.MaxInt32 { // no pid, but some systems would take its lower bits for one
				return false, nil
			}
			e, ok := lookup(env, int(v))
			return ok && e.alive(), nil
		case value.Handle:
			if l, ok := liveOf(env, v); ok {
				c, _ := l.child()
				return !c.ended(), nil
			}
		}
		_, err := resolve(env, a.Target)
		return false, err
	})
}

type findArgs struct {
	Name    string `chaos:"name,optional" doc:"The whole name of the program, without its folder; any where it is not given."`
	Command string `chaos:"command,named,optional" doc:"A part of the command line, in which single spaces separate the arguments; any where it is not given."`
}

type found struct {
	PID     int       `chaos:"pid" doc:"The process id."`
	Parent  int       `chaos:"parent" doc:"The process id of the parent."`
	Name    string    `chaos:"name" doc:"The name of the program, without its folder."`
	Command string    `chaos:"command" doc:"The command line; empty where it may not be read."`
	State   string    `chaos:"state" doc:"As in process.stat."`
	Started time.Time `chaos:"started" doc:"When the process began."`
}

func find() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "process.find",
		Kind:    types.Probe,
		Summary: "Lists the processes with a name or a part of the command line, by pid.",
		Doc: `None found is an empty list. chaosc itself and processes that have ended are never among them. Both
are compared as they are: letters in their case, no patterns.`,
		Example: `probe workers = process.find("python3", command: "worker.py")
    expect it != []`,
	}, func(_ context.Context, env *stdlib.Env, a findArgs) ([]found, error) {
		return search(env, a.Name, a.Command)
	})
}

// search returns the processes with that name and that in their command line;
// empty texts are not looked at.
func search(env *stdlib.Env, name, command string) ([]found, error) {
	all, err := snapshot(env)
	if err != nil {
		return nil, err
	}
	list := []found{}
	for _, e := range all {
		if e.pid == os.Getpid() || !e.alive() || name != "" && e.name != name {
			continue
		}
		line := strings.Join(commandLine(env, e.pid), " ")
		if strings.Contains(line, command) {
			list = append(list, found{e.pid, e.parent, e.name, strings.ToValidUTF8(line, "\uFFFD"), e.state, e.started})
		}
	}
	return list, nil
}
