package interp

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// group is the background activities that a block waits for at its end, and
// what ends the block before.
type group struct {
	parent *group
	faults *faults // of the definition around; nil outside
	// lasting says that nobody waits at the end of a block: in setup.
	lasting bool

	running sync.WaitGroup
	mu      sync.Mutex
	ended   *ending
	idle    map[*context.CancelFunc]bool // pauses within the block that end with it
}

// end ends the block, and those within it, before their next statement.
func (g *group) end(e *ending) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.ended != nil {
		return
	}
	g.ended = e
	for cancel := range g.idle {
		(*cancel)()
	}
}

// sleep waits within the block. It ends early, without an error, when the block
// or one around it is ended.
func (g *group) sleep(ctx context.Context, clock stdlib.Clock, d time.Duration) error {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	for at := g; at != nil; at = at.parent {
		at.mu.Lock()
		if at.ended != nil {
			cancel()
		}
		if at.idle == nil {
			at.idle = map[*context.CancelFunc]bool{}
		}
		at.idle[&cancel] = true
		at.mu.Unlock()
		defer func() {
			at.mu.Lock()
			delete(at.idle, &cancel)
			at.mu.Unlock()
		}()
	}
	if err := clock.Sleep(waiting, d); err != nil && ctx.Err() != nil {
		return err
	}
	return nil
}

// over returns what has ended the group or one around it.
func (g *group) over() *ending {
	for ; g != nil; g = g.parent {
		g.mu.Lock()
		e := g.ended
		g.mu.Unlock()
		if e != nil {
			return e
		}
	}
	return nil
}

// faults are what went wrong in the statements of a definition.
type faults struct {
	mu  sync.Mutex
	err error
}

func (f *faults) add(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = err
	}
}

func (f *faults) first() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

// block plays the statements of a block and waits for its background
// activities. It returns an *ending where they came to an end early.
func (sc *scope) block(ctx context.Context, b *program.Block) error {
	inner := *sc
	if !sc.group.lasting {
		inner.group = &group{parent: sc.group, faults: sc.group.faults}
	}
	err := inner.statements(ctx, b.Stmts)
	if !sc.group.lasting {
		inner.group.running.Wait()
		if end := inner.group.over(); err == nil && end != nil {
			err = end
		}
	}
	return err
}

func (sc *scope) statements(ctx context.Context, list []program.Stmt) error {
	for _, s := range list {
		if err := sc.stopped(ctx); err != nil {
			return err
		}
		err := sc.statement(ctx, s)
		if err == nil {
			continue
		}
		if sc.triesAll() && !isEnding(err, endStopped) {
			sc.rollbackFailed(err)
			continue
		}
		return err
	}
	return nil
}

// stopped is the one check before each statement.
func (sc *scope) stopped(ctx context.Context) error {
	if ctx.Err() != nil {
		return &ending{why: endStopped, err: context.Cause(ctx)}
	}
	if end := sc.group.over(); end != nil {
		return end
	}
	return nil
}

// triesAll reports whether statements go on whatever became of the one before,
// as in the rollback.
func (sc *scope) triesAll() bool { return sc.phase.name == rollbackPhase && sc.def == nil }

// parallel plays each statement as a branch and awaits all of them; the first
// in the order of the text that ended early is what ends the block.
func (sc *scope) parallel(ctx context.Context, p *program.Parallel) error {
	errs := make([]error, len(p.Branches))
	var wg sync.WaitGroup
	for i, s := range p.Branches {
		wg.Go(func() {
			branch := *sc
			if !sc.group.lasting {
				branch.group = &group{parent: sc.group, faults: sc.group.faults}
			}
			errs[i] = branch.statements(ctx, []program.Stmt{s})
			if !sc.group.lasting {
				branch.group.running.Wait()
				if end := branch.group.over(); errs[i] == nil && end != nil {
					errs[i] = end
				}
			}
		})
	}
	wg.Wait()
	var first error
	for _, err := range errs {
		if isEnding(err, endStopped) {
			return err
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// failed makes an error that ends the section around: the statement could not
// be carried out.
func failed(ctx context.Context, err error) error {
	var end *ending
	switch {
	case errors.As(err, &end):
		return end
	case ctx.Err() != nil:
		return &ending{why: endStopped, err: context.Cause(ctx)}
	}
	return &ending{why: endFailed, err: located(err)}
}
