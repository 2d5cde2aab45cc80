package interp

import "sync"

// Message is what a function had to say.
type Message struct {
	Level string // "DEBUG", "INFO" or "WARNING"
	Text  string
}

// messages collects what functions say, from any goroutine.
type messages struct {
	mu   sync.Mutex
	list []Message
}

func (m *messages) add(level, text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = append(m.list, Message{level, text})
}

// Said returns what the probes had to say that config has called, in order,
// without secrets.
func (p *Prepared) Said() []Message {
	p.said.mu.Lock()
	defer p.said.mu.Unlock()
	var out []Message
	for _, m := range p.said.list {
		out = append(out, Message{m.Level, p.Masker.Mask(m.Text)})
	}
	return out
}
