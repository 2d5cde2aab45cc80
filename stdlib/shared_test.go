package stdlib_test

import (
	"context"
	"slices"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib"
)

func TestSharedIsMadeOnceAndClosedInReverse(t *testing.T) {
	t.Parallel()
	type key string
	var env stdlib.Env
	var closed []string
	made := 0
	get := func(name string) any {
		return env.Shared(key(name), func() (any, func()) {
			made++
			return &name, func() { closed = append(closed, name) }
		})
	}
	if first := get("a"); get("a") != first {
		t.Error("the second look gives another thing")
	}
	get("b")
	if made != 2 {
		t.Errorf("made %d things, want 2", made)
	}
	env.Close()
	env.Close()
	if want := []string{"b", "a"}; !slices.Equal(closed, want) {
		t.Errorf("closed %v, want %v", closed, want)
	}
}

func TestParametersOfAnEmbeddedStruct(t *testing.T) {
	t.Parallel()
	type common struct {
		Limit int `chaos:"limit,named" doc:"how many" default:"7"`
	}
	type args struct {
		Name string `chaos:"name" doc:"of what"`
		common
		Last bool `chaos:"last,optional,named" doc:"whether it is the last"`
	}
	var got args
	f := stdlib.Define(stdlib.Spec{Name: "x.y"}, func(_ context.Context, _ *stdlib.Env, a args) (stdlib.None, error) {
		got = a
		return stdlib.None{}, nil
	})
	var names []string
	for _, p := range f.Signature().Params {
		names = append(names, p.Name)
	}
	if want := []string{"name", "limit", "last"}; !slices.Equal(names, want) {
		t.Errorf("parameters %v, want %v", names, want)
	}
	bound, err := f.Bind([]any{"n", stdlib.Missing, true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Run(t.Context(), &stdlib.Env{}, bound, nil); err != nil {
		t.Fatal(err)
	}
	if want := (args{Name: "n", common: common{Limit: 7}, Last: true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
