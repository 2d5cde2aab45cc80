package journal_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

var clock = time.Date(2026, 11, 23, 6, 0, 0, 123456789, time.FixedZone("CET", 3600))

// all is an event of each kind, with every field set.
var all = []journal.Body{
	&journal.RunStarted{Run: "r1", Title: "t", File: "a.chaos", Version: "1", Node: "n", Platform: "linux-amd64", Pid: 7,
		Folder: "/f", Seed: 9, Dry: "pause", Hypothesis: "default", Rollbacks: "always", AnyTLS: true, Experiment: json.RawMessage(`{"a":1}`)},
	&journal.Log{Level: "INFO", Message: "m"},
	&journal.PhaseStarted{Phase: journal.Method, None: true, Forced: "always"},
	&journal.PhaseEnded{Phase: journal.Method, Error: "e"},
	&journal.HypothesisStarted{Phase: journal.After, Title: "t", None: true, Guard: "g", Round: 2},
	&journal.HypothesisEnded{Phase: journal.After, Guard: "g", Round: 2, Met: true, Probe: "p", Took: 5, Final: true, Cancelled: true},
	&journal.ActivityStarted{ID: 3, Parent: 2, Phase: journal.Method, Guard: "g", Type: "probe", Title: "é \"x\" \x00\u2028",
		Function: "http.get", Background: true, Arguments: json.RawMessage(`{"url":"http://x"}`),
		Place: journal.Place{File: "a.chaos", Line: 1, Column: 2, Text: "probe <x>"}},
	&journal.Checked{Activity: 3, Phase: journal.Method, Assert: true, Met: true, Explain: []string{"a", "b"}, Error: "e",
		Place: journal.Place{File: "a.chaos"}},
	&journal.ActivityEnded{ID: 3, Status: journal.Failed, Output: json.RawMessage(`[1]`), Error: "bad\nthing", Elapsed: 11,
		Tries: 2, Tolerance: new(bool), Dry: true},
	&journal.Paused{Reason: "delay", Duration: 4, Skipped: true},
	&journal.WaitStarted{Name: "w", Within: 4, Place: journal.Place{Line: 4}},
	&journal.WaitEnded{Name: "w", Met: true, Elapsed: 4, Explain: []string{"x"}, Error: "e", Cancelled: true,
		Place: journal.Place{Line: 4}},
	&journal.UndoIntent{Entry: 1, Activity: 3, Title: "t", Function: "fs.rename", Version: 2, State: json.RawMessage(`{"p":"x"}`),
		Call: true, Pending: true, Definition: true, Place: journal.Place{Column: 3}},
	&journal.ActionDone{Entry: 1, State: json.RawMessage(`{}`)},
	&journal.UndoStarted{Entry: 1, Title: "t", Function: "fs.rename", Does: "renames it back"},
	&journal.UndoEnded{Entry: 1, Error: "e", Differences: []journal.Difference{{What: "a", Want: "b", Got: "c"}}, Elapsed: 3, Dry: true},
	&journal.Interrupted{Cause: "SIGINT", Message: "m", Explain: []string{"x"}, Place: journal.Place{Text: "abort"}},
	&journal.RunEnded{Status: "completed", Deviated: true, Verdict: "held", Open: 1},
	&journal.RecoveryStarted{Version: "1", Node: "n", Pid: 8, Open: 1},
	&journal.RecoveryEnded{Open: 1},
	&journal.GivenUp{Open: 1},
}

func write(t *testing.T, m journal.Masker, bodies ...journal.Body) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "run")
	w, err := journal.Create(folder, func() time.Time { return clock }, m)
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range bodies {
		put := w.Write
		if i%3 == 0 {
			put = w.WriteSync
		}
		if err := put(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, journal.FileName)
}

func read(path string) (events []journal.Event, err error) {
	for ev, e := range journal.Read(path) {
		if e != nil {
			return events, e
		}
		events = append(events, ev)
	}
	return events, nil
}

func TestEveryEventIsReadBack(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, b := range all {
		seen[b.Kind()] = true
		v := reflect.ValueOf(b).Elem()
		for i := range v.NumField() {
			if f := v.Field(i); f.IsZero() {
				t.Errorf("%s: the test leaves field %s empty", b.Kind(), v.Type().Field(i).Name)
			}
		}
	}
	if len(seen) != 21 {
		t.Errorf("%d kinds are tested", len(seen))
	}
	events, err := read(write(t, nil, all...))
	if err != nil || len(events) != len(all) {
		t.Fatalf("%d events, %v", len(events), err)
	}
	for i, ev := range events {
		if ev.Seq != uint64(i+1) || !ev.Time.Equal(clock) {
			t.Errorf("event %d: seq %d at %v", i, ev.Seq, ev.Time)
		}
		if !reflect.DeepEqual(ev.Body, all[i]) {
			t.Errorf("%s: got %+v, want %+v", all[i].Kind(), ev.Body, all[i])
		}
	}
}

func TestCutAtEveryByte(t *testing.T) {
	t.Parallel()
	path := write(t, nil, all...)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ends := recordEnds(data)
	cut := filepath.Join(t.TempDir(), "cut")
	for n := range len(data) {
		if err := os.WriteFile(cut, data[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		whole := 0
		for whole < len(ends) && ends[whole] <= n {
			whole++
		}
		events, err := read(cut)
		if err != nil || len(events) != whole {
			t.Fatalf("cut at %d: %d events and %v, want %d", n, len(events), err, whole)
		}
	}
}

func TestEveryFlippedByteIsDamage(t *testing.T) {
	t.Parallel()
	path := write(t, nil, all[:6]...)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ends := recordEnds(data)
	bad := filepath.Join(t.TempDir(), "bad")
	for n := range len(data) {
		for _, bit := range []byte{1, 0x80, 0xff} {
			changed := append([]byte(nil), data...)
			changed[n] ^= bit
			if err := os.WriteFile(bad, changed, 0o600); err != nil {
				t.Fatal(err)
			}
			before := 0
			for ends[before] <= n {
				before++
			}
			events, err := read(bad)
			if !errors.Is(err, journal.ErrDamaged) || len(events) != before {
				t.Fatalf("byte %d ^ %#x: %d events and %v, want %d and damage", n, bit, len(events), err, before)
			}
		}
	}
}

// recordEnds returns the offsets behind the records.
func recordEnds(data []byte) []int {
	var ends []int
	for at := 0; at < len(data); {
		n := int(data[at]) | int(data[at+1])<<8 | int(data[at+2])<<16 | int(data[at+3])<<24
		at += 12 + n
		ends = append(ends, at)
	}
	return ends
}

func TestRecordOfZerosWasNeverWritten(t *testing.T) {
	t.Parallel()
	path := write(t, nil, all[0])
	add := func(b ...byte) {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	add(make([]byte, 100)...)
	if events, err := read(path); len(events) != 1 || err != nil {
		t.Errorf("zeros at the end: %d events, %v", len(events), err)
	}
	add(1)
	if _, err := read(path); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("zeros in the middle: %v", err)
	}
}

func TestHandWrittenEncodingIsThatOfJSON(t *testing.T) {
	t.Parallel()
	yes := true
	bodies := []journal.Body{
		&journal.ActivityStarted{ID: 1, Phase: journal.Setup, Type: "action"},
		&journal.ActivityStarted{ID: 18446744073709551615, Parent: 1, Guard: "g", Title: "a\tb\\\"</é", Background: true,
			Arguments: json.RawMessage(`{}`), Place: journal.Place{Text: "x"}},
		&journal.ActivityStarted{Place: journal.Place{File: "f", Line: 1}},
		&journal.ActivityEnded{ID: 1, Status: journal.Succeeded},
		&journal.ActivityEnded{ID: 2, Status: journal.Failed, Error: "x", Elapsed: -1, Tries: 3, Tolerance: &yes},
		&journal.ActivityEnded{ID: 3, Output: json.RawMessage(`null`), Dry: true},
	}
	for _, b := range append(bodies, all...) {
		data, err := os.ReadFile(write(t, nil, b))
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Data json.RawMessage }
		if err := json.Unmarshal(data[12:], &got); err != nil {
			t.Fatalf("%s: %v in %s", b.Kind(), err, data[12:])
		}
		want, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		var gotAny, wantAny any
		json.Unmarshal(got.Data, &gotAny)
		json.Unmarshal(want, &wantAny)
		if !reflect.DeepEqual(gotAny, wantAny) {
			t.Errorf("%s:\n got %s\nwant %s", b.Kind(), got.Data, want)
		}
	}
}

type replacer struct{ *strings.Replacer }

func (r replacer) Mask(s string) string { return r.Replace(s) }

// TestMasking puts a secret into every text of every event: none but those
// that no person reads may come out with it.
func TestMasking(t *testing.T) {
	t.Parallel()
	m := replacer{strings.NewReplacer("s3cret", "***", "4711", "***", "nabc", "***")}
	secret := `"s3cret"`
	bodies := []journal.Body{
		&journal.RunStarted{Title: "s3cret", Experiment: json.RawMessage(`{"k":"x s3cret","n":4711,"a":[14711.5,"\nabc"],"b":true}`)},
		&journal.Log{Message: secret},
		&journal.PhaseEnded{Error: secret},
		&journal.HypothesisStarted{Title: secret},
		&journal.HypothesisEnded{Probe: secret},
		&journal.ActivityStarted{Title: secret, Arguments: json.RawMessage(`{"s3cret":1}`), Place: journal.Place{Text: secret}},
		&journal.ActivityEnded{Output: json.RawMessage(`"a \"s3cret\" b"`), Error: secret},
		&journal.Checked{Explain: []string{secret}, Error: secret, Place: journal.Place{Text: secret}},
		&journal.WaitStarted{Place: journal.Place{Text: secret}},
		&journal.WaitEnded{Explain: []string{secret}, Error: secret, Place: journal.Place{Text: secret}},
		&journal.UndoIntent{Title: secret, Place: journal.Place{Text: secret}},
		&journal.UndoStarted{Title: secret, Does: secret},
		&journal.UndoEnded{Error: secret, Differences: []journal.Difference{{What: secret, Want: secret, Got: secret}}},
		&journal.Interrupted{Message: secret, Explain: []string{secret}, Place: journal.Place{Text: secret}},
	}
	data, err := os.ReadFile(write(t, m, bodies...))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"s3cret", "4711"} {
		if i := strings.Index(string(data), s); i >= 0 {
			t.Errorf("%s is in the journal: %.80s", s, data[max(0, i-30):])
		}
	}
	events, err := read(write(t, m, bodies[0]))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"k":"x ***","n":"***","a":["1***.5","\nabc"],"b":true}`
	if got := string(events[0].Body.(*journal.RunStarted).Experiment); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestListenersSeeMaskedEventsInOrder(t *testing.T) {
	t.Parallel()
	w, err := journal.Create(t.TempDir(), nil, replacer{strings.NewReplacer("s3cret", "***")})
	if err != nil {
		t.Fatal(err)
	}
	var seqs []uint64
	w.Listen(func(ev journal.Event) {
		seqs = append(seqs, ev.Seq)
		if l := ev.Body.(*journal.Log); strings.Contains(l.Message, "s3cret") {
			t.Error("a listener sees a secret")
		}
	})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 50 {
				w.Write(&journal.Log{Message: fmt.Sprint("s3cret", i, j)})
			}
		})
	}
	wg.Wait()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for i, seq := range seqs {
		if seq != uint64(i+1) {
			t.Fatalf("event %d has seq %d", i, seq)
		}
	}
	if len(seqs) != 400 {
		t.Errorf("%d events", len(seqs))
	}
}

func TestCreateRefusesAnExistingJournal(t *testing.T) {
	t.Parallel()
	folder := filepath.Dir(write(t, nil, all[0]))
	if _, err := journal.Create(folder, nil, nil); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	info, err := os.Stat(filepath.Join(folder, journal.FileName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestWritingToAClosedFileFailsForGood(t *testing.T) {
	t.Parallel()
	w, err := journal.Create(t.TempDir(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	heard := 0
	w.Listen(func(journal.Event) { heard++ })
	w.Close()
	if err := w.WriteSync(&journal.Log{}); err == nil {
		t.Error("writing succeeded")
	}
	if w.Err() == nil {
		t.Error("the error is forgotten")
	}
	if heard != 1 {
		t.Errorf("listeners heard %d events: people see them even when the disk does not take them", heard)
	}
}

func TestMissingJournalIsTold(t *testing.T) {
	t.Parallel()
	if _, err := read(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
