package eval_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/text"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type keyArgs struct {
	Key string `chaos:"key" doc:"which"`
}

type response struct {
	Status  int            `chaos:"status" doc:"number"`
	Body    string         `chaos:"body" doc:"text"`
	Headers map[string]any `chaos:"headers" doc:"named texts"`
}

var registry = newRegistry()

func newRegistry() *stdlib.Registry {
	probe := func(name string) stdlib.Spec {
		return stdlib.Spec{Name: "t." + name, Kind: types.Probe, Summary: "Tests.", Example: "t.x()"}
	}
	none := errors.New("calls go to the scope")
	ns := &stdlib.Namespace{Name: "t", Declares: []func() *stdlib.Function{
		func() *stdlib.Function {
			return stdlib.Define(probe("get"), func(context.Context, *stdlib.Env, keyArgs) (any, error) { return nil, none })
		},
		func() *stdlib.Function {
			return stdlib.Define(probe("respond"), func(context.Context, *stdlib.Env, keyArgs) (response, error) { return response{}, none })
		},
	}}
	reg, err := stdlib.NewRegistry(ns, text.Namespace)
	if err != nil {
		panic(err)
	}
	return reg
}

// compile checks an expression as an expectation of `probe p = t.respond("x")`.
func compile(t *testing.T, cond string) program.Expr {
	t.Helper()
	src := "let limit = 250ms\nprobe fine(k: string) = t.respond(k) expect status == 200\n" +
		"experiment \"e\" {\n config { n = 5 list: list<int> = [1, 2] data: any = 1 hay: string = \"hay\" pat: string = \"b+\" }\n" +
		" secrets { g { token: string = env(\"T\") } }\n" +
		" steady \"s\" { probe p = t.respond(\"x\") expect " + cond + " }\n method { log \"${n} ${list} ${data} ${pat} ${limit} ${hay}\" expect fine(\"a\") } }\n"
	none := func(string) (io.ReadCloser, error) { return nil, fs.ErrNotExist }
	u, diags := load.Source(ast.NewSource("x.chaos", src), none)
	p, more := check.Check(u, registry)
	if p == nil {
		t.Fatalf("%s: %v", cond, append(diags, more...))
	}
	return p.Experiments[0].Steady.Body.Stmts[0].(*program.Activity).Checks[0].Cond
}

// scope is a world in which everything has a value.
type scope struct {
	calls  []string
	hidden []any
	data   any
}

func headers() *value.Map {
	m := value.NewMap(1)
	m.Set("server", "nginx")
	return m
}

func (s *scope) Value(_ context.Context, v *program.Var) (any, error) {
	switch v.Name {
	case "n":
		return int64(5), nil
	case "list":
		return []any{int64(1), int64(2)}, nil
	case "data":
		return s.data, nil
	case "limit":
		return 250 * time.Millisecond, nil
	case "hay":
		return strings.Repeat("x", 300), nil
	case "pat":
		return "b+", nil
	case "token":
		return "s3cret", nil
	}
	return nil, errors.New("no " + v.Name)
}
func (s *scope) Elapsed(context.Context, *program.Var) (time.Duration, error) {
	return time.Second, nil
}
func (s *scope) It(baseline bool) (any, error) {
	status := int64(500)
	if baseline {
		status = 200
	}
	t := types.RecordOf("", types.Field{Name: "status", Type: types.IntType}, types.Field{Name: "body", Type: types.StringType},
		types.Field{Name: "headers", Type: types.MapOf(types.AnyType)})
	return &value.Record{Type: t, Vals: []any{status, "abba", headers()}}, nil
}
func (s *scope) ItElapsed(baseline bool) (time.Duration, error) {
	if baseline {
		return 100 * time.Millisecond, nil
	}
	return 312 * time.Millisecond, nil
}
func (s *scope) Call(ctx context.Context, c *program.Call, args []any) (any, error) {
	s.calls = append(s.calls, c.Name)
	if c.Func.Kind() == types.Pure {
		bound, err := c.Func.Bind(args)
		if err != nil {
			return nil, err
		}
		return c.Func.Run(ctx, &stdlib.Env{}, bound, nil)
	}
	if args[0] == "fails" {
		return nil, errors.New("connection refused")
	}
	return args[0], nil
}
func (s *scope) Met(_ context.Context, c *program.Call, _ []any) (bool, error) {
	s.calls = append(s.calls, c.Name)
	return false, nil
}
func (s *scope) LookupEnv(name string) (string, bool, error) { return "", false, nil }
func (s *scope) ReadFile(name string) ([]byte, error)        { return nil, fs.ErrNotExist }
func (s *scope) Hide(secret any)                             { s.hidden = append(s.hidden, secret) }

// TestConditions evaluates conditions and explains those that are not met.
func TestConditions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		cond string
		want string // "" is met; else the lines of why, or "error: "
	}{
		{"status == 500", ""},
		{"status in [200, 503]", "status was 500, expected one of 200, 503"},
		{"status not in [200, 500]", "status was 500, expected none of 200, 500"},
		{"status in 200..299", "status was 500, expected one in 200..299"},
		{"status not in 400..599", "status was 500, expected none in 400..599"},
		{"it.status in 500..599", ""},
		{"status != 500", "status was 500, expected anything but 500"},
		{"elapsed < 250ms", "elapsed was 312ms, expected < 250ms"},
		{"elapsed < limit", "elapsed was 312ms, expected < 250ms"},
		{"elapsed < 2 * baseline.elapsed + 50ms",
			"elapsed was 312ms, expected < 250ms|2 * baseline.elapsed + 50ms is 250ms, where baseline.elapsed is 100ms"},
		{"status == baseline.status", "status was 500, expected 200"},
		{"status * 2 < 10 - n", "status * 2 was 1000, expected < 5|status * 2 is 1000, where status is 500|10 - n is 5, where n is 5"},
		{"body contains \"nope\"", `body was "abba", expected to contain "nope"`},
		{"not (body contains \"bb\")", `body was "abba", expected not to contain "bb"`},
		{"body matches `c+\\d`", "body was \"abba\", expected to match `c+\\d`"},
		{"body matches pat", ""},
		{"body matches \"a.*a\"", ""},
		{"it meets 200", `it was {"status": 500, "body": "abba", "headers": {"server": "nginx"}}, expected to meet 200`},
		{"it meets [200, 500]", ""},
		{"status == 500 and elapsed < 1ms", "elapsed was 312ms, expected < 1ms"},
		{"status == 200 and elapsed < 1ms", "status was 500, expected 200|elapsed was 312ms, expected < 1ms"},
		{"status == 200 or elapsed < 1ms", "status was 500, expected 200, and elapsed was 312ms, expected < 1ms"},
		{"not (status == 500 or elapsed < 1ms)", "status was 500, expected anything but 500"},
		{"not (status == 500 and elapsed > 1ms)", "status was 500, expected anything but 500, and elapsed was 312ms, expected <= 1ms"},
		{"not (status < 600)", "status was 500, expected >= 600"},
		{"if status == 500 then body == \"x\" else body == \"y\"", `body was "abba", expected "x"`},
		{"headers.server == \"apache\"", `headers.server was "nginx", expected "apache"`},
		{"headers[\"server\"] == \"apache\"", `headers["server"] was "nginx", expected "apache"`},
		{"\"x\" in headers", `"x" was "x", expected one in {"server": "nginx"}`},
		{"list[1] == 1", "list[1] was 2, expected 1"},
		{"3 in list", "3 was 3, expected one of 1, 2"},
		{"text.upper(body) == \"x\"", `text.upper(body) was "ABBA", expected "x"`},
		{"t.get(\"a\") == \"b\"", `t.get("a") was "a", expected "b"`},
		{"fine(\"x\")", `fine("x") was not met`},
		{"not fine(\"x\")", ""},
		{"text.starts-with(body, \"zz\")", `text.starts-with(body, "zz") was false, expected true`},
		{"not text.starts-with(body, \"ab\")", `text.starts-with(body, "ab") was true, expected false`},
		{"body == secrets.g.token", `body was "abba", expected ***`},
		{"secrets.g.token == \"x\"", `secrets.g.token was ***, expected "x"`},
		{"\"${secrets.g.token}!\" == body", `"${secrets.g.token}!" was ***, expected "abba"|"${secrets.g.token}!" is ***, where secrets.g.token is ***`},
		{"hay == \"x\"", `hay was "` + strings.Repeat("x", 198) + `…, expected "x"`},
		{"\"${n} of ${body}\" == \"x\"", `"${n} of ${body}" was "5 of abba", expected "x"|"${n} of ${body}" is "5 of abba", where n is 5, body is "abba"`},

		{"headers.nope == 1", `error: there is no key "nope", only server`},
		{"list[7] == 1", "error: index 7 is outside of a list of 2"},
		{"1 / (n - 5) == 1.0", "error: cannot divide the int 1 by zero"},
		{"t.get(\"fails\") == 1", "error: connection refused"},
		{"data.x == 1", "error: the int 1 has no field \"x\""},
		{"data", "error: wants a bool, not the int 1"},
		{"data < 3s", "error: cannot compare the int 1 with the duration 3s"},
		{"status == 500 or t.get(\"fails\") == 1", ""},
	}
	for _, test := range tests {
		s := &scope{data: int64(1)}
		met, why, err := eval.Condition(t.Context(), compile(t, test.cond), s)
		got := strings.Join(why, "|")
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != test.want || met != (test.want == "") {
			t.Errorf("%s: %t\n got %s\nwant %s", test.cond, met, got, test.want)
		}
	}
}

// TestCallsAreMadeOnce holds that the explanation looks at nothing again, nor
// at what was not looked at.
func TestCallsAreMadeOnce(t *testing.T) {
	t.Parallel()
	for cond, want := range map[string]string{
		`t.get("a") == "b"`:                                   "t.get",
		`t.get("a") == "b" or fine("a")`:                      "t.get fine",
		`t.get("a") == "b" and t.get("c") == "d"`:             "t.get",
		`t.get("a") == t.get("b")`:                            "t.get t.get",
		`not (t.get("a") == "a" or t.get("c") == "d")`:        "t.get",
		`(if fine("a") then t.get("a") else t.get("b")) == 1`: "fine t.get",
	} {
		s := &scope{}
		if _, why, err := eval.Condition(t.Context(), compile(t, cond), s); err != nil || len(why) == 0 {
			t.Errorf("%s: %q, %v", cond, why, err)
		}
		if got := strings.Join(s.calls, " "); got != want {
			t.Errorf("%s called %s, want %s", cond, got, want)
		}
	}
}

func TestErrorsHaveTheInnermostPlace(t *testing.T) {
	t.Parallel()
	_, _, err := eval.Condition(t.Context(), compile(t, `1 + list[n + 2] == 1`), &scope{})
	var e *eval.Error
	if !errors.As(err, &e) || e.At.Text() != "list[n + 2]" {
		t.Errorf("got %v at %q", err, e.At.Text())
	}
}

func TestComputedSecretsAreTold(t *testing.T) {
	t.Parallel()
	s := &scope{}
	if _, _, err := eval.Condition(t.Context(), compile(t, `text.upper(secrets.g.token) == "x"`), s); err != nil {
		t.Fatal(err)
	}
	if len(s.hidden) == 0 || s.hidden[0] != "S3CRET" {
		t.Errorf("hidden: %v", s.hidden)
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	tests := []struct {
		cond string
		want any // nil: not known
	}{
		{`1 + 2 == 3`, true},
		{`text.upper("a") == "A"`, true},
		{`1 in [1, 2] and "b" matches "a|b"`, true},
		{`n == 5`, nil},
		{`t.get("a") == 1`, nil},
		{`elapsed > 1s`, nil},
		{`9223372036854775807 + n == 1`, nil},
		{`true or n == 5`, true},
	}
	for _, test := range tests {
		v, ok := eval.Fold(compile(t, test.cond))
		if ok != (test.want != nil) || ok && v != test.want {
			t.Errorf("%s: %v, %t", test.cond, v, ok)
		}
	}
	known := func(v *program.Var) (any, bool) { return int64(5), v.Name == "n" }
	if v, ok := eval.FoldWith(t.Context(), compile(t, `n * 2 == 10`), known); !ok || v != true {
		t.Errorf("with n: %v, %t", v, ok)
	}
}

// TestText holds that an expression that is written from the program is read
// as the same again.
func TestText(t *testing.T) {
	t.Parallel()
	for _, cond := range []string{
		`status in [200, 503]`, `not (status == 500 or elapsed < 1ms) and body != "x"`, `(1 + n) * 2 == -n`, `1 - (n - 2) == n - 2 - 1`,
		"body matches `\\d+`", `it meets [200, 503]`, `status in 200..299`, `headers.server == list[1]`, `fine("x")`,
		`t.get("a") == {a: 1, b: [true, null]}`, `(if n > 1 then 1 else 2) == 1`, `"${n} x" == body`, `elapsed < 2 * baseline.elapsed`,
		`text.upper(body) == "X"`, `not body contains "x"`, `headers["server"] == secrets.g.token`,
	} {
		first := eval.Text(compile(t, cond))
		if second := eval.Text(compile(t, first)); first != second {
			t.Errorf("%s is written %s and then %s", cond, first, second)
		}
	}
}
