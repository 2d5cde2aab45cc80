package stdlib

import "errors"

// ErrEnough is the cause with which the context of a call ends that is no longer
// needed, but whose result so far is wanted: a load that ran beside an
// experiment that is over now, or what is restored while it still runs. A
// function that has a result by then returns it and no error.
var ErrEnough = errors.New("it is no longer needed")
