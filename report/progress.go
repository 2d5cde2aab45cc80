package report

import (
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// leastCountdown is the shortest pause that is worth a countdown.
const leastCountdown = time.Second

// Progress shows a live countdown below the lines of the console while a pause
// or a wait goes on. It is for terminals only.
type Progress struct {
	mu   sync.Mutex
	out  io.Writer
	bars *mpb.Progress // nil while nothing is shown
	stop func()
}

// NewProgress returns a countdown on a terminal.
func NewProgress(out io.Writer) *Progress { return &Progress{out: out} }

// Write prints lines above the countdown. The logger of the terminal writes
// through it.
func (p *Progress) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bars != nil {
		return p.bars.Write(b)
	}
	return p.out.Write(b)
}

// Handle starts and ends the countdown as the events of a run say. Whatever
// comes after a pause ends it.
func (p *Progress) Handle(ev journal.Event) {
	switch e := ev.Body.(type) {
	case *journal.Paused:
		if !e.Skipped {
			p.show("pausing", e.Duration)
		}
	case *journal.WaitStarted:
		p.show("waiting", e.Within)
	case *journal.WaitEnded, *journal.ActivityStarted, *journal.Interrupted, *journal.PhaseStarted,
		*journal.HypothesisStarted, *journal.RunEnded:
		p.Clear()
	}
}

func (p *Progress) show(what string, d time.Duration) {
	p.Clear()
	if d < leastCountdown {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bars = mpb.New(mpb.WithOutput(p.out), mpb.WithAutoRefresh(), mpb.WithWidth(30), mpb.WithRefreshRate(200*time.Millisecond))
	start := time.Now()
	left := func(decor.Statistics) string {
		return max(0, d-time.Since(start)).Round(time.Second).String() + " left"
	}
	bar := p.bars.AddBar(int64(d), mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(what+" ")), mpb.AppendDecorators(decor.Any(left)))
	done := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				bar.SetCurrent(min(int64(time.Since(start)), int64(d)-1))
			case <-done:
				return
			}
		}
	}()
	bars := p.bars
	p.stop = func() {
		close(done)
		<-ended
		bar.Abort(true)
		bars.Wait()
	}
}

// Clear takes the countdown away.
func (p *Progress) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bars == nil {
		return
	}
	p.stop()
	p.bars, p.stop = nil, nil
}
