package http_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

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

func TestFailures(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := "http://" + free.Addr().String()
	free.Close()

	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = quiet
	secure.StartTLS()
	t.Cleanup(secure.Close)
	plain, _ := serve(t, func(http.ResponseWriter, *http.Request) {})

	raw := func(answer string) string {
		return rawServer(t, func(c net.Conn) {
			io.ReadAtLeast(c, make([]byte, 4096), 10)
			io.WriteString(c, answer)
		})
	}
	to := func(location string) string {
		return raw("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n")
	}
	tests := []struct {
		name, url, want string
	}{
		{"refused behind a redirect", to(refused + "/x?y=1"), "failed to connect to " + refused + "/x?y=1, to which URL redirects: connection refused"},
		{"redirect with a password", to(strings.Replace(refused, "//", "//u:secret@", 1)), "failed to connect to " + refused + ", to which URL redirects: connection refused"},
		{"redirect to another protocol", to("file:///etc/passwd"), `no valid answer from file:///etc/passwd, to which URL redirects: unsupported protocol scheme "file"`},
		{"redirect to no address", to("http://[::1"), `no valid answer from URL: failed to parse Location header "http://[::1": parse "http://[::1": missing ']' in host`},
		{"refused", refused, "failed to connect to URL: connection refused"},
		{"password", strings.Replace(refused, "//", "//u:secret@", 1), "failed to connect to " + strings.Replace(refused, "//", "//u:xxxxx@", 1) + ": connection refused"},
		{"no such host", "http://nowhere.invalid/", "failed to connect to URL: no such host nowhere.invalid"},
		{"certificate", secure.URL, "failed to connect to URL: TLS: the certificate is signed by an unknown authority (verify-tls: false accepts any)"},
		{"no TLS", strings.Replace(plain, "http:", "https:", 1), "failed to connect to URL: TLS: the server does not speak it on this port"},
		{"closed", raw(""), "failed to connect to URL: the server closed the connection"},
		{"other protocol", raw("SSH-2.0-OpenSSH\r\n\r\n"), `no valid answer from URL: malformed HTTP response "SSH-2.0-OpenSSH"`},
		{"headers without end", raw("HTTP/1.1 200 OK\r\nA: " + strings.Repeat("a", 2<<20)), "no valid answer from URL: server response headers exceeded 1048576 bytes; aborted"},
		{"short body", raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"), "the answer of URL broke off: the server closed the connection"},
		{"broken chunk", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n"), "the answer of URL broke off: invalid byte in chunk length"},
		{"broken gzip", raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + strings.Repeat("a", 20)), "the answer of URL broke off: invalid header"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if tt.name == "no such host" { // no look-up leaves the machine
				w.Dial = func(context.Context, string, string) (net.Conn, error) {
					return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "nowhere.invalid", IsNotFound: true}}
				}
			}
			_, err := w.call(t.Context(), "http.get", named{"url": tt.url})
			if want := strings.Replace(tt.want, "URL", tt.url, 1); err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

// rawServer answers connections below HTTP.
func rawServer(t *testing.T, answer func(net.Conn)) (url string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer c.Close()
				answer(c)
			})
		}
	})
	t.Cleanup(func() { l.Close(); wg.Wait() })
	return "http://" + l.Addr().String()
}

func TestVerifyTLSOfTheRunWins(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ErrorLog = quiet
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	s.StartTLS()
	t.Cleanup(s.Close)
	w := newWorld(t)
	w.VerifyTLS = false
	if _, err := w.call(t.Context(), "http.get", named{"url": s.URL, "verify-tls": true}); err != nil {
		t.Error(err)
	}
}

func TestAnswerThatDoesNotCome(t *testing.T) {
	t.Parallel()
	silent := rawServer(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	slow := rawServer(t, func(c net.Conn) {
		io.ReadAtLeast(c, make([]byte, 4096), 10)
		io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\nhalf")
		io.Copy(io.Discard, c)
	})
	stop := errors.New("the method is over")
	for name, url := range map[string]string{"no answer": silent, "no end": slow} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_, err := w.call(ctx, "http.get", named{"url": url, "retries": int64(3)})
			if err == nil || err.Error() != "activity took too long to complete" || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("late: got %v", err)
			}

			ended, end := context.WithCancelCause(t.Context())
			time.AfterFunc(20*time.Millisecond, func() { end(stop) })
			began := time.Now()
			_, err = w.call(ended, "http.get", named{"url": url})
			if !errors.Is(err, stop) || err.Error() != "GET "+url+" was ended: the method is over" {
				t.Errorf("ended: got %v", err)
			}
			if took := time.Since(began); took > time.Second {
				t.Errorf("it took %s to end", took)
			}
		})
	}
}

func TestConnectTimeout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	_, err := w.call(t.Context(), "http.get", named{"url": "http://host", "connect-timeout": 20 * time.Millisecond})
	if want := "failed to connect to http://host: no connection within 20ms"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestRetries(t *testing.T) {
	t.Parallel()
	// flaky breaks the first two connections after it has read a request.
	flaky := func(t *testing.T) (string, *atomic.Int64) {
		var n atomic.Int64
		return rawServer(t, func(c net.Conn) {
			io.ReadAtLeast(c, make([]byte, 4096), 10)
			if n.Add(1) > 2 {
				io.WriteString(c, "HTTP/1.1 204 No Content\r\n\r\n")
			}
		}), &n
	}
	tests := []struct {
		function string
		retries  int
		tries    int64
		works    bool
	}{
		{"http.get", 0, 1, false},
		{"http.get", 1, 2, false},
		{"http.get", 2, 3, true},
		{"http.put", 2, 3, true},
		{"http.post", 2, 1, false},
		{"http.patch", 2, 1, false},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%s %d", tt.function, tt.retries), func(t *testing.T) {
			t.Parallel()
			url, n := flaky(t)
			_, err := newWorld(t).call(t.Context(), tt.function, named{"url": url, "retries": int64(tt.retries)})
			if (err == nil) != tt.works || n.Load() != tt.tries {
				t.Errorf("%d tries, error %v; want %d, works %t", n.Load(), err, tt.tries, tt.works)
			}
		})
	}

	t.Run("nothing sent", func(t *testing.T) { // so a POST may be tried again
		t.Parallel()
		url, _ := serve(t, echo)
		w := newWorld(t)
		dial, dials := w.Dial, 0
		w.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if dials++; dials < 3 {
				return nil, errors.New("no route")
			}
			return dial(ctx, network, address)
		}
		r, err := w.call(t.Context(), "http.post", named{"url": url, "body": "x", "retries": int64(2)})
		if err != nil {
			t.Fatal(err)
		}
		if got := field(t, r, "body"); got != "POST /\n\nx" {
			t.Errorf("sent %q", got)
		}
	})
}
