package stdlib

import "context"

// Patience returns a context for what must still be done when ctx is over, as
// ending what was started. It ends when nobody wants to wait for a grace period
// any more; the caller calls release when it is done.
func (e *Env) Patience(ctx context.Context) (patient context.Context, release func()) {
	patient, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if e.Hurry == nil {
		return patient, cancel
	}
	done := make(chan struct{})
	go func() {
		select {
		case <-e.Hurry:
			cancel()
		case <-done:
		}
	}()
	return patient, func() {
		close(done)
		cancel()
	}
}
