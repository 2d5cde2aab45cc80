package http

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Technique: what net/http and crypto/tls say is put into the words of
// whoever wrote the experiment, by the types of errors and not by their texts.

// lateError says that an answer did not come in time.
type lateError struct{ cause error }

func (e *lateError) Error() string { return "activity took too long to complete" }
func (e *lateError) Unwrap() error { return e.cause }

// brokenError says that an answer began and did not end.
type brokenError struct{ err error }

func (e *brokenError) Error() string { return e.err.Error() }
func (e *brokenError) Unwrap() error { return e.err }

// explain returns the error of a request as the experiment sees it.
func (p *prepared) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return &lateError{context.Cause(ctx)}
		}
		return fmt.Errorf("%s %s was ended: %w", p.method, p.shown, context.Cause(ctx))
	}
	var redirects *redirectError
	var broken *brokenError
	switch {
	case errors.As(err, &redirects):
		return redirects
	case errors.As(err, &broken):
		why, _ := cause(err)
		return fmt.Errorf("the answer of %s broke off: %s", p.shown, why)
	}
	why, connected := cause(err)
	if connected {
		return fmt.Errorf("no valid answer from %s: %s", p.place(err), why)
	}
	return fmt.Errorf("failed to connect to %s: %s", p.place(err), why)
}

// place says where a request failed: it may be another address than that of
// the request, which redirected to it.
func (p *prepared) place(err error) string {
	var failed *url.Error
	if !errors.As(err, &failed) {
		return p.shown
	}
	at, parseErr := url.Parse(failed.URL)
	if parseErr != nil {
		return p.shown
	}
	from := *p.url
	from.User, at.User = nil, nil // the error has its own way to hide a password
	if at.String() == from.String() {
		return p.shown
	}
	return at.String() + ", to which " + p.shown + " redirects"
}

// repeatable reports whether the request may be sent again after an error.
func (p *prepared) repeatable(err error) bool {
	var dial *dialError
	if errors.As(err, &dial) {
		return true
	}
	var redirects *redirectError
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &redirects) || errors.As(err, &certificate) {
		return false
	}
	return slices.Contains([]string{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"}, p.method)
}

// cause says in plain words why there is no answer, and whether that is one
// the server sent but nobody can read. The same cause has the same words,
// whatever the ports of the connection were.
func cause(err error) (why string, connected bool) {
	var (
		slow        *slowConnectError
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
		noTLS       tls.RecordHeaderError
		alert       tls.AlertError
		errno       syscall.Errno
		timeout     net.Error
	)
	switch {
	case errors.As(err, &slow):
		return slow.Error(), false
	case errors.As(err, &dns):
		return dnsCause(dns), false
	case errors.As(err, &certificate):
		return "TLS: " + certificateCause(certificate.Err) + " (verify-tls: false accepts any)", false
	case errors.As(err, &noTLS), errors.Is(err, http.ErrSchemeMismatch):
		return "TLS: the server does not speak it on this port", false
	case errors.As(err, &alert):
		return "TLS: the server refused: " + strings.TrimPrefix(alert.Error(), "tls: "), false
	case errors.As(err, &errno):
		return errno.Error(), false
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the server closed the connection", false
	case errors.As(err, &timeout) && timeout.Timeout():
		return "the connection timed out", false
	}
	return innermost(err), true
}

// innermost returns the text of the error at the end of a chain, without the
// name of the Go package that made it.
func innermost(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			break
		}
		err = inner
	}
	text := err.Error()
	if strings.HasSuffix(text, "%!w(<nil>)") { // net/http, of a server that sends before the request is there
		return "the server spoke before it was asked, so it speaks another protocol"
	}
	for _, prefix := range []string{"net/http: ", "http: ", "tls: ", "http2: ", "gzip: ", "flate: "} {
		text = strings.TrimPrefix(text, prefix)
	}
	return text
}

func dnsCause(e *net.DNSError) string {
	switch {
	case e.IsNotFound:
		return "no such host " + e.Name
	case e.IsTimeout:
		return "looking up the host " + e.Name + " took too long"
	}
	return "looking up the host " + e.Name + " failed: " + e.Err
}

func certificateCause(err error) string {
	var (
		unknown *x509.UnknownAuthorityError
		byValue x509.UnknownAuthorityError
		host    x509.HostnameError
		invalid x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &unknown), errors.As(err, &byValue):
		return "the certificate is signed by an unknown authority"
	case errors.As(err, &host):
		names := slices.Clone(host.Certificate.DNSNames)
		for _, ip := range host.Certificate.IPAddresses {
			names = append(names, ip.String())
		}
		return fmt.Sprintf("the certificate is for %s, not for %s", strings.Join(names, ", "), host.Host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		c := invalid.Cert
		if time.Now().Before(c.NotBefore) {
			return "the certificate is not valid before " + c.NotBefore.Format(time.RFC3339)
		}
		return "the certificate has expired on " + c.NotAfter.Format(time.RFC3339)
	}
	return strings.TrimPrefix(err.Error(), "x509: ")
}
