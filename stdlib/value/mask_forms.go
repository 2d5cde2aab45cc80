package value

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// minLine is the length in bytes from which a line of a secret that has
// several is a secret of its own.
const minLine = 8

// minEncoded is the number of base64 characters that must be sure before a
// text is taken for the encoded secret.
const minEncoded = 4

// forms returns all texts that give a secret away.
func forms(secret string) []string {
	var all []string
	add := func(text string, least int) {
		if len(text) >= least {
			all = append(all, text)
			all = append(all, urlForms(text)...)
			all = append(all, jsonForms(text)...)
			all = append(all, base64Forms(text)...)
		}
	}
	add(secret, minSecret)
	if trimmed := strings.TrimSpace(secret); trimmed != secret { // as files end in a newline
		add(trimmed, minSecret)
	}
	if strings.Contains(secret, "\n") {
		for line := range strings.Lines(secret) {
			add(strings.TrimSpace(line), minLine)
		}
	}
	return all
}

// urlForms are the ways to write a text in a URL: as part of a query (a space
// is + or %20), of a path, as password before the host, and as Python's quote
// does it, which leaves the slash; with hexadecimal digits of either case.
func urlForms(s string) []string {
	query := url.QueryEscape(s)
	spaced := strings.ReplaceAll(query, "+", "%20")
	list := []string{query, spaced, url.PathEscape(s), strings.TrimPrefix(url.UserPassword("", s).String(), ":"),
		strings.ReplaceAll(spaced, "%2F", "/")}
	for _, form := range list {
		list = append(list, lowerHex(form))
	}
	return list
}

// lowerHex writes the two digits after each % in lower case.
func lowerHex(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:], strings.ToLower(s[i+1:i+3]))
		}
	}
	return string(b)
}

// jsonForms are the ways to write a text inside a JSON string: with only what
// must be escaped, with what HTML minds as well, and in ASCII as Python does.
func jsonForms(s string) []string {
	plain := appendString(nil, s)
	html, _ := json.Marshal(s) // a string always has a JSON form
	ascii := asciiJSON(string(plain))
	return []string{inner(string(plain)), inner(string(html)), inner(ascii), strings.ReplaceAll(inner(string(plain)), "/", `\/`)}
}

// inner cuts off the quotation marks.
func inner(quoted string) string { return quoted[1 : len(quoted)-1] }

func asciiJSON(quoted string) string {
	var b strings.Builder
	for _, r := range quoted {
		switch {
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// base64Forms are the whole text in base64, and the characters that are sure
// where the text stands inside a longer one that is encoded: base64 makes four
// characters of three bytes, so that there are three ways for it to lie.
func base64Forms(s string) []string {
	var list []string
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		whole := enc.EncodeToString([]byte(s))
		list = append(list, whole, enc.WithPadding('=').EncodeToString([]byte(s)))
		for before := range 3 {
			shifted := enc.EncodeToString(append(make([]byte, before, before+len(s)), s...))
			first := (before*8 + 5) / 6       // of the characters without a bit of what stands before
			last := (before + len(s)) * 8 / 6 // and of those without a bit of what follows
			if last-first >= minEncoded {
				list = append(list, shifted[first:last])
			}
		}
	}
	return list
}
