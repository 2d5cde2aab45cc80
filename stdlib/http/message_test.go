package http_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// echo answers with the request as it arrived: its first line, the headers
// asked for by X-Show, an empty line, the body.
func echo(w http.ResponseWriter, r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	var out strings.Builder
	out.WriteString(r.Method + " " + r.RequestURI + "\n")
	for _, name := range strings.Fields(r.Header.Get("X-Show")) {
		v := r.Header.Get(name)
		if name == "Host" {
			v = r.Host
		}
		out.WriteString(name + ": " + v + "\n")
	}
	out.WriteString("\n" + string(b))
	io.WriteString(w, out.String())
}

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, echo)
	show := func(names string) *value.Map { return mapOf("X-Show", names) }
	tests := []struct {
		name, function string
		args           named
		want           string
	}{
		{"get", "http.get", named{"url": url + "/a%20b?x=1"}, "GET /a%20b?x=1\n\n"},
		{"post", "http.post", named{"url": url, "body": "text", "headers": show("Content-Type User-Agent")},
			"POST /\nContent-Type: text/plain; charset=utf-8\nUser-Agent: chaosc\n\ntext"},
		{"empty body", "http.put", named{"url": url, "body": "", "headers": show("Content-Length")},
			"PUT /\nContent-Length: 0\n\n"},
		{"patch", "http.patch", named{"url": url}, "PATCH /\n\n"},
		{"delete", "http.delete", named{"url": url}, "DELETE /\n\n"},
		{"request", "http.request", named{"method": "propfind", "url": url}, "PROPFIND /\n\n"},
		{"json", "http.post", named{"url": url, "json": mapOf("b", int64(1), "a", []any{true, nil}), "headers": show("Content-Type Content-Length")},
			"POST /\nContent-Type: application/json\nContent-Length: 23\n\n" + `{"b":1,"a":[true,null]}`},
		{"json null", "http.post", named{"url": url, "json": nil}, "POST /\n\nnull"},
		{"json with a type of its own", "http.post",
			named{"url": url, "json": int64(1), "headers": mapOf("content-type", "application/vnd.x+json", "X-Show", "Content-Type")},
			"POST /\nContent-Type: application/vnd.x+json\n\n1"},
		{"form", "http.post", named{"url": url, "form": mapOf("b", "x y&", "a", []any{int64(1), int64(2)}, "n", nil), "headers": show("Content-Type")},
			"POST /\nContent-Type: application/x-www-form-urlencoded\n\nb=x+y%26&a=1&a=2"},
		{"query", "http.get", named{"url": url + "/s", "query": mapOf("q", "ä", "d", 2*time.Second, "l", []any{true, nil})},
			"GET /s?q=%C3%A4&d=2s&l=true\n\n"},
		{"query is added", "http.get", named{"url": url + "/s?x=1#part", "query": mapOf("y", int64(2))}, "GET /s?x=1&y=2\n\n"},
		{"empty query", "http.get", named{"url": url + "/s?x=1", "query": mapOf()}, "GET /s?x=1\n\n"},
		{"host", "http.get", named{"url": url, "headers": mapOf("Host", "shop.example", "X-Show", "Host")}, "GET /\nHost: shop.example\n\n"},
		{"agent", "http.get", named{"url": url, "headers": mapOf("user-agent", "me", "X-Show", "User-Agent")}, "GET /\nUser-Agent: me\n\n"},
		{"basic", "http.get", named{"url": url, "auth": mapOf("user", "u", "password", "p"), "headers": show("Authorization")},
			"GET /\nAuthorization: Basic dTpw\n\n"},
		{"bearer", "http.get", named{"url": url, "auth": mapOf("bearer", "tok"), "headers": show("Authorization")},
			"GET /\nAuthorization: Bearer tok\n\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := newWorld(t).call(t.Context(), tt.function, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if got := field(t, r, "body"); got != tt.want {
				t.Errorf("sent\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestWhatCannotBeSent(t *testing.T) {
	t.Parallel()
	const url = "http://127.0.0.1:1/"
	tests := []struct {
		args named
		want string
	}{
		{named{"url": ""}, "url is empty"},
		{named{"url": "localhost:8000"}, `url "localhost:8000" has no scheme: write http://localhost:8000`},
		{named{"url": "//host/x"}, `url "//host/x" has no scheme: write http://host/x`},
		{named{"url": "ftp://host"}, `url "ftp://host" has the scheme "ftp": it can be http or https`},
		{named{"url": "http://host/a b"}, `url "http://host/a b" holds a space: one in a path is written %20`},
		{named{"url": "http://host/\n"}, `url "http://host/\n" holds a control character`},
		{named{"url": "http:///path"}, `url "http:///path" names no host`},
		{named{"url": "http://host:99999"}, `url "http://host:99999" has the port 99999: one is between 1 and 65535`},
		{named{"url": "http://host:http"}, `url "http://host:http" is malformed: invalid port ":http" after host`},
		{named{"url": "http://host/%zz"}, `url "http://host/%zz" is malformed: invalid URL escape "%zz"`},
		{named{"url": url, "headers": mapOf("a b", "x")}, `"a b" is no name of a header`},
		{named{"url": url, "headers": mapOf("A", "x\r\nB: y")}, "header A holds a line break"},
		{named{"url": url, "headers": mapOf("x-a", "1", "X-A", "2")}, "header X-A is given twice, in different letters"},
		{named{"url": url, "json": int64(1), "body": "x"}, "json and body are given: a request has one body"},
		{named{"url": url, "json": int64(1), "form": mapOf(), "body": "x"}, "json and form and body are given: a request has one body"},
		{named{"url": url, "form": mapOf("a", mapOf())}, `argument form: entry "a" is a map: it can be text, a number or a list of those`},
		{named{"url": url, "query": mapOf("a", []any{[]any{}})}, `argument query: entry "a" is a list: it can be text, a number or a list of those`},
		{named{"url": url, "auth": mapOf("user", "u")}, "auth is neither {user: …, password: …} nor {bearer: …}"},
		{named{"url": url, "auth": mapOf("bearer", "a\nb")}, "the bearer token holds a line break"},
		{named{"url": url, "auth": mapOf("bearer", "a"), "headers": mapOf("authorization", "b")}, "auth and headers both say Authorization"},
		{named{"url": url, "retries": int64(-1)}, "retries is below zero"},
		{named{"url": url, "connect-timeout": time.Duration(0)}, "connect-timeout is not above zero"},
		{named{"url": url, "method": "GET IT"}, `"GET IT" is no method: one is a word as GET`},
		{named{"url": url, "method": ""}, `"" is no method: one is a word as GET`},
	}
	w := newWorld(t)
	for _, tt := range tests {
		function := "http.get"
		if tt.args["method"] != nil {
			function = "http.request"
		}
		if _, err := w.call(t.Context(), function, tt.args); err == nil || err.Error() != tt.want {
			t.Errorf("%v: got %v, want %s", tt.args, err, tt.want)
		}
	}
}
