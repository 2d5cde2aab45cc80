package undo_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/undo"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type functions map[string]*stdlib.Function

func (f functions) Lookup(name string) (*stdlib.Function, bool) {
	fn, ok := f[name]
	return fn, ok
}

type state struct{ Name string }

type nameArgs struct {
	Name  string `chaos:"name" doc:"which"`
	Value any    `chaos:"value,optional,secret" doc:"what"`
	Rest  []any  `chaos:"rest,rest" doc:"more"`
}

// library returns an action with an inverse, "x.do", and a function, "x.call";
// what they are asked to undo goes to log.
func library(log *[]string) functions {
	var mu sync.Mutex // what is abandoned never says that it is over
	say := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		*log = append(*log, fmt.Sprintf(format, args...))
	}
	inverse := stdlib.Inverse[nameArgs, state]{
		Does: "does it back", Version: 3,
		Capture: func(_ context.Context, _ *stdlib.Env, a nameArgs) (state, error) { return state{a.Name}, nil },
		Restore: func(ctx context.Context, env *stdlib.Env, s state) error {
			say("restore %s", s.Name)
			switch s.Name {
			case "fails":
				return errors.New("no")
			case "slow":
				return env.Clock.Sleep(ctx, time.Hour)
			case "stubborn":
				time.Sleep(time.Hour)
			case "panics":
				panic("oh")
			}
			return nil
		},
		Verify: func(_ context.Context, _ *stdlib.Env, s state) ([]stdlib.Difference, error) {
			switch s.Name {
			case "differs":
				return []stdlib.Difference{{What: "w", Want: "a", Got: "b"}}, nil
			case "hidden":
				return nil, errors.New("it is hidden")
			}
			return nil, nil
		},
	}
	return functions{
		"x.do": stdlib.DefineAction(stdlib.Spec{Name: "x.do"}, func(context.Context, *stdlib.Env, nameArgs, *state) (stdlib.None, error) {
			return stdlib.None{}, nil
		}, inverse),
		"x.call": stdlib.Define(stdlib.Spec{Name: "x.call", Kind: types.Action}, func(_ context.Context, _ *stdlib.Env, a nameArgs) (stdlib.None, error) {
			say("call %s %s %s", a.Name, value.Literal(a.Value), value.Literal(a.Rest))
			return stdlib.None{}, nil
		}),
	}
}

func create(t *testing.T) (*journal.Writer, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "run")
	j, err := journal.Create(folder, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return j, filepath.Join(folder, journal.FileName)
}

func env() *stdlib.Env { return &stdlib.Env{Clock: stdlib.SystemClock{}} }

func raw(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

func titles(list []*undo.Entry) string {
	var all []string
	for _, e := range list {
		all = append(all, e.Title)
	}
	return strings.Join(all, " ")
}

// TestAnotherProcessUnwinds writes what a run that dies has written, at
// every moment, and lets another one put it back from the journal alone.
func TestAnotherProcessUnwinds(t *testing.T) {
	t.Parallel()
	j, path := create(t)
	s := undo.NewStack(j)
	add := func(e *undo.Entry) *undo.Entry {
		t.Helper()
		if err := s.Intend(e); err != nil {
			t.Fatal(err)
		}
		return e
	}
	a := add(&undo.Entry{Title: "a", Function: "x.do", Version: 3, State: raw(state{"a"})})
	s.Done(a, nil)
	b := add(&undo.Entry{Title: "b", Function: "x.do", Version: 3, State: raw(state{"b"})})
	s.Done(b, raw(state{"learnt"}))
	c := add(&undo.Entry{Title: "c", Function: "x.call", Call: true, Pending: true})
	s.Done(c, json.RawMessage(`{"name":"c"}`))
	d := add(&undo.Entry{Title: "d", Function: "x.call", Call: true, Pending: true})
	e := add(&undo.Entry{Title: "e", Function: "x.do", Version: 3, State: raw(state{"e"})})
	(&undo.Unwinder{Env: env(), Registry: library(new([]string)), Journal: j}).Unwind(t.Context(), []*undo.Entry{e}, s.Close)
	if got := titles(s.Open(nil)); got != "a b c d" {
		t.Errorf("open: %s", got)
	}
	add(&undo.Entry{Title: "f", Function: "x.call", Call: true, Definition: true, State: json.RawMessage(`{}`)})
	if err := j.Close(); err != nil { // and the process dies
		t.Fatal(err)
	}

	open, err := undo.Open(journal.Read(path))
	if err != nil || titles(open) != "a b c d f" {
		t.Fatalf("read %s, %v", titles(open), err)
	}
	var log []string
	later, _ := create(t)
	u := &undo.Unwinder{Env: env(), Registry: library(&log), Journal: later}
	var closed []*undo.Entry
	failed := u.Unwind(t.Context(), open, func(e *undo.Entry) { closed = append(closed, e) })
	if want := []string{"call c null []", "restore learnt", "restore a"}; !slices.Equal(log, want) {
		t.Errorf("it did %q, want %q", log, want)
	}
	if failed != 2 || titles(closed) != "c b a" {
		t.Errorf("%d failed, closed %s", failed, titles(closed))
	}
	if d.ID != 4 || open[3].ID != 4 || !open[3].Pending {
		t.Errorf("entry d is %+v", open[3])
	}
	later.Close()
}

func TestUnwindReports(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log []string
		j, _ := create(t)
		defer j.Close()
		var ended []string
		j.Listen(func(ev journal.Event) {
			if e, ok := ev.Body.(*journal.UndoEnded); ok {
				ended = append(ended, fmt.Sprint(e.Error, e.Differences))
			}
		})
		entry := func(name string) *undo.Entry {
			return &undo.Entry{Title: name, Function: "x.do", Version: 3, State: raw(state{name})}
		}
		old, unknown, damaged, noInverse := entry("old"), entry("unknown"), entry("damaged"), entry("no inverse")
		old.Version = 2
		unknown.Function = "x.gone"
		damaged.State = json.RawMessage(`{`)
		noInverse.Function = "x.call"
		missing := &undo.Entry{Title: "missing", Function: "x.call", Call: true, State: json.RawMessage(`{"value":1}`)}
		gone := &undo.Entry{Title: "gone", Function: "x.gone", Call: true, State: json.RawMessage(`{}`)}
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // an undo is not cut
		u := &undo.Unwinder{Env: env(), Registry: library(&log), Journal: j, Limit: time.Minute, Grace: time.Second}
		failed := u.Unwind(ctx, []*undo.Entry{entry("good"), entry("fails"), entry("differs"), entry("hidden"), entry("slow"),
			entry("stubborn"), entry("panics"), old, unknown, damaged, noInverse, missing, gone}, func(*undo.Entry) {})
		if failed != 12 {
			t.Errorf("%d failed", failed)
		}
		slices.Reverse(ended)
		want := []string{"[]", "no[]", "[{w a b}]",
			"it was put back, but whether all is as it was cannot be seen: it is hidden[]", "it took longer than 1m[]",
			"it took longer than 1m; it did not end and was abandoned[]", "internal error: oh[]",
			"what x.do noted has version 2, this chaosc knows version 3[]", "function x.gone is not known to this chaosc[]",
			"what x.do noted cannot be read: unexpected end of JSON input[]", "function x.call has no undo in this chaosc[]",
			"argument name is missing[]", "function x.gone is not known to this chaosc[]"}
		if !slices.Equal(ended, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(ended, "\n"), strings.Join(want, "\n"))
		}
		time.Sleep(2 * time.Hour) // of what was abandoned
	})
}

// TestArgumentsSurvive sends values through the journal's form.
func TestArgumentsSurvive(t *testing.T) {
	t.Parallel()
	m := value.NewMap(2)
	m.Set("z", int64(1))
	m.Set("$", []any{nil, "x"})
	at := time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))
	values := []any{nil, true, int64(1) << 60, 2.0, 1e300, "", "a\"\x00é", time.Millisecond * 1500, value.Size(1 << 40), value.Percent(99.9),
		at, []any{}, []any{1.0, int64(1)}, m, value.Range{From: int64(1), To: int64(3)}, value.Range{From: time.Second, To: time.Minute},
		value.Handle{Kind: "process", ID: "run/1"}}
	lib := library(new([]string))
	sig := lib["x.call"].Signature()
	for _, v := range values {
		state, err := undo.EncodeArgs(sig, []any{"n", v, stdlib.Missing})
		if err != nil {
			t.Fatal(err)
		}
		var log, want []string
		j, _ := create(t)
		u := &undo.Unwinder{Env: env(), Registry: library(&log), Journal: j}
		u.Unwind(t.Context(), []*undo.Entry{{Function: "x.call", Call: true, State: state}}, func(*undo.Entry) {})
		want = append(want, "call n "+value.Literal(v)+" []")
		if !slices.Equal(log, want) {
			t.Errorf("%s: got %q, want %q", state, log, want)
		}
		j.Close()
	}
}

func TestSecretsAreReadAgain(t *testing.T) {
	t.Parallel()
	var log []string
	lib := library(&log)
	m := value.NewMap(1)
	m.Set("token", undo.Joined{Parts: []any{"Bearer ", undo.Secret{Env: "TOKEN"}, int64(7)}})
	state, err := undo.EncodeArgs(lib["x.call"].Signature(), []any{"n", m, []any{undo.Secret{File: "f"}}})
	if err != nil {
		t.Fatal(err)
	}
	j, _ := create(t)
	defer j.Close()
	e := &undo.Entry{Function: "x.call", Call: true, State: state}
	u := &undo.Unwinder{Env: env(), Registry: lib, Journal: j}
	if u.Unwind(t.Context(), []*undo.Entry{e}, func(*undo.Entry) {}) != 1 {
		t.Error("a secret that nobody knows was found")
	}
	u.Reveal = func(_ context.Context, s undo.Secret) (any, error) { return "<" + s.Env + s.File + s.Name + ">", nil }
	if u.Unwind(t.Context(), []*undo.Entry{e}, func(*undo.Entry) {}) != 0 {
		t.Error("it failed")
	}
	if want := []string{`call n {"token": "Bearer <TOKEN>7"} ["<f>"]`}; !slices.Equal(log, want) {
		t.Errorf("got %q, want %q", log, want)
	}
}

func TestAnIntentThatCannotBeWrittenIsNone(t *testing.T) {
	t.Parallel()
	j, _ := create(t)
	j.Close()
	s := undo.NewStack(j)
	if err := s.Intend(&undo.Entry{Title: "a", Function: "x.do"}); err == nil {
		t.Error("the intent was taken")
	}
	if s.Len() != 0 || s.Last() != 0 {
		t.Error("the entry is on the stack")
	}
}

func TestDamagedJournalGivesWhatCameBefore(t *testing.T) {
	t.Parallel()
	bad := errors.New("bad")
	events := func(yield func(journal.Event, error) bool) {
		if yield(journal.Event{Body: &journal.UndoIntent{Entry: 1, Title: "a"}}, nil) {
			yield(journal.Event{}, bad)
		}
	}
	open, err := undo.Open(events)
	if titles(open) != "a" || !errors.Is(err, bad) {
		t.Errorf("got %s, %v", titles(open), err)
	}
}
