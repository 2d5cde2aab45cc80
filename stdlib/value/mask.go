package value

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Masked stands where a secret was.
const Masked = "***"

// minSecret is the length in bytes from which a text is masked as a secret. A
// shorter one hides nothing that a few guesses would not find, while masking
// each "1" or "no" would leave no output that can be read.
const minSecret = 3

// Masker takes secrets out of whatever is written. It is the second line: the
// first are the types, which keep a secret out of places that do not take it.
// It finds each secret as it is, in base64, for URLs, in JSON strings (see
// forms), and, where one has several lines, each longer line.
//
// It may be used from several goroutines; the zero value and nil mask nothing.
//
// Technique: an immutable list of all texts to look for, replaced as a whole
// when a secret is added, so that masking takes no lock. All matches are
// collected before any is replaced, so that secrets that overlap leave no
// remainder of each other.
type Masker struct {
	adding sync.Mutex
	texts  atomic.Pointer[[]string]
}

// NewMasker returns a masker without secrets.
func NewMasker() *Masker { return &Masker{} }

// Add makes a text a secret. One of less than three bytes is not masked.
func (m *Masker) Add(secret string) {
	m.adding.Lock()
	defer m.adding.Unlock()
	var texts []string
	if known := m.texts.Load(); known != nil {
		texts = slices.Clone(*known)
	}
	texts = append(texts, forms(secret)...)
	slices.Sort(texts)
	texts = slices.Compact(texts)
	if len(texts) > 0 {
		m.texts.Store(&texts)
	}
}

// Mask returns s with *** for each secret in it.
func (m *Masker) Mask(s string) string {
	if m == nil || m.texts.Load() == nil {
		return s
	}
	found := find(s, *m.texts.Load())
	if len(found) == 0 {
		return s
	}
	var b strings.Builder
	end := 0
	for _, f := range found {
		b.WriteString(s[end:f.start])
		b.WriteString(Masked)
		end = f.end
	}
	b.WriteString(s[end:])
	return b.String()
}

// MaskBytes is [Masker.Mask] for bytes; where nothing is masked it returns b
// itself. A number of a JSON text that is a secret becomes a bare ***, which
// is no JSON: mask the values before they are encoded, with [Masker.MaskValue].
func (m *Masker) MaskBytes(b []byte) []byte {
	if m == nil || m.texts.Load() == nil {
		return b
	}
	s := string(b)
	if masked := m.Mask(s); masked != s {
		return []byte(masked)
	}
	return b
}

// MaskValue returns the value with its strings, also those deep inside and the
// keys of maps, masked. A number, duration or other value whose text is a
// secret becomes the string ***. Lazy fields of records are left as they are.
func (m *Masker) MaskValue(v any) any {
	if m == nil || m.texts.Load() == nil {
		return v
	}
	switch v := v.(type) {
	case nil, bool, *Lazy:
		return v
	case string:
		return m.Mask(v)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = m.MaskValue(e)
		}
		return out
	case *Map:
		out := NewMap(v.Len())
		for _, k := range v.keys {
			out.Set(m.Mask(k), m.MaskValue(v.vals[k]))
		}
		return out
	case *Record:
		out := &Record{Type: v.Type, Vals: make([]any, len(v.Vals))}
		for i, e := range v.Vals {
			out.Vals[i] = m.MaskValue(e)
		}
		return out
	}
	text := Text(v)
	if masked := m.Mask(text); masked != text {
		return masked
	}
	return v
}

// span is a part of a text.
type span struct{ start, end int }

// find returns where any of the texts stand in s, in order, with those that
// overlap or touch as one.
func find(s string, texts []string) []span {
	var found []span
	for _, text := range texts {
		for from := 0; ; {
			i := strings.Index(s[from:], text)
			if i < 0 {
				break
			}
			found = append(found, span{from + i, from + i + len(text)})
			from += i + len(text)
		}
	}
	slices.SortFunc(found, func(a, b span) int { return a.start - b.start })
	merged := found[:0]
	for _, f := range found {
		if last := len(merged) - 1; last >= 0 && f.start <= merged[last].end {
			merged[last].end = max(merged[last].end, f.end)
			continue
		}
		merged = append(merged, f)
	}
	return merged
}
