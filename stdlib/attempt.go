package stdlib

import "reflect"

// Attempt is the Go type of a parameter whose argument may fail without
// failing the call: the function gets the error and decides.
type Attempt struct {
	Value any
	Err   error // why there is no value
}

// attemptDecoder takes a value, or the Attempt that stands for one that failed.
func attemptDecoder(v any, into reflect.Value) error {
	a, failed := v.(Attempt)
	if !failed {
		a.Value = v
	}
	into.Set(reflect.ValueOf(a))
	return nil
}
