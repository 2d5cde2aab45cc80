package http

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// maxBody is how many bytes of a body are kept, after decompression, so that
// neither a large answer nor a small one that unpacks to a large one fills the
// memory.
const maxBody = 1 << 20

// body is the body of an answer.
type body struct {
	text    string
	cut     bool
	isJSON  bool   // as the Content-Type says
	unknown string // character set that was not known, else empty
}

// readBody reads as much of a body as is kept.
func readBody(res *http.Response) (body, error) {
	kind, params, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	b := body{isJSON: kind == "application/json" || kind == "text/json" || strings.HasSuffix(kind, "+json")}
	r, err := unpacked(res)
	if err != nil {
		return b, err
	}
	var buf bytes.Buffer
	if n := res.ContentLength; n > 0 && n <= maxBody {
		buf.Grow(int(n) + bytes.MinRead)
	}
	if _, err := buf.ReadFrom(io.LimitReader(r, maxBody+1)); err != nil {
		return b, err
	}
	data := buf.Bytes()
	if b.cut = len(data) > maxBody; b.cut {
		data = data[:maxBody]
	}
	decode, ok := charset(params["charset"])
	switch {
	case !ok:
		b.unknown = params["charset"]
	case decode != nil:
		b.text = decode(data)
		return b, nil
	}
	if b.cut {
		data = wholeRunes(data)
	}
	b.text = strings.ToValidUTF8(string(data), "\uFFFD")
	return b, nil
}

// unpacked returns the body decompressed. The transport does this where it
// asked for compression itself, not where the experiment's headers did.
func unpacked(res *http.Response) (io.Reader, error) {
	if !strings.EqualFold(res.Header.Get("Content-Encoding"), "gzip") {
		return res.Body, nil
	}
	z, err := gzip.NewReader(res.Body)
	if err == io.EOF { // there is no body, as in the answer to HEAD
		return res.Body, nil
	}
	return z, err
}

// charset returns how a character set becomes a string; nil means UTF-8.
// Those of one byte for each character are known, by their names without
// punctuation (RFC 9110 takes them in any case of letters).
func charset(name string) (decode func([]byte) string, ok bool) {
	if name == "" || strings.EqualFold(name, "utf-8") { // most of all answers
		return nil, true
	}
	plain := strings.NewReplacer("-", "", "_", "", " ", "")
	name = strings.ToLower(plain.Replace(name))
	switch name {
	case "utf8", "usascii", "ascii":
		return nil, true
	case "latin1":
		name = "iso88591"
	}
	for _, e := range charmap.All {
		cm, isMap := e.(*charmap.Charmap)
		if !isMap || strings.ToLower(plain.Replace(cm.String())) != name {
			continue
		}
		return func(data []byte) string {
			var s strings.Builder
			s.Grow(len(data) + len(data)/8)
			for _, c := range data {
				s.WriteRune(cm.DecodeByte(c))
			}
			return s.String()
		}, true
	}
	return nil, false
}

// wholeRunes leaves a character out that was cut in the middle.
func wholeRunes(data []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(data); i++ {
		if c := data[len(data)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(data[len(data)-i:]) {
				return data[:len(data)-i]
			}
			break
		}
	}
	return data
}

// json reads the body as JSON.
func (b *body) json() (any, error) {
	switch {
	case b.cut:
		return nil, errors.New("the body is longer than 1 MiB and was cut, so it is no JSON any more")
	case strings.TrimSpace(b.text) == "":
		return nil, errors.New("the body is empty, so it is no JSON")
	}
	v, err := value.FromJSON([]byte(b.text))
	if err != nil {
		return nil, fmt.Errorf("the body is no JSON: %w", err)
	}
	return v, nil
}

// data reads the body as what the answer says it is.
func (b *body) data() (any, error) {
	if b.isJSON && b.text != "" {
		return b.json()
	}
	return b.text, nil
}
