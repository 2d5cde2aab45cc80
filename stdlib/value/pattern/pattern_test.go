package pattern

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// The expectations were made with Python 3.11's re.search.
func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{`b+`, "abc", true},
		{``, "", true},
		{`^b`, "ab", false},
		{`^OK$`, "OK\n", true},
		{`^OK$`, "OK\n\n", false},
		{`^OK\Z`, "OK\n", false},
		{`(?m)^b$`, "a\nb\nc", true},
		{`a.c`, "a\nc", false},
		{`(?s)a.c`, "a\nc", true},
		{`(?i)straße`, "STRAßE", true},
		{`\d`, "٣", true},
		{`(?a)\d`, "٣", false},
		{`(?a:\d)\d`, "٣٣", false},
		{`^\w+$`, "naïve²", true},
		{`^\w$`, "\u0301", false},
		{`\s`, "\u2028", true},
		{`\s`, "\x1f", true},
		{`\S`, "\u0085", false},
		{`\bk\b`, "a k b", true},
		{`\bk\b`, "äkö", false},
		{`\Bk`, "k", false},
		{`(?P<x>a)(?P=x)`, "aa", true},
		{`(a)(b)?(?(2)c|d)`, "ad", true},
		{`(?P<q>")?a(?(q)")$`, `"a`, true},
		{`^(?P<q>")?a(?(q)")$`, `"a`, false},
		{`(?=.*\d)(?!.*x).{3}`, "ab1", true},
		{`(?<=ab)c`, "abc", true},
		{`(?<!ab)c`, "abc", false},
		{`a{,2}b`, "aaab", true},
		{`^a{,2}b`, "aaab", false},
		{`a{x}`, "a{x}", true},
		{`a{}`, "a{}", true},
		{`^a{,}$`, "aaaa", true},
		{`a++b`, "aab", true},
		{`a++ab`, "aaab", false},
		{`(?>a|ab)c`, "abc", false},
		{`[]x]+`, "]", true},
		{`[^]x]`, "]x", false},
		{`[[a]`, "[", true},
		{`[a&&b]`, "&", true},
		{`[a-]`, "-", true},
		{`[\w-]+$`, "a-b", true},
		{`^[^\W\d_]+$`, "äb", true},
		{`^[^\W\d_]+$`, "ä1", false},
		{`[\D]`, "1", false},
		{`[\b]`, "\b", true},
		{`\x41\u0042\U00000043\104`, "ABCD", true},
		{`(?x) a  b # comment
			\ c`, "ab c", true},
		{`a(?#comment)+b`, "aab", true},
		{`\/\-\ \é`, "/- é", true},
		{`a{2000}`, strings.Repeat("a", 2000), true},
		{`(?i:A)b`, "ab", true},
		{`(?i:A)b`, "aB", false},
		{`(?i)a(?-i:B)`, "Ab", false},
	} {
		p, err := Compile(c.pattern)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		if got, err := p.Match(c.text); err != nil || got != c.want {
			t.Errorf("%s on %q: %v, %v", c.pattern, c.text, got, err)
		}
		groups, err := p.Find(c.text)
		if err != nil || (groups != nil) != c.want {
			t.Errorf("%s on %q finds %v, %v", c.pattern, c.text, groups, err)
		}
	}
}

func TestErrorsTellWhere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern string
		offset  int
		message string
	}{
		{`ab(c`, 2, "this group is not closed"},
		{`ab)c`, 2, "this ) closes nothing"},
		{`é[a`, 2, "this class is not closed by ]"},
		{`[]`, 0, "not closed by ]"},
		{`[b-a]`, 1, "b-a is no range"},
		{`[\w-a]`, 1, `\w-a is no range`},
		{`*a`, 0, "nothing to repeat before *"},
		{`a|+`, 2, "nothing to repeat before +"},
		{`(?:{2})`, 3, "nothing to repeat before {2}"},
		{`^*`, 1, "nothing to repeat"},
		{`a**`, 2, "cannot be repeated again"},
		{`a{3,2}`, 1, "at least 3 and at most 2"},
		{`a{99999999999999999999}`, 1, "too large"},
		{`\`, 0, "backslash stands at the end"},
		{`[\`, 1, "backslash stands at the end"},
		{`a\q`, 1, `no escape \q`},
		{`\x4`, 0, "wants 2 hexadecimal digits"},
		{`\U00110000`, 0, "is no character"},
		{`\777`, 0, "beyond"},
		{`\1`, 0, "no group 1 before this"},
		{`(a\1)`, 2, "group 1 is not closed yet"},
		{`(?P=x)`, 4, "no group x before this"},
		{`(?P<1>a)`, 4, "is no name of a group"},
		{`(?P<a`, 4, "not closed by >"},
		{`(?P<>a)`, 4, "name of the group is missing"},
		{`(?P<a>b)(?P<a>c)`, 8, "two groups named a"},
		{`(?<a>b)`, 0, "no group that begins with (?<a"},
		{`a(?i)`, 1, "stand at its start; (?i:…)"},
		{`(?L)a`, 0, "for bytes only"},
		{`(?au)a`, 0, "exclude each other"},
		{`(?i-i:a)`, 0, "switched on and off"},
		{`(?(3)a)`, 3, "no group 3 before this"},
		{`(a)(?(1)b|c|d)`, 11, "at most 2 alternatives"},
		{`(?#a`, 0, "comment is not closed"},
		{"a\xff", 0, "no valid UTF-8"},
		{strings.Repeat("(", 10_000), 100, "nested more than 100 deep"},
	} {
		_, err := Compile(c.pattern)
		var e *Error
		if !errors.As(err, &e) || e.Offset != c.offset || !strings.Contains(e.Message, c.message) {
			t.Errorf("%.40q: %#v, want %q at %d", c.pattern, err, c.message, c.offset)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{`(?P<name>\w+)=(\d+)?(;)?`, `(?P<name>\w+)(?==)=(\d+)?(;)?`} { // either engine
		p, err := Compile(pattern)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Find("x: größe=42")
		want := []Group{{"", "größe=42", true}, {"name", "größe", true}, {"", "42", true}, {"", "", false}}
		if err != nil || len(got) != len(want) {
			t.Fatalf("%v, %v", got, err)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: group %d is %v, want %v", pattern, i, got[i], want[i])
			}
		}
	}
}

func TestEngineIsTheSimplestThatWillDo(t *testing.T) {
	t.Parallel()
	for pattern, fast := range map[string]bool{
		`^\w+\s*[^\d]$`: false, `^\w+\s*[^\d]`: true, `(?P<a>x)`: true, `[\W\d]`: true, `\bx`: false, `x{2000}`: false, `(?=x)`: false,
	} {
		if p, err := Compile(pattern); err != nil || (p.fast != nil) != fast {
			t.Errorf("%s: %v, fast %v", pattern, err, p.fast != nil)
		}
	}
}

func TestAMatchEnds(t *testing.T) {
	t.Parallel()
	p, err := Compile(`^(a+)+$`)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	_, err = p.Match(strings.Repeat("a", 5000) + "!")
	if err == nil || !strings.Contains(err.Error(), "needs more than 1s") && !strings.Contains(err.Error(), "too much memory") {
		t.Errorf("got %v", err)
	}
	if d := time.Since(start); d > time.Minute {
		t.Errorf("it took %s", d)
	}
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{`(?P<a>b)(?P=a)`, `[^\W\d_-]{,3}+$`, `(?xi)a(?#b)\Z|\101`, `(?<!a)(?(1)b|c)`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Compile(s)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(s) {
				t.Fatalf("%q: %#v", s, err)
			}
			return
		}
		p.Match("ab1\nc")
	})
}
