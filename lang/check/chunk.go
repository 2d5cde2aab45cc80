package check

import "github.com/chaosc-lang/chaosc/lang/program"

// nodes are the chunks of what is made most often.
type nodes struct {
	consts   chunk[program.Const]
	refs     chunk[program.Ref]
	its      chunk[program.It]
	binaries chunk[program.Binary]
	symbols  chunk[symbol]
}

// chunk hands out values of one type from slices of many, since small nodes
// are most of what a check allocates. They live as long as the program.
type chunk[T any] struct{ free []T }

const chunkSize = 64

// get returns a place of its own for v.
func (c *chunk[T]) get(v T) *T {
	if len(c.free) == 0 {
		c.free = make([]T, chunkSize)
	}
	p := &c.free[0]
	c.free = c.free[1:]
	*p = v
	return p
}
