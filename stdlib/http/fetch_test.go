package http_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestResult(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["x-raw"] = []string{"1"}
		w.Header().Add("Vary", "a")
		w.Header().Add("Vary", "b")
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, `{"a":[1,2.5]}`)
	})
	r, err := newWorld(t).call(t.Context(), "http.get", named{"url": url + "/x"})
	if err != nil {
		t.Fatal(err)
	}
	if got := field(t, r, "status"); got != int64(418) {
		t.Errorf("status %v", got)
	}
	headers := field(t, r, "headers").(*value.Map)
	for name, want := range map[string]string{"X-Raw": "1", "Vary": "a, b"} {
		if got, _ := headers.Get(name); got != want {
			t.Errorf("header %s is %v, want %s", name, got, want)
		}
	}
	if got := field(t, r, "url"); got != url+"/x" {
		t.Errorf("url %v", got)
	}
	for _, name := range []string{"json", "data"} {
		if got := value.Text(field(t, r, name)); got != `{"a":[1,2.5]}` {
			t.Errorf("%s is %s", name, got)
		}
	}
}

func TestBody(t *testing.T) {
	t.Parallel()
	zipped := func(n int) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		chunk := make([]byte, 1<<16)
		for ; n > 0; n -= len(chunk) {
			z.Write(chunk[:min(n, len(chunk))])
		}
		z.Close()
		return b.String()
	}
	const mib = 1 << 20
	tests := []struct {
		name, kind, encoding, sent string
		want                       string
		wantJSON, wantData         string // or the error, or how it begins where it ends with a colon and a space
		warning                    string
	}{
		{name: "text", kind: "text/plain", sent: "äöü", want: "äöü",
			wantJSON: "the body is no JSON: invalid character 'ä' at start of value", wantData: "äöü"},
		{name: "json without a type", kind: "text/plain", sent: "[1]", want: "[1]", wantJSON: "[1]", wantData: "[1]"},
		{name: "no json", kind: "application/json", sent: "{", want: "{",
			wantJSON: "the body is no JSON: ", wantData: "the body is no JSON: "},
		{name: "empty", kind: "application/json", wantJSON: "the body is empty, so it is no JSON"},
		{name: "latin 1", kind: "text/plain; charset=ISO-8859-1", sent: "\xe4", want: "ä",
			wantJSON: "the body is no JSON: invalid character 'ä' at start of value", wantData: "ä"},
		{name: "windows", kind: `text/plain; charset="Windows-1252"`, sent: "\x80", want: "€",
			wantJSON: "the body is no JSON: invalid character '€' at start of value", wantData: "€"},
		{name: "unknown set", kind: "text/plain; charset=klingon", sent: "1", want: "1", wantJSON: "1", wantData: "1",
			warning: "has the unknown character set klingon and was read as UTF-8"},
		{name: "broken text", kind: "text/plain", sent: "\"a\xffb\"", want: "\"a\uFFFDb\"",
			wantJSON: "a\uFFFDb", wantData: "\"a\uFFFDb\""},
		{name: "exactly all", kind: "text/plain", sent: strings.Repeat("1", mib), want: strings.Repeat("1", mib), wantData: strings.Repeat("1", mib),
			wantJSON: "the body is no JSON: number " + strings.Repeat("1", mib) + " is too large"},
		{name: "one too many", kind: "application/json", sent: strings.Repeat("1", mib+1), want: strings.Repeat("1", mib),
			wantJSON: "the body is longer than 1 MiB and was cut, so it is no JSON any more",
			wantData: "the body is longer than 1 MiB and was cut, so it is no JSON any more",
			warning:  "is longer than 1 MiB and was cut"},
		{name: "cut in a letter", kind: "text/plain", sent: "1" + strings.Repeat("ä", mib), want: "1" + strings.Repeat("ä", (mib-1)/2),
			wantJSON: "the body is longer than 1 MiB and was cut, so it is no JSON any more",
			wantData: "1" + strings.Repeat("ä", (mib-1)/2), warning: "is longer than 1 MiB and was cut"},
		{name: "gzip", kind: "text/plain", encoding: "gzip", sent: zipped(3), want: "\x00\x00\x00", wantData: "\x00\x00\x00",
			wantJSON: `the body is no JSON: invalid character '\x00' at start of value`},
		{name: "gzip bomb", kind: "text/plain", encoding: "gzip", sent: zipped(64 * mib), want: strings.Repeat("\x00", mib), wantData: strings.Repeat("\x00", mib),
			wantJSON: "the body is longer than 1 MiB and was cut, so it is no JSON any more", warning: "is longer than 1 MiB and was cut"},
	}
	for _, tt := range tests {
		for _, asked := range []string{"", "gzip"} { // by the transport, by the experiment
			t.Run(tt.name+" "+asked, func(t *testing.T) {
				t.Parallel()
				url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Type", tt.kind)
					if tt.encoding != "" {
						w.Header().Set("Content-Encoding", tt.encoding)
					}
					io.WriteString(w, tt.sent)
				})
				a := named{"url": url}
				if asked != "" {
					a["headers"] = mapOf("Accept-Encoding", asked)
				}
				w := newWorld(t)
				r, err := w.call(t.Context(), "http.get", a)
				if err != nil {
					t.Fatal(err)
				}
				if got := field(t, r, "body"); got != tt.want {
					t.Errorf("body is %.80q, want %.80q", got, tt.want)
				}
				for name, want := range map[string]string{"json": tt.wantJSON, "data": tt.wantData} {
					v, err := r.Get(name)
					got := value.Text(v)
					if err != nil {
						got = err.Error()
					}
					if got != want && !(strings.HasSuffix(want, ": ") && strings.HasPrefix(got, want)) {
						t.Errorf("%s is %.80q, want %.80q", name, got, want)
					}
				}
				if got := strings.Join(w.log, "\n"); !strings.Contains(got, tt.warning) || (tt.warning == "") != (got == "") {
					t.Errorf("logged %q, want %q", got, tt.warning)
				}
			})
		}
	}
}

func TestHeadHasNoBody(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", "100")
	})
	r, err := newWorld(t).call(t.Context(), "http.head", named{"url": url, "headers": mapOf("Accept-Encoding", "gzip")})
	if err != nil {
		t.Fatal(err)
	}
	if field(t, r, "body") != "" || field(t, r, "status") != int64(200) {
		t.Errorf("got %s", value.Text(r))
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("n"))
		if n == 0 {
			io.WriteString(w, "end")
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/?n=%d", n-1), http.StatusFound)
	})
	w := newWorld(t)
	r, err := w.call(t.Context(), "http.get", named{"url": url + "?n=10"})
	if err != nil {
		t.Fatal(err)
	}
	if field(t, r, "body") != "end" || field(t, r, "url") != url+"/?n=0" {
		t.Errorf("got %s", value.Text(r))
	}

	_, err = w.call(t.Context(), "http.get", named{"url": url + "?n=11"})
	if err == nil || !strings.HasPrefix(err.Error(), "more than 10 redirects: "+url+"?n=11 -> "+url+"/?n=10 -> ") ||
		!strings.HasSuffix(err.Error(), " -> "+url+"/?n=0") {
		t.Errorf("got %v", err)
	}

	r, err = w.call(t.Context(), "http.get", named{"url": url + "?n=1", "follow": false})
	if err != nil {
		t.Fatal(err)
	}
	location, _ := field(t, r, "headers").(*value.Map).Get("Location")
	if field(t, r, "status") != int64(302) || location != "/?n=0" || field(t, r, "url") != url+"?n=1" {
		t.Errorf("got %s", value.Text(r))
	}
}

func TestConnectionsAreFreshUnlessKept(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		for _, keep := range []bool{false, true} {
			t.Run(fmt.Sprintf("tls %t keep %t", secure, keep), func(t *testing.T) {
				t.Parallel()
				s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					io.WriteString(w, r.Proto)
				}))
				s.Config.ErrorLog = quiet
				connections := countConnections(s)
				if secure {
					s.EnableHTTP2 = true
					s.StartTLS()
				} else {
					s.Start()
				}
				t.Cleanup(s.Close)
				w := newWorld(t)
				for range 5 {
					r, err := w.call(t.Context(), "http.get", named{"url": s.URL, "keep-alive": keep, "verify-tls": false})
					if err != nil {
						t.Fatal(err)
					}
					if proto := field(t, r, "body"); secure != (proto == "HTTP/2.0") {
						t.Errorf("spoke %v", proto)
					}
				}
				want := int64(5)
				if keep {
					want = 1
				}
				if got := connections.Load(); got != want {
					t.Errorf("%d connections for 5 requests, want %d", got, want)
				}
			})
		}
	}
}

func TestParallelProbesShareNoConnection(t *testing.T) {
	t.Parallel()
	const n = 8
	var here sync.WaitGroup
	here.Add(n)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		here.Done()
		here.Wait()
	}))
	s.EnableHTTP2 = true
	connections := countConnections(s)
	s.StartTLS()
	t.Cleanup(s.Close)
	w := newWorld(t)
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			if _, err := w.call(t.Context(), "http.get", named{"url": s.URL, "verify-tls": false}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := connections.Load(); got != n {
		t.Errorf("%d connections for %d requests at once", got, n)
	}
}
