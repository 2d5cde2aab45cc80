package stdlib_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

type setArgs struct {
	To int `chaos:"to" doc:"the new number"`
}

type setState struct{ Old, Seen int }

// setter is an action on a number; it refuses to capture a negative one.
func setter(world *int) *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{Name: "x.set"},
		func(_ context.Context, _ *stdlib.Env, a setArgs, s *setState) (int, error) {
			*world, s.Seen = a.To, a.To
			return s.Old, nil
		},
		stdlib.Inverse[setArgs, setState]{
			Does: "sets it back", Version: 3,
			Capture: func(context.Context, *stdlib.Env, setArgs) (setState, error) {
				if *world < 0 {
					return setState{}, errors.New("it is negative")
				}
				return setState{Old: *world}, nil
			},
			Restore: func(_ context.Context, _ *stdlib.Env, s setState) error {
				*world = s.Old
				return nil
			},
			Verify: func(_ context.Context, _ *stdlib.Env, s setState) ([]stdlib.Difference, error) {
				if *world == s.Old {
					return nil, nil
				}
				return []stdlib.Difference{{What: "number", Want: fmt.Sprint(s.Old), Got: fmt.Sprint(*world)}}, nil
			},
		})
}

func TestActionWithInverse(t *testing.T) {
	t.Parallel()
	world, ctx, env := 1, t.Context(), &stdlib.Env{}
	f := setter(&world)
	if sig := f.Signature(); sig.Kind != types.Action || sig.Undo != "sets it back" || !f.HasInverse() || f.StateVersion() != 3 {
		t.Errorf("the signature is %+v", sig)
	}
	bound, err := f.Bind([]any{int64(5)})
	if err != nil {
		t.Fatal(err)
	}
	state, err := f.Capture(ctx, env, bound)
	if err != nil {
		t.Fatal(err)
	}
	result, err := f.Run(ctx, env, bound, state)
	if err != nil || result != int64(1) || world != 5 {
		t.Fatalf("run gives %v, %v, and the world is %d", result, err, world)
	}
	if s := state.(*setState); s.Seen != 5 {
		t.Errorf("what the action learned is not in the state: %+v", s)
	}
	if diff, err := f.Verify(ctx, env, state); err != nil || len(diff) != 1 || diff[0].Want != "1" || diff[0].Got != "5" {
		t.Errorf("verify gives %v, %v", diff, err)
	}
	data, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	again, err := f.DecodeState(data) // as another process reads it
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Restore(ctx, env, again); err != nil || world != 1 {
		t.Errorf("restore gives %v, and the world is %d", err, world)
	}
	if diff, err := f.Verify(ctx, env, again); err != nil || diff != nil {
		t.Errorf("verify gives %v, %v", diff, err)
	}
	if _, err := f.DecodeState([]byte("{")); err == nil {
		t.Error("half a state is read")
	}
}

func TestActionWithoutState(t *testing.T) {
	t.Parallel()
	world := 1
	f := setter(&world)
	bound, err := f.Bind([]any{int64(5)})
	if err != nil {
		t.Fatal(err)
	}
	if old, err := f.Run(t.Context(), &stdlib.Env{}, bound, nil); err != nil || old != int64(1) || world != 5 {
		t.Errorf("an action that is kept gives %v, %v, and the world is %d", old, err, world)
	}
	world = -1
	if _, err := f.Run(t.Context(), &stdlib.Env{}, bound, nil); err == nil || world != -1 {
		t.Errorf("an action starts though it cannot capture: %v, and the world is %d", err, world)
	}
}
