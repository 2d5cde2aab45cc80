// Package process is the namespace of processes: looking at them, running
// programs, and starting, ending and slowing them.
package process

import "github.com/chaosc-lang/chaosc/stdlib"

// unixes are the systems with signals and niceness.
var unixes = []string{"linux", "darwin", "freebsd", "openbsd"}

// Namespace is the namespace process.
var Namespace = &stdlib.Namespace{
	Name:    "process",
	Summary: "Looks at processes, runs programs, and starts, ends and slows processes.",
	Doc: `A process is named by the handle of the process.start that this run has made of it, or by its pid.
A pid is remembered with the time when its process began, so that an undo never touches another
process that got the same pid later. No function but process.shell uses a shell.`,
	Declares: []func() *stdlib.Function{run, shell, start, stop, kill, signalProcess, suspend, resume, renice, exists, find, stat, stressCPU, stressMemory},
}
