package report

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// leastCountdown is the shortest pause that is worth a countdown.
const leastCountdown = time.Second

// Progress shows a live countdown below the lines of the console while a pause
// or a wait goes on. Where its file is no terminal it shows nothing.
type Progress struct {
	mu    sync.Mutex
	out   *os.File
	what  string    // "pausing"; empty while there is nothing to show
	until time.Time // when it ends at the latest
	stop  func()    // takes what is shown away; nil while nothing is
}

// NewProgress returns a countdown on a terminal.
func NewProgress(out *os.File) *Progress { return &Progress{out: out} }

// Write prints lines above the countdown. The logger of the terminal writes
// through it.
func (p *Progress) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hide()
	defer p.show()
	return p.out.Write(b)
}

// Handle starts and ends the countdown as the events of a run say. Whatever
// begins after a pause ends it.
func (p *Progress) Handle(ev journal.Event) {
	switch e := ev.Body.(type) {
	case *journal.Paused:
		if !e.Skipped {
			p.begin("pausing", e.Duration)
		}
	case *journal.WaitStarted:
		p.begin("waiting", e.Within)
	case *journal.WaitEnded, *journal.ActivityStarted, *journal.Interrupted, *journal.PhaseStarted,
		*journal.HypothesisStarted, *journal.RunEnded:
		p.Clear()
	}
}

func (p *Progress) begin(what string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hide()
	p.what = ""
	if d >= leastCountdown {
		p.what, p.until = what, time.Now().Add(d)
		p.show()
	}
}

// Clear takes the countdown away.
func (p *Progress) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hide()
	p.what = ""
}

// show draws the line below the last one of the console, and again with every
// second that goes by. The cursor stays in it, so that a run that is killed
// leaves nothing that has to be put right.
func (p *Progress) show() {
	if p.what == "" || !term.IsTerminal(int(p.out.Fd())) {
		return
	}
	what, until := p.what, p.until
	draw := func() {
		left := max(0, time.Until(until)).Round(time.Second)
		fmt.Fprintf(p.out, "%s%s, %s left", eraseLine, what, left)
	}
	done, ended := make(chan struct{}), make(chan struct{})
	draw()
	go func() {
		defer close(ended)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				draw()
			case <-done:
				return
			}
		}
	}()
	p.stop = func() {
		close(done)
		<-ended
		io.WriteString(p.out, eraseLine)
	}
}

// eraseLine goes to the start of the line and erases it (ECMA-48, EL).
const eraseLine = "\r\x1b[K"

func (p *Progress) hide() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}
