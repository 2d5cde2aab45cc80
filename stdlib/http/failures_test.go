package http_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

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
			if took := time.Since(began); took > 20*time.Second {
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
