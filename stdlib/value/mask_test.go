package value_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

const password = `pä"ss /w+d&<x>?`

func masker(secrets ...string) *value.Masker {
	m := value.NewMasker()
	for _, s := range secrets {
		m.Add(s)
	}
	return m
}

func TestMaskFindsEveryForm(t *testing.T) {
	t.Parallel()
	m := masker(password)
	quoted, _ := json.Marshal(password)
	encode := base64.StdEncoding.EncodeToString
	for name, text := range map[string]string{
		"as it is":           password,
		"JSON":               string(quoted),
		"JSON without HTML":  `"pä\"ss /w+d&<x>?"`,
		"JSON in ASCII":      `"p\u00e4\"ss /w+d&<x>?"`,
		"query":              "?q=" + url.QueryEscape(password),
		"query, lower case":  strings.ToLower(url.QueryEscape(password)),
		"path":               "/" + url.PathEscape(password),
		"user info":          (&url.URL{Scheme: "http", Host: "h", User: url.UserPassword("u", password)}).String(),
		"base64":             encode([]byte(password)),
		"base64 for URLs":    base64.RawURLEncoding.EncodeToString([]byte(password)),
		"base64 with a user": encode([]byte("u:" + password)),
		"base64, moved":      encode([]byte("ab" + password + "tail")),
		"base64, moved more": encode([]byte("abc:" + password + "é")),
	} {
		got := m.Mask("before " + text + " after")
		if !strings.Contains(got, value.Masked) || !strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after") {
			t.Errorf("%s: %s became %s", name, text, got)
		}
		for _, leak := range []string{"ss /w", "ss%20%2F", "ss+%2F", text} {
			if strings.Contains(got, leak) {
				t.Errorf("%s: %s leaks in %s", name, leak, got)
			}
		}
	}
}

// TestMaskBase64AtEveryPlace puts the secret anywhere into a longer text: what
// is left over of the encoded text must not tell more than two of its bytes,
// which share a character with their neighbours.
func TestMaskBase64AtEveryPlace(t *testing.T) {
	t.Parallel()
	const secret = "hunter2hunter3"
	m := masker(secret)
	for before := range 7 {
		for after := range 5 {
			whole := strings.Repeat("x", before) + secret + strings.Repeat("y", after)
			for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
				got := m.Mask(enc.EncodeToString([]byte(whole)))
				left, right, ok := strings.Cut(got, value.Masked)
				if !ok || len(left) > before*8/6+2 || len(strings.TrimRight(right, "=")) > after*8/6+2 {
					t.Errorf("%d before, %d after: %s", before, after, got)
				}
			}
		}
	}
}

func TestMask(t *testing.T) {
	t.Parallel()
	pem := "-----BEGIN KEY-----\r\nMIIEvQIBADAN\r\nQUJDREVG\r\nab\r\n-----END KEY-----\r\n"
	for _, c := range []struct {
		name    string
		secrets []string
		text    string
		want    string
	}{
		{"nothing known", nil, "hunter2", "hunter2"},
		{"too short", []string{"", "a", "no"}, "a no", "a no"},
		{"short", []string{"abc"}, "xabcx", "x***x"},
		{"twice", []string{"hunter2"}, "hunter2 hunter2", "*** ***"},
		{"one in another", []string{"hunter2", "hunter2-long"}, "is hunter2-long", "is ***"},
		{"overlapping", []string{"abcdef", "defghi"}, "_abcdefghi_", "_***_"},
		{"touching", []string{"abcdef", "ghijkl"}, "_abcdefghijkl_", "_***_"},
		{"the file's newline", []string{"hunter2\n"}, "is hunter2.", "is ***."},
		{"a line of several", []string{pem}, "got MIIEvQIBADAN and ab", "got *** and ab"},
		{"all lines", []string{pem}, pem, "***"},
		{"no repetition of itself", []string{"aaa"}, "aaaaaaa", "***a"},
		{"the mask itself", []string{"***"}, "a *** b", "a *** b"},
		{"invalid UTF-8", []string{"a\xffbc"}, "_a\xffbc_", "_***_"},
	} {
		m := masker(c.secrets...)
		if got := m.Mask(c.text); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if got := string(m.MaskBytes([]byte(c.text))); got != c.want {
			t.Errorf("%s, bytes: got %q, want %q", c.name, got, c.want)
		}
	}
	var none *value.Masker
	if none.Mask("x") != "x" || none.MaskValue(int64(1)) != int64(1) || string(none.MaskBytes([]byte("x"))) != "x" {
		t.Error("no masker changes something")
	}
}

func TestMaskValue(t *testing.T) {
	t.Parallel()
	m := masker("hunter2", "12345", "90s")
	field := lazy("hunter2")
	in := mapOf("a", list("my hunter2", int64(12345), int64(7)), "hunter2", 90*time.Second,
		"r", record("pin", 12345.5, "later", field), "n", nil, "b", true, "d", time.Second)
	got := value.Literal(m.MaskValue(in))
	want := `{"a": ["my ***", "***", 7], "***": 1m30s, "r": {"pin": "***.5"}, "n": null, "b": true, "d": 1s}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if text := value.Literal(in); !strings.Contains(text, "hunter2") {
		t.Error("the value itself was changed")
	}
}

func TestMaskerTakesSecretsWhileItMasks(t *testing.T) {
	t.Parallel()
	m := value.NewMasker()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 50 {
				secret := fmt.Sprintf("secret-%d-%d-x", g, i)
				m.Add(secret)
				if got := m.Mask("<" + secret + ">"); got != "<***>" {
					t.Errorf("%s is not masked: %s", secret, got)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkMask(b *testing.B) {
	line := []byte(strings.Repeat(`{"type":"activity","status":"succeeded","output":"0123456789"}`, 4))
	for _, n := range []int{0, 1, 10} {
		m := value.NewMasker()
		for i := range n {
			m.Add(fmt.Sprintf("hunter2-%d!", i))
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(line)))
			for b.Loop() {
				m.MaskBytes(line)
			}
		})
	}
}
