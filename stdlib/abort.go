package stdlib

// AbortError is the error of a call after which the method cannot go on: the
// run is aborted, and not only the activity failed.
type AbortError struct{ Reason string }

func (e *AbortError) Error() string { return e.Reason }
