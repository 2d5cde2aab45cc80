package journal

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// castagnoli is the table of CRC-32C (RFC 3720, appendix B.4).
var castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })

const headerSize = 12

func checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli()) }

// Writer appends events to a journal. It may be used from several goroutines;
// listeners are called one at a time, in the order of the events.
type Writer struct {
	mu     sync.Mutex
	file   *os.File
	now    func() time.Time
	masker Masker
	listen []func(Event)
	seq    uint64
	size   int64 // of the file
	buf    []byte
	err    error // the first; nothing is written behind it
}

// Create makes the journal of a new run in a folder, which is made with mode
// 0700 where it is not there. The file, with mode 0600, must not exist. now
// and masker may be nil.
func Create(folder string, now func() time.Time, masker Masker) (*Writer, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("cannot keep a journal: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(folder, FileName), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot keep a journal: %w", err)
	}
	if err := syncFolder(folder); err != nil {
		f.Close()
		return nil, fmt.Errorf("cannot keep a journal: %w", err)
	}
	if now == nil {
		now = time.Now
	}
	return &Writer{file: f, now: now, masker: masker}, nil
}

// FileName is the name of the journal in the folder of its run.
const FileName = "journal"

// syncFolder makes the entries of a folder durable. Systems that cannot sync
// a folder keep them durable by themselves.
func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !canNotSync(err) {
		return err
	}
	return nil
}

// Listen calls f for each event from now on, after it was written and masked.
// f must not write events itself.
func (w *Writer) Listen(f func(Event)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.listen = append(w.listen, f)
}

// Write appends an event. The journal takes the body over: it is masked in
// place. The event has reached the operating system when Write returns, so
// that it survives the death of the process.
func (w *Writer) Write(b Body) error { return w.write(b, false) }

// WriteSync appends an event that must survive the death of the machine too:
// it has reached the disk when WriteSync returns nil.
func (w *Writer) WriteSync(b Body) error { return w.write(b, true) }

func (w *Writer) write(b Body, durable bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.masker != nil {
		b.mask(w.masker)
	}
	ev := Event{Seq: w.seq + 1, Time: w.now(), Body: b}
	err := w.append(ev, durable)
	if err == nil {
		w.seq++
	}
	for _, f := range w.listen { // people see it even when the disk is full
		f(ev)
	}
	return err
}

func (w *Writer) append(ev Event, durable bool) error {
	if w.err != nil {
		return w.err
	}
	buf := append(w.buf[:0], make([]byte, headerSize)...)
	buf, err := appendEvent(buf, ev)
	if err != nil {
		return fmt.Errorf("cannot write the journal: %w", err)
	}
	w.buf = buf
	payload := buf[headerSize:]
	binary.LittleEndian.PutUint32(buf[0:], uint32(len(payload)))
	binary.LittleEndian.PutUint32(buf[4:], checksum(buf[:4]))
	binary.LittleEndian.PutUint32(buf[8:], checksum(payload))
	if len(payload) > maxRecord {
		return fmt.Errorf("cannot write the journal: an event of %d bytes is too large", len(payload))
	}
	if cap(w.buf) > 1<<20 {
		w.buf = nil // one huge output does not stay in memory
	}
	if _, err = w.file.Write(buf); err == nil && durable {
		err = w.file.Sync()
	}
	if err != nil {
		w.file.Truncate(w.size) // so that no half record stays; the reader can do with one
		w.err = fmt.Errorf("cannot write the journal: %w", err)
		return w.err
	}
	w.size += int64(len(buf))
	return nil
}

// Err returns the first error of writing, after which nothing was written.
func (w *Writer) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Close makes the journal durable and closes it.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	serr := w.file.Sync()
	if err := w.file.Close(); err != nil {
		return err
	}
	if w.err != nil {
		return w.err
	}
	return serr
}

// appendEvent writes {"seq":1,"time":"…","kind":"…","data":{…}}.
func appendEvent(b []byte, ev Event) ([]byte, error) {
	b = append(b, `{"seq":`...)
	b = strconv.AppendUint(b, ev.Seq, 10)
	b = append(b, `,"time":"`...)
	b = ev.Time.UTC().AppendFormat(b, time.RFC3339Nano)
	b = append(b, `","kind":"`...)
	b = append(b, ev.Body.Kind()...)
	b = append(b, `","data":`...)
	switch body := ev.Body.(type) {
	case *ActivityStarted:
		b = body.appendJSON(b)
	case *ActivityEnded:
		b = body.appendJSON(b)
	default:
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		b = append(b, data...)
	}
	return append(b, '}'), nil
}
