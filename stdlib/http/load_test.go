package http_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	chttp "github.com/chaosc-lang/chaosc/stdlib/http"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	url, connections := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "POST" || r.Header.Get("X") != "y" {
			w.WriteHeader(http.StatusBadRequest)
		}
		b, _ := io.ReadAll(r.Body)
		w.Write(b)
	})
	r, err := newWorld(t).call(t.Context(), "http.load", named{
		"url": url, "rate": 200.0, "for": 300 * time.Millisecond,
		"method": "post", "body": "x", "headers": mapOf("X", "y"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if field(t, r, "requests") != int64(60) || field(t, r, "errors") != int64(0) || field(t, r, "error-rate") != value.Percent(0) {
		t.Errorf("got %s", value.Text(r))
	}
	if got := value.Text(field(t, r, "statuses")); got != `{"200":60}` {
		t.Errorf("statuses %s", got)
	}
	if got := field(t, r, "rate").(float64); got < 100 || got > 200 {
		t.Errorf("rate %v", got)
	}
	order := []string{"p50", "p95", "p99", "max"}
	for i, name := range order {
		d := field(t, r, name).(time.Duration)
		if d <= 0 || i > 0 && d < field(t, r, order[i-1]).(time.Duration) {
			t.Errorf("%s is %s", name, d)
		}
	}
	if mean := field(t, r, "mean").(time.Duration); mean <= 0 || mean > field(t, r, "max").(time.Duration) {
		t.Errorf("mean is %s", mean)
	}
	if n := connections.Load(); n >= 60 {
		t.Errorf("%d connections for 60 requests: none is used again", n)
	}
}

func TestLoadSignature(t *testing.T) {
	t.Parallel()
	for _, f := range chttp.Namespace.Functions() {
		if f.Name() != "http.load" {
			continue
		}
		sig := f.Signature()
		if sig.Length != "for" {
			t.Errorf("the length is %q", sig.Length)
		}
		for _, name := range []string{"p50", "p95", "p99", "max", "mean"} {
			if got := sig.Result.Fields[sig.Result.Field(name)].Type; !types.Same(got, types.DurationType) {
				t.Errorf("%s is a %s", name, got)
			}
		}
	}
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	statuses := []int{200, 301, 404, 500, 503}
	serveAll := func(t *testing.T) string {
		var n atomic.Int64
		url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(statuses[int(n.Add(1)-1)%len(statuses)])
		})
		return url
	}
	tests := []struct {
		name string
		ok   any
		want int64
	}{
		{"default", stdlib.Missing, 4},
		{"range", value.Range{From: int64(200), To: int64(299)}, 8},
		{"list", []any{int64(200), int64(503)}, 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := newWorld(t).call(t.Context(), "http.load", named{
				"url": serveAll(t), "rate": 200.0, "for": 50 * time.Millisecond, "ok": tt.ok, "follow": false,
			})
			if err != nil {
				t.Fatal(err)
			}
			if field(t, r, "errors") != tt.want || field(t, r, "error-rate") != value.Percent(tt.want*10) {
				t.Errorf("got %s, want %d errors of 10", value.Text(r), tt.want)
			}
		})
	}
}

func TestLoadWithoutAnswers(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	r, err := newWorld(t).call(t.Context(), "http.load", named{"url": "http://" + l.Addr().String(), "rate": 100.0, "for": 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if field(t, r, "error-rate") != value.Percent(100) || value.Text(field(t, r, "causes")) != `{"connection refused":10}` {
		t.Errorf("got %s", value.Text(r))
	}
	if _, err := r.Get("p95"); err == nil || err.Error() != "no request was answered, so there is no latency" {
		t.Errorf("p95: %v", err)
	}
}

func TestLoadLatencyCountsFromWhenARequestWasDue(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(http.ResponseWriter, *http.Request) { time.Sleep(30 * time.Millisecond) })
	w := newWorld(t)
	r, err := w.call(t.Context(), "http.load", named{
		"url": url, "rate": 100.0, "for": 150 * time.Millisecond, "max-connections": int64(1),
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := field(t, r, "requests").(int64); n < 1 || n > 6 {
		t.Errorf("%d requests of 30 ms one by one within 150 ms", n)
	}
	if d := field(t, r, "max").(time.Duration); d < 60*time.Millisecond {
		t.Errorf("the longest latency is %s: the wait for the connection is left out", d)
	}
	if len(w.log) != 1 || !strings.Contains(w.log[0], "of 15 requests to "+url+": more than 1 were under way at once") {
		t.Errorf("logged %q", w.log)
	}
}

func TestLoadTimeoutOfARequest(t *testing.T) {
	t.Parallel()
	silent := rawServer(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	r, err := newWorld(t).call(t.Context(), "http.load", named{
		"url": silent, "rate": 100.0, "for": 50 * time.Millisecond, "timeout": 40 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	if value.Text(field(t, r, "causes")) != `{"no answer within 40ms":5}` || field(t, r, "p50").(time.Duration) < 40*time.Millisecond {
		t.Errorf("got %s", value.Text(r))
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	silent := rawServer(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	stop := errors.New("the method is over")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(50*time.Millisecond, func() { cancel(stop) })
	began := time.Now()
	_, err := newWorld(t).call(ctx, "http.load", named{"url": silent, "rate": 100.0, "for": time.Hour})
	if !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s to end", took)
	}

	late, done := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer done()
	_, err = newWorld(t).call(late, "http.load", named{"url": silent, "rate": 0.001, "for": time.Hour})
	if err == nil || err.Error() != "activity took too long to complete" {
		t.Errorf("got %v", err)
	}
}

// A load that is no longer needed says what it has measured so far.
func TestLoadThatIsNoLongerNeeded(t *testing.T) {
	t.Parallel()
	ctx, enough := context.WithCancelCause(t.Context())
	defer enough(nil)
	var asked atomic.Int32
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 6 { // this one is not answered any more
			enough(stdlib.ErrEnough)
			<-r.Context().Done()
		}
	})
	r, err := newWorld(t).call(ctx, "http.load", named{"url": url, "rate": 50.0, "for": time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	n := field(t, r, "requests").(int64) // the last of the five may be cut off too
	if n < 1 || n > 5 || field(t, r, "error-rate") != value.Percent(0) {
		t.Errorf("got %s", value.Text(r))
	}
	if got := field(t, r, "rate").(float64); got <= 0 || got > 60 {
		t.Errorf("rate %v of about 50", got)
	}
}

func TestLoadThatCannotBe(t *testing.T) {
	t.Parallel()
	const url = "http://127.0.0.1:1"
	tests := []struct {
		args named
		want string
	}{
		{named{"rate": 0.0}, "rate is 0.0: it can be above 0 and up to 100000"},
		{named{"rate": 1e9}, "rate is 1000000000.0: it can be above 0 and up to 100000"},
		{named{"for": -time.Second}, "for is not above zero"},
		{named{"rate": 0.5}, "rate: 0.5 for: 1s is less than one request"},
		{named{"timeout": time.Duration(0)}, "timeout is not above zero"},
		{named{"max-connections": int64(0)}, "max-connections is below one"},
		{named{"url": "nowhere"}, `url "nowhere" has no scheme: write http://nowhere`},
	}
	w := newWorld(t)
	for _, tt := range tests {
		a := named{"url": url, "rate": 10.0, "for": time.Second}
		for name, v := range tt.args {
			a[name] = v
		}
		if _, err := w.call(t.Context(), "http.load", a); err == nil || err.Error() != tt.want {
			t.Errorf("%v: got %v, want %s", tt.args, err, tt.want)
		}
	}
}

func TestLoadOverTLS(t *testing.T) {
	t.Parallel()
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprintf("http2 %t", http2), func(t *testing.T) {
			t.Parallel()
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
			s.Config.ErrorLog = quiet
			s.EnableHTTP2 = http2
			s.StartTLS()
			t.Cleanup(s.Close)
			r, err := newWorld(t).call(t.Context(), "http.load", named{
				"url": s.URL, "rate": 100.0, "for": 100 * time.Millisecond, "verify-tls": false,
			})
			if err != nil {
				t.Fatal(err)
			}
			if field(t, r, "requests") != int64(10) || field(t, r, "errors") != int64(0) {
				t.Errorf("got %s", value.Text(r))
			}
		})
	}
}
