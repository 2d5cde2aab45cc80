package http_test

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/chaosc-lang/chaosc/stdlib"
	chttp "github.com/chaosc-lang/chaosc/stdlib/http"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is an environment that remembers what was logged.
type world struct {
	*stdlib.Env
	mu  sync.Mutex
	log []string
}

func newWorld(t *testing.T) *world {
	w := &world{}
	var d net.Dialer
	w.Env = &stdlib.Env{
		Clock:     stdlib.SystemClock{},
		Dial:      d.DialContext,
		VerifyTLS: true,
		Log: func(level, message string) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.log = append(w.log, level+" "+message)
		},
	}
	t.Cleanup(w.Close)
	return w
}

// named are arguments by the names of their parameters.
type named map[string]any

// call calls a function as the interpreter does.
func (w *world) call(ctx context.Context, name string, a named) (*value.Record, error) {
	for _, f := range chttp.Namespace.Functions() {
		if f.Name() != name {
			continue
		}
		params := f.Signature().Params
		given := make([]any, len(params))
		seen := 0
		for i, p := range params {
			given[i] = stdlib.Missing
			if v, ok := a[p.Name]; ok {
				given[i] = v
				seen++
			}
		}
		if seen != len(a) {
			panic("an argument has no parameter")
		}
		bound, err := f.Bind(given)
		if err != nil {
			return nil, err
		}
		r, err := f.Run(ctx, w.Env, bound, nil)
		if err != nil {
			return nil, err
		}
		return r.(*value.Record), nil
	}
	panic("no function " + name)
}

// field reads a field of a result.
func field(t *testing.T, r *value.Record, name string) any {
	t.Helper()
	v, err := r.Get(name)
	if err != nil {
		t.Fatalf("field %s: %v", name, err)
	}
	return v
}

// mapOf makes a map of the language from names and values.
func mapOf(kv ...any) *value.Map {
	m := value.NewMap(len(kv) / 2)
	for i := 0; i < len(kv); i += 2 {
		m.Set(kv[i].(string), kv[i+1])
	}
	return m
}

// serve starts a server that counts the connections made to it.
func serve(t *testing.T, h http.HandlerFunc) (url string, connections *atomic.Int64) {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	connections = countConnections(s)
	s.Start()
	t.Cleanup(s.Close)
	return s.URL, connections
}

func countConnections(s *httptest.Server) *atomic.Int64 {
	n := new(atomic.Int64)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			n.Add(1)
		}
	}
	return n
}

func TestDeclarations(t *testing.T) {
	t.Parallel()
	if chttp.Namespace.Doc == "" || chttp.Namespace.Summary == "" {
		t.Error("the namespace says nothing of itself")
	}
	for _, f := range chttp.Namespace.Functions() {
		if err := f.Check(); err != nil {
			t.Error(err)
			continue
		}
		sig := f.Signature()
		if sig.Summary == "" || sig.Example == "" {
			t.Errorf("%s lacks a summary or an example", sig.Name)
		}
		if !strings.Contains(sig.Example, sig.Name+"(") {
			t.Errorf("the example of %s does not call it", sig.Name)
		}
		for _, p := range sig.Params {
			if p.Doc == "" {
				t.Errorf("%s: parameter %s has no doc", sig.Name, p.Name)
			}
		}
		for _, fd := range sig.Result.Fields {
			if fd.Doc == "" {
				t.Errorf("%s: field %s has no doc", sig.Name, fd.Name)
			}
		}
	}
}

// quiet keeps what servers say of broken handshakes out of the output.
var quiet = log.New(io.Discard, "", 0)
