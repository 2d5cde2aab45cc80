// Package all is the list of the namespaces of the standard library.
package all

import (
	"sync"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/fs"
	"github.com/chaosc-lang/chaosc/stdlib/http"
	"github.com/chaosc-lang/chaosc/stdlib/json"
	"github.com/chaosc-lang/chaosc/stdlib/math"
	"github.com/chaosc-lang/chaosc/stdlib/process"
	"github.com/chaosc-lang/chaosc/stdlib/random"
	"github.com/chaosc-lang/chaosc/stdlib/stats"
	"github.com/chaosc-lang/chaosc/stdlib/text"
	"github.com/chaosc-lang/chaosc/stdlib/time"
	"github.com/chaosc-lang/chaosc/stdlib/toolkit"
)

// Registry returns all functions of the standard library. It is made when it
// is first asked for; that two functions have one name is found by a test.
var Registry = sync.OnceValue(func() *stdlib.Registry {
	r, err := stdlib.NewRegistry(http.Namespace, fs.Namespace, process.Namespace, time.Namespace,
		json.Namespace, text.Namespace, math.Namespace, stats.Namespace, random.Namespace, toolkit.Namespace)
	if err != nil {
		panic(err)
	}
	return r
})
