// Package toolkit is the namespace of what only the Chaos Toolkit means, so
// that an experiment that was imported from it behaves as it did there.
package toolkit

import "github.com/chaosc-lang/chaosc/stdlib"

// Namespace is the namespace toolkit.
var Namespace = &stdlib.Namespace{
	Name:    "toolkit",
	Summary: "Does what only the Chaos Toolkit does, for experiments that were imported from it.",
	Doc: `Its functions take any value, since the Chaos Toolkit looks at types only when it runs. They follow the Chaos
Toolkit 1.19 and Python. In an experiment that is written by hand the other namespaces say it better.`,
	Declares: []func() *stdlib.Function{str, path, count, inRange, met, run, sleep, environment, boolean, json,
		number, bytes, date, dynamic, output, abort},
}
