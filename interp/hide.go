package interp

import (
	"sync"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// hidden are the texts that the masker knows already: adding one again would
// cost as much as the first time.
type hidden struct {
	mu    sync.Mutex
	texts map[string]bool
}

// hide takes a secret, and whatever is inside of it, out of all that is
// written.
func (p *Prepared) hide(secret any) {
	switch v := secret.(type) {
	case nil, bool: // too common to be hidden: nothing could be read any more
	case []any:
		for _, e := range v {
			p.hide(e)
		}
	case *value.Map:
		for _, k := range v.Keys() {
			e, _ := v.Get(k)
			p.hide(e)
		}
	case *value.Record:
		for _, e := range v.Vals {
			if _, lazy := e.(*value.Lazy); !lazy {
				p.hide(e)
			}
		}
	default:
		text := value.Text(v)
		p.hidden.mu.Lock()
		defer p.hidden.mu.Unlock()
		if p.hidden.texts[text] {
			return
		}
		if p.hidden.texts == nil {
			p.hidden.texts = map[string]bool{}
		}
		p.hidden.texts[text] = true
		p.Masker.Add(text)
	}
}

// redact returns a value for the journal: the parts of it that are secrets by
// their type are ***, however short their texts are.
func redact(v any, t *types.Type) any {
	if !t.HasSecret() {
		return v
	}
	switch v := v.(type) {
	case *value.Record:
		if t.Secret || t.Kind != types.Record || len(t.Fields) != len(v.Vals) {
			break
		}
		out := &value.Record{Type: v.Type, Vals: make([]any, len(v.Vals))}
		for i, f := range t.Fields {
			out.Vals[i] = redact(v.Vals[i], f.Type)
		}
		return out
	case []any:
		if t.Secret || t.Elem == nil {
			break
		}
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = redact(e, t.Elem)
		}
		return out
	}
	return value.Masked
}
