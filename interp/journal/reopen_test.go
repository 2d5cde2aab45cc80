package journal_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// reopen appends an event to the journal of a folder.
func reopen(t *testing.T, folder string, b journal.Body) {
	t.Helper()
	w, err := journal.Reopen(folder, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.WriteSync(b), w.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestReopenedAfterACutAtEveryByte appends to what a torn journal still holds:
// the sequence goes on behind the last whole record.
func TestReopenedAfterACutAtEveryByte(t *testing.T) {
	t.Parallel()
	path := write(t, nil, all[1:3]...)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ends := recordEnds(data)
	folder := t.TempDir()
	cut := filepath.Join(folder, journal.FileName)
	for n := range len(data) + 1 {
		for _, zeros := range []int{0, 100} { // as a file system may leave them
			whole, kept := 0, 0
			for whole < len(ends) && ends[whole] <= n {
				kept = ends[whole]
				whole++
			}
			if zeros > 0 && kept != n {
				continue
			}
			if err := os.WriteFile(cut, append(data[:n:n], make([]byte, zeros)...), 0o600); err != nil {
				t.Fatal(err)
			}
			reopen(t, folder, &journal.Log{Message: "again"})
			events, err := read(cut)
			if err != nil || len(events) != whole+1 {
				t.Fatalf("cut at %d and %d zeros: %d events and %v, want %d", n, zeros, len(events), err, whole+1)
			}
			if l, ok := events[whole].Body.(*journal.Log); !ok || l.Message != "again" || events[whole].Seq != uint64(whole+1) {
				t.Fatalf("cut at %d: the last event is %+v", n, events[whole])
			}
		}
	}
}

// TestDamageIsNotReopened flips a byte in each record: the error names the byte
// at which the record begins, and the file stays as it is.
func TestDamageIsNotReopened(t *testing.T) {
	t.Parallel()
	path := write(t, nil, all[:3]...)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 5, 20, recordEnds(data)[0] + 3, len(data) - 1} {
		bad := append([]byte(nil), data...)
		bad[at] ^= 0x40
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := journal.Reopen(filepath.Dir(path), nil, nil)
		if !errors.Is(err, journal.ErrDamaged) || !strings.Contains(err.Error(), "at byte ") {
			t.Errorf("byte %d: %v", at, err)
		}
		if now, _ := os.ReadFile(path); string(now) != string(bad) {
			t.Errorf("byte %d: the journal was changed", at)
		}
	}
}

func TestOnlyAJournalThatIsThereIsReopened(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if _, err := journal.Reopen(folder, nil, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if entries, _ := os.ReadDir(folder); len(entries) > 0 {
		t.Errorf("%v was made", entries)
	}
}

func TestLastOfACutJournal(t *testing.T) {
	t.Parallel()
	path := write(t, nil, all[1:4]...)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ends := recordEnds(data)
	for n := len(data); n >= 0; n-- {
		if err := os.Truncate(path, int64(n)); err != nil {
			t.Fatal(err)
		}
		whole := 0
		for whole < len(ends) && ends[whole] <= n {
			whole++
		}
		ev, err := journal.Last(path)
		if whole == 0 && err != io.EOF || whole > 0 && (err != nil || ev.Seq != uint64(whole)) {
			t.Fatalf("cut at %d: event %d and %v, want %d", n, ev.Seq, err, whole)
		}
	}
}
