package stdlib

import "errors"

// ErrEnough is the cause with which the context of a call ends whose result so
// far is wanted, as that of a load that ran beside the experiment, which is over
// now. A function that has a result by then returns it and no error.
var ErrEnough = errors.New("the experiment is over")
