// Package http is the namespace of functions that talk HTTP: single requests,
// and a constant load of them.
package http

import (
	"context"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// UserAgent is what requests say they come from, unless their headers say
// otherwise. The program sets it, with its version, before a run.
var UserAgent = "chaosc"

// Namespace holds the functions of the namespace.
var Namespace = &stdlib.Namespace{
	Name:    "http",
	Summary: "Requests over HTTP and HTTPS, one by one or as a constant load.",
	Doc: `Every answer is a result, whatever its status: expectations judge it. Only a request without an
answer fails. Each request opens a connection of its own, since one that is kept hides that a service
accepts no new ones; ` + "`keep-alive: true`" + ` asks for one that is kept for the length of the run.

Redirects are followed, 10 at most, unless ` + "`follow: false`" + ` makes the redirect itself the result. Of a
body, 1 MiB is kept, after decompression; a longer one is cut, with a warning. Proxies are those of the
environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). Methods, statuses and headers are those of RFC 9110.`,
	Declares: []func() *stdlib.Function{get, head, load, post, put, patch, remove, request},
}

// args are the parameters of one request whose function says the method.
type args struct {
	target
	message
	connection
}

type requestArgs struct {
	Method string `chaos:"method" doc:"method, as GET or OPTIONS; small letters are raised"`
	args
}

// method makes the function of one method.
func method(name string, spec stdlib.Spec) *stdlib.Function {
	return stdlib.Define(spec, func(ctx context.Context, env *stdlib.Env, a args) (response, error) {
		return fetch(ctx, env, name, a)
	})
}

func get() *stdlib.Function {
	return method("GET", stdlib.Spec{
		Name:    "http.get",
		Kind:    types.Probe,
		Summary: "Asks for a resource.",
		Doc: `The time that it took is ` + "`elapsed`" + `, which belongs to the activity. Names in ` + "`headers`" + ` of the result are
written as Content-Type is. A field of a JSON body is read through ` + "`json`" + `, which fails where the body is none.`,
		Example: `probe shop = http.get("http://localhost:8000/health", headers: {Accept: "application/json"})
    expect status == 200
    expect json.state == "ok"`,
	})
}

func head() *stdlib.Function {
	return method("HEAD", stdlib.Spec{
		Name:    "http.head",
		Kind:    types.Probe,
		Summary: "Asks for what a resource's headers are, without its body.",
		Example: `probe catalogue = http.head("http://localhost:8000/catalogue.pdf")
    expect status == 200
    expect headers["Content-Type"] == "application/pdf"`,
	})
}

func post() *stdlib.Function {
	return method("POST", stdlib.Spec{
		Name:    "http.post",
		Kind:    types.Open,
		Summary: "Sends something for a resource to act on.",
		Doc:     "At most one of `json`, `form` and `body` is given.",
		Example: `action order = http.post("http://localhost:8000/orders", json: {product: 7, count: 2}) keep`,
	})
}

func put() *stdlib.Function {
	return method("PUT", stdlib.Spec{
		Name:    "http.put",
		Kind:    types.Open,
		Summary: "Puts a resource in the place of what is there.",
		Example: `action flag = http.put("http://localhost:8000/flags/cache", json: {on: false})
    undo by http.put("http://localhost:8000/flags/cache", json: {on: true})`,
	})
}

func patch() *stdlib.Function {
	return method("PATCH", stdlib.Spec{
		Name:    "http.patch",
		Kind:    types.Open,
		Summary: "Changes a part of a resource.",
		Example: `action limit = http.patch("http://localhost:8000/limits", json: {connections: 5}) keep`,
	})
}

func remove() *stdlib.Function {
	return method("DELETE", stdlib.Spec{
		Name:    "http.delete",
		Kind:    types.Open,
		Summary: "Removes a resource.",
		Example: `action session = http.delete("http://localhost:8000/sessions/7") keep`,
	})
}

func request() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "http.request",
		Kind:    types.Open,
		Summary: "Sends a request of any method.",
		Example: `probe options = http.request("OPTIONS", "http://localhost:8000/orders")
    expect headers["Allow"] contains "POST"`,
	}, func(ctx context.Context, env *stdlib.Env, a requestArgs) (response, error) {
		return fetch(ctx, env, a.Method, a.args)
	})
}
