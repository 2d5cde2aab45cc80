package process

import (
	"context"
	"fmt"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type statArgs struct {
	Target any           `chaos:"target" doc:"A process that this run has started, or a pid." type:"process handle | int"`
	Over   time.Duration `chaos:"over,named,length" doc:"For how long cpu is measured; 0s gives its average since the process began." default:"100ms"`
}

type statResult struct {
	PID     int           `chaos:"pid" doc:"The process id."`
	Name    string        `chaos:"name" doc:"The name of the program, without its folder."`
	State   string        `chaos:"state" doc:"running, sleeping, waiting (for a device), stopped, or other."`
	CPU     value.Percent `chaos:"cpu" doc:"Computing time, in percent of one core: 200% are two full cores."`
	Memory  value.Size    `chaos:"memory" doc:"The resident memory."`
	FDs     any           `chaos:"fds" doc:"The number of open files; reading it fails where the system does not permit to see them." type:"int"`
	Threads int           `chaos:"threads" doc:"The number of threads."`
	Started time.Time     `chaos:"started" doc:"When the process began."`
}

func stat() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "process.stat",
		Kind:    types.Probe,
		Summary: "Measures what a process uses.",
		Doc: `It is about the process alone, not its children. cpu is measured over a short time, for which the
probe lasts; everything else is as it is at its end. A process that has ended is an error.`,
		Example: `probe usage = process.stat(4711)
    expect cpu < 80%
    expect memory < 512MiB`,
	}, func(ctx context.Context, env *stdlib.Env, a statArgs) (statResult, error) {
		if a.Over < 0 {
			return statResult{}, fmt.Errorf("over is %v; it cannot be less than 0s", a.Over)
		}
		t, err := resolve(env, a.Target)
		if err != nil {
			return statResult{}, err
		}
		r, err := measure(ctx, env, t, a.Over)
		if err != nil {
			return statResult{}, fmt.Errorf("%s cannot be measured: %w", t, err)
		}
		return r, nil
	})
}

func measure(ctx context.Context, env *stdlib.Env, t target, over time.Duration) (statResult, error) {
	before, since := time.Duration(0), time.Time{}
	if over > 0 {
		var err error
		if before, err = cpuTime(env, t.PID); err != nil {
			return statResult{}, err
		}
		since = env.Clock.Now()
		if err := env.Clock.Sleep(ctx, over); err != nil {
			return statResult{}, err
		}
	}
	after, err := cpuTime(env, t.PID)
	if err != nil {
		return statResult{}, err
	}
	now := env.Clock.Now()
	memory, files, threads, err := resources(env, t.PID)
	if err != nil {
		return statResult{}, err
	}
	e, alive, _ := t.find(env)
	if !alive {
		return statResult{}, errEnded
	}
	if over == 0 {
		since = e.started
	}
	r := statResult{PID: e.pid, Name: e.name, State: e.state, Memory: value.Size(memory), Threads: threads, Started: e.started}
	if elapsed := now.Sub(since); elapsed > 0 {
		r.CPU = value.Percent(100 * float64(after-before) / float64(elapsed))
	}
	if n, err := files(); err == nil {
		r.FDs = int64(n)
	} else {
		err = fmt.Errorf("the open files of %s cannot be counted: %w", t, plain(err))
		r.FDs = value.NewLazy(func() (any, error) { return nil, err })
	}
	return r, nil
}
