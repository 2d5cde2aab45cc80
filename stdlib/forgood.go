package stdlib

import "context"

type forGoodKey struct{}

// withForGood marks the context of an action whose own inverse nobody will ask
// for.
func withForGood(ctx context.Context) context.Context {
	return context.WithValue(ctx, forGoodKey{}, true)
}

// ForGood reports whether the change that is made in a context is not to be
// undone by the action's own inverse (`keep`, `undo by`, a rollback, or an undo
// itself), so that nothing need be put aside for it.
func ForGood(ctx context.Context) bool { return ctx.Value(forGoodKey{}) != nil }
