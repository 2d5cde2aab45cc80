package http

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// target says where a request goes.
type target struct {
	URL string `chaos:"url" effect:"net" doc:"address, http or https"`
}

// message says what a request carries and how it is sent.
type message struct {
	Headers        map[string]string `chaos:"headers,optional,named,secret" doc:"headers by name; Host and User-Agent too"`
	Query          *value.Map        `chaos:"query,optional,named" doc:"entries added to the query of the URL; a list repeats its entry, null leaves it out"`
	JSON           *any              `chaos:"json,named,secret" doc:"value sent as JSON, application/json unless headers say otherwise"`
	Form           *value.Map        `chaos:"form,optional,named,secret" doc:"entries sent as a form is; a list repeats its entry, null leaves it out"`
	Body           *string           `chaos:"body,named,secret" doc:"text sent as it is, text/plain unless headers say otherwise"`
	Auth           map[string]string `chaos:"auth,optional,named,secret" doc:"{user: …, password: …} for basic authentication, {bearer: …} for a token"`
	ConnectTimeout *time.Duration    `chaos:"connect-timeout,named" doc:"limit of looking the host up and connecting to it; without it, that of the activity"`
	VerifyTLS      bool              `chaos:"verify-tls,named" default:"true" doc:"whether the server's certificate must be valid; --no-verify-tls makes it false everywhere"`
	Follow         bool              `chaos:"follow,named" default:"true" doc:"whether redirects are followed, 10 at most"`
}

// prepared is a request that is known to be well formed and can be sent any
// number of times.
type prepared struct {
	method string
	url    *url.URL
	shown  string // the URL as it may be shown: without a password
	header http.Header
	host   string
	body   []byte
	m      *message
}

// prepare checks everything that can be wrong before a connection is made.
func prepare(method string, to target, m *message) (*prepared, error) {
	p := &prepared{method: strings.ToUpper(method), m: m}
	if !isToken(method) {
		return nil, fmt.Errorf("%q is no method: one is a word as GET", method)
	}
	var err error
	if p.url, err = parseURL(to.URL); err != nil {
		return nil, err
	}
	p.shown = p.url.Redacted()
	if m.ConnectTimeout != nil && *m.ConnectTimeout <= 0 {
		return nil, errors.New("connect-timeout is not above zero")
	}
	if m.Query != nil {
		added, err := encodeEntries("query", m.Query)
		if err != nil {
			return nil, err
		}
		if p.url.RawQuery != "" && added != "" {
			added = "&" + added
		}
		p.url.RawQuery += added
		p.shown = p.url.Redacted()
	}
	if err := p.setHeader(); err != nil {
		return nil, err
	}
	return p, p.setBody()
}

func (p *prepared) setHeader() error {
	p.header = make(http.Header, len(p.m.Headers)+3)
	for name, v := range p.m.Headers {
		if !isToken(name) {
			return fmt.Errorf("%q is no name of a header", name)
		}
		if strings.ContainsAny(v, "\r\n\x00") {
			return fmt.Errorf("header %s holds a line break", name)
		}
		if name = http.CanonicalHeaderKey(name); name == "Host" {
			p.host = v
			continue
		}
		if p.header[name] != nil {
			return fmt.Errorf("header %s is given twice, in different letters", name)
		}
		p.header[name] = []string{v}
	}
	if p.header["User-Agent"] == nil {
		p.header["User-Agent"] = []string{UserAgent}
	}
	return p.setAuth()
}

func (p *prepared) setAuth() error {
	auth := p.m.Auth
	if len(auth) == 0 {
		return nil
	}
	if p.header["Authorization"] != nil {
		return errors.New("auth and headers both say Authorization")
	}
	user, isUser := auth["user"]
	password, isPassword := auth["password"]
	token, isBearer := auth["bearer"]
	switch {
	case isUser && isPassword && len(auth) == 2:
		r := http.Request{Header: p.header}
		r.SetBasicAuth(user, password)
	case isBearer && len(auth) == 1:
		if strings.ContainsAny(token, "\r\n\x00") {
			return errors.New("the bearer token holds a line break")
		}
		p.header["Authorization"] = []string{"Bearer " + token}
	default:
		return errors.New("auth is neither {user: …, password: …} nor {bearer: …}")
	}
	return nil
}

func (p *prepared) setBody() error {
	var given []string
	var kind string
	m := p.m
	if m.JSON != nil {
		given, kind = append(given, "json"), "application/json"
		var err error
		if p.body, err = value.AppendJSON([]byte{}, *m.JSON); err != nil {
			return fmt.Errorf("json: %w", err)
		}
	}
	if m.Form != nil {
		given, kind = append(given, "form"), "application/x-www-form-urlencoded"
		text, err := encodeEntries("form", m.Form)
		if err != nil {
			return err
		}
		p.body = []byte(text)
	}
	if m.Body != nil {
		given, kind = append(given, "body"), "text/plain; charset=utf-8"
		p.body = []byte(*m.Body)
	}
	if len(given) > 1 {
		return fmt.Errorf("%s are given: a request has one body", strings.Join(given, " and "))
	}
	if kind != "" && p.header["Content-Type"] == nil {
		p.header["Content-Type"] = []string{kind}
	}
	return nil
}

// request returns the request in the form in which it is sent once. URL and
// headers are shared by all of them: net/http only reads them.
func (p *prepared) request(ctx context.Context) *http.Request {
	r := (&http.Request{
		Method: p.method, URL: p.url, Host: p.host, Header: p.header,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	switch {
	case p.body == nil:
	case len(p.body) == 0:
		r.Body = http.NoBody
	default:
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(p.body)), nil }
		r.Body, _ = r.GetBody()
		r.ContentLength = int64(len(p.body))
	}
	return r
}

// parseURL reads an address and says what is wrong with it in the words of
// whoever wrote it.
func parseURL(text string) (*url.URL, error) {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("url %q %s", text, fmt.Sprintf(format, args...))
	}
	if text == "" {
		return nil, errors.New("url is empty")
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f }); i >= 0 {
		if text[i] == ' ' {
			return nil, bad("holds a space: one in a path is written %%20")
		}
		return nil, bad("holds a control character")
	}
	scheme, _, ok := strings.Cut(text, "://")
	if !ok {
		return nil, bad("has no scheme: write http://%s", strings.TrimLeft(text, "/"))
	}
	if s := strings.ToLower(scheme); s != "http" && s != "https" {
		return nil, bad("has the scheme %q: it can be http or https", scheme)
	}
	u, err := url.Parse(text)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return nil, bad("is malformed: %v", err)
	}
	if u.Hostname() == "" {
		return nil, bad("names no host")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return nil, bad("has the port %s: one is between 1 and 65535", port)
		}
	}
	return u, nil
}

// encodeEntries writes entries as a query or a form does, in their order.
func encodeEntries(param string, m *value.Map) (string, error) {
	var b strings.Builder
	add := func(key string, v any) error {
		switch v.(type) {
		case *value.Map, *value.Record, []any:
			return fmt.Errorf("argument %s: entry %q is %s: it can be text, a number or a list of those",
				param, key, value.Describe(v))
		case nil:
			return nil
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(key) + "=" + url.QueryEscape(value.Text(v)))
		return nil
	}
	for _, key := range m.Keys() {
		v, _ := m.Get(key)
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, e := range list {
			if err := add(key, e); err != nil {
				return "", err
			}
		}
	}
	return b.String(), nil
}

// isToken reports whether s is a token of RFC 9110, as names of headers and
// methods are.
func isToken(s string) bool {
	return s != "" && !slices.ContainsFunc([]byte(s), func(c byte) bool {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		return !letter && (c < '0' || c > '9') && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c))
	})
}
