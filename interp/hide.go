package interp

import (
	"sync"

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
