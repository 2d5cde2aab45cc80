package eval

import (
	"context"
	"errors"
	"time"

	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// Fold returns the value of an expression that needs nothing from outside, and
// whether it is such a one and has a value.
func Fold(e program.Expr) (any, bool) { return FoldWith(context.Background(), e, nil) }

// FoldWith is Fold where the values of some names are known.
func FoldWith(ctx context.Context, e program.Expr, known func(*program.Var) (any, bool)) (v any, ok bool) {
	defer func() {
		if recover() != nil { // a pure function that looked at the world after all
			v, ok = nil, false
		}
	}()
	v, err := Eval(ctx, e, folding{known})
	return v, err == nil
}

// ErrUnknown is, or is wrapped by, the error of a [Scope] that does not know a
// value which a run will know.
var ErrUnknown = errors.New("not known before the run")

// folding is the scope in which only some names have a value.
type folding struct {
	known func(*program.Var) (any, bool)
}

func (f folding) Value(_ context.Context, v *program.Var) (any, error) {
	if f.known != nil {
		if x, ok := f.known(v); ok {
			return x, nil
		}
	}
	return nil, ErrUnknown
}

func (folding) Elapsed(context.Context, *program.Var) (time.Duration, error) { return 0, ErrUnknown }
func (folding) It(bool) (any, error)                                         { return nil, ErrUnknown }
func (folding) ItElapsed(bool) (time.Duration, error)                        { return 0, ErrUnknown }
func (folding) LookupEnv(string) (string, bool, error)                       { return "", false, ErrUnknown }
func (folding) ReadFile(string) ([]byte, error)                              { return nil, ErrUnknown }
func (folding) Met(context.Context, *program.Call, []any) (bool, error)      { return false, ErrUnknown }

func (folding) Call(ctx context.Context, c *program.Call, args []any) (any, error) {
	if c.Func == nil || c.Func.Kind() != types.Pure {
		return nil, ErrUnknown
	}
	bound, err := c.Func.Bind(args)
	if err != nil {
		return nil, err
	}
	return c.Func.Run(ctx, &stdlib.Env{}, bound, nil)
}
