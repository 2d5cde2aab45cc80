package http

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// connection says how one request uses connections.
type connection struct {
	Retries   int  `chaos:"retries,named" default:"0" doc:"further tries, without a pause, when no connection could be opened, or when it broke and the method may be repeated (GET, HEAD, OPTIONS, TRACE, PUT, DELETE)"`
	KeepAlive bool `chaos:"keep-alive,named" default:"false" doc:"whether the connection may be one that an earlier request with keep-alive has opened"`
}

// response is the result of a request.
type response struct {
	Status  int         `chaos:"status" doc:"status code"`
	Headers *value.Map  `chaos:"headers" type:"map<string>" doc:"headers, named as Content-Type is; a repeated one is joined by commas"`
	Body    string      `chaos:"body" doc:"text of the body, 1 MiB at most"`
	JSON    *value.Lazy `chaos:"json" doc:"the body read as JSON; reading it fails where the body is none or was cut"`
	Data    *value.Lazy `chaos:"data" doc:"the body read as JSON where the response says that it is, else its text"`
	URL     string      `chaos:"url" doc:"address that answered, after redirects"`
}

// Problem says that the server refused, by a status of 400 or more.
func (r response) Problem() error {
	if r.Status < http.StatusBadRequest {
		return nil
	}
	return fmt.Errorf("%s answered %d", r.URL, r.Status)
}

// fetch sends a request and reads the answer.
func fetch(ctx context.Context, env *stdlib.Env, method string, a args) (response, error) {
	p, err := prepare(method, a.target, &a.message)
	if err != nil {
		return response{}, err
	}
	if a.Retries < 0 {
		return response{}, errors.New("retries is below zero")
	}
	if a.ConnectTimeout != nil {
		ctx = context.WithValue(ctx, connectLimit{}, *a.ConnectTimeout)
	}
	t, done := transport(env, transportKind{a.VerifyTLS && env.VerifyTLS, a.KeepAlive}, p.url.Scheme)
	defer done()
	client := a.client(t)
	for try := 0; ; try++ {
		res, err := p.once(ctx, env, client)
		if err == nil || try >= a.Retries || ctx.Err() != nil || !p.repeatable(err) {
			return res, p.explain(ctx, err)
		}
	}
}

func (p *prepared) once(ctx context.Context, env *stdlib.Env, client *http.Client) (response, error) {
	res, err := client.Do(p.request(ctx))
	if err != nil {
		return response{}, err
	}
	defer res.Body.Close()
	b, err := readBody(res)
	if err != nil {
		return response{}, &brokenError{err}
	}
	shown := res.Request.URL.Redacted()
	if b.cut {
		env.Log("WARNING", "the body of "+shown+" is longer than 1 MiB and was cut")
	}
	if b.unknown != "" {
		env.Log("WARNING", "the body of "+shown+" has the unknown character set "+b.unknown+" and was read as UTF-8")
	}
	return response{
		Status:  res.StatusCode,
		Headers: headerMap(res.Header),
		Body:    b.text,
		JSON:    value.NewLazy(b.json),
		Data:    value.NewLazy(b.data),
		URL:     shown,
	}, nil
}

// headerMap returns headers in the order of their names.
func headerMap(h http.Header) *value.Map {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	m := value.NewMap(len(h))
	for _, name := range names {
		m.Set(name, strings.Join(h[name], ", "))
	}
	return m
}
