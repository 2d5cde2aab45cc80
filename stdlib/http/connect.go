package http

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: one transport for all requests of a kind in a run. A transport
// without keep-alive holds nothing between requests and opens a connection for
// each; what differs from call to call (the limit of connecting) travels in
// the request's context. Only a fresh request over TLS has a transport of its
// own: HTTP/2 would let requests at the same time take each other's connection
// and open more than one for each.

const (
	maxRedirects = 10
	maxHeader    = 1 << 20 // bytes of an answer's headers
	idleTimeout  = 90 * time.Second
)

// transportKind is the key of the transports that a run shares.
type transportKind struct{ verifyTLS, keepAlive bool }

// transport returns the transport for a request, and what is to be called when
// the answer has been read.
func transport(env *stdlib.Env, kind transportKind, scheme string) (t *http.Transport, done func()) {
	if scheme == "https" && !kind.keepAlive {
		t := newTransport(env, kind)
		return t, t.CloseIdleConnections
	}
	shared := env.Shared(kind, func() (any, func()) {
		t := newTransport(env, kind)
		return t, t.CloseIdleConnections
	})
	return shared.(*http.Transport), func() {}
}

func newTransport(env *stdlib.Env, kind transportKind) *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer(env),
		TLSClientConfig:        &tls.Config{InsecureSkipVerify: !kind.verifyTLS},
		ForceAttemptHTTP2:      true,
		DisableKeepAlives:      !kind.keepAlive,
		MaxIdleConnsPerHost:    64,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// client returns a client for a message.
func (m *message) client(t *http.Transport) *http.Client {
	c := &http.Client{Transport: t, CheckRedirect: checkRedirect}
	if !m.Follow {
		c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return c
}

// redirectError says that a request was sent from here to there for too long.
type redirectError struct{ hops []string }

func (e *redirectError) Error() string {
	return fmt.Sprintf("more than %d redirects: %s", maxRedirects, strings.Join(e.hops, " -> "))
}

func checkRedirect(next *http.Request, via []*http.Request) error {
	if len(via) <= maxRedirects {
		return nil
	}
	e := &redirectError{}
	for _, r := range append(via, next) {
		e.hops = append(e.hops, r.URL.Redacted())
	}
	return e
}

// connectLimit is the key under which a request's context holds the limit of
// connecting.
type connectLimit struct{}

// dialError is a failure to connect: nothing was sent.
type dialError struct{ err error }

func (e *dialError) Error() string { return e.err.Error() }
func (e *dialError) Unwrap() error { return e.err }

// slowConnectError says that connecting took longer than connect-timeout.
type slowConnectError struct{ limit time.Duration }

func (e *slowConnectError) Error() string { return "no connection within " + value.Literal(e.limit) }

func dialer(env *stdlib.Env) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if limit, ok := ctx.Value(connectLimit{}).(time.Duration); ok {
			limited, cancel := context.WithTimeout(ctx, limit)
			defer cancel()
			conn, err := env.Dial(limited, network, address)
			if err != nil && limited.Err() != nil && ctx.Err() == nil {
				err = &slowConnectError{limit}
			}
			return conn, dialed(err)
		}
		conn, err := env.Dial(ctx, network, address)
		return conn, dialed(err)
	}
}

func dialed(err error) error {
	if err == nil {
		return nil
	}
	return &dialError{err}
}
