package journal

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"
)

// maxRecord bounds the memory that a damaged length can ask for.
const maxRecord = 256 << 20

// ErrDamaged is the error of a journal whose bytes are not those that were
// written.
var ErrDamaged = errors.New("the journal is damaged")

// Read yields the events of a journal, in order. A record that is cut off at
// the end of the file is left out without an error; damage anywhere yields an
// error that wraps [ErrDamaged] and says at which byte, and nothing behind it.
func Read(path string) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		r, err := openReader(path)
		if err != nil {
			yield(Event{}, err)
			return
		}
		defer r.file.Close()
		for {
			ev, err := r.next()
			if err == io.EOF {
				return
			}
			if !yield(ev, err) || err != nil {
				return
			}
		}
	}
}

// Last returns the last event of a journal. It looks at the heads of those
// before only, so that it is quick for a long journal, and does not notice
// damage inside of them. A journal without an event gives io.EOF.
func Last(path string) (Event, error) {
	r, err := openReader(path)
	if err != nil {
		return Event{}, err
	}
	defer r.file.Close()
	var size int64
	var sum uint32
	for {
		n, s, err := r.head()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Event{}, err
		}
		if _, err := r.in.Discard(int(n)); err != nil {
			return Event{}, err
		}
		size, sum = n, s
		r.at += headerSize + n
	}
	payload := make([]byte, size)
	if _, err := r.file.ReadAt(payload, r.at-size); err != nil || size == 0 {
		return Event{}, cmp.Or(err, io.EOF)
	}
	if checksum(payload) != sum {
		return Event{}, fmt.Errorf("%w: the checksum of its last record does not fit", ErrDamaged)
	}
	return decode(payload)
}

type reader struct {
	file *os.File
	in   *bufio.Reader
	at   int64
	size int64
	seq  uint64
	buf  []byte
}

func openReader(path string) (*reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &reader{file: f, in: bufio.NewReaderSize(f, 64<<10), size: info.Size()}, nil
}

func (r *reader) damaged(why string) error {
	return fmt.Errorf("%w at byte %d: %s", ErrDamaged, r.at, why)
}

// head returns the length and the checksum of the next payload, or io.EOF at
// the end or at a torn last record.
func (r *reader) head() (n int64, sum uint32, err error) {
	var head [headerSize]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		if err == io.ErrUnexpectedEOF {
			err = io.EOF // torn in its head
		}
		return 0, 0, err
	}
	n = int64(binary.LittleEndian.Uint32(head[0:]))
	if checksum(head[:4]) != binary.LittleEndian.Uint32(head[4:]) {
		if head == [headerSize]byte{} {
			return 0, 0, r.zeros()
		}
		return 0, 0, r.damaged("the head of a record is not as it was written")
	}
	if n > r.size-r.at-headerSize { // torn in its payload
		return 0, 0, io.EOF
	}
	if n > maxRecord {
		return 0, 0, r.damaged(fmt.Sprintf("a record of %d bytes", n))
	}
	return n, binary.LittleEndian.Uint32(head[8:]), nil
}

// next returns the next event, or io.EOF at the end or at a torn last record.
func (r *reader) next() (Event, error) {
	n, sum, err := r.head()
	if err != nil {
		return Event{}, err
	}
	if int64(cap(r.buf)) < n {
		r.buf = make([]byte, n)
	}
	payload := r.buf[:n]
	if _, err := io.ReadFull(r.in, payload); err != nil {
		if err == io.ErrUnexpectedEOF {
			err = io.EOF
		}
		return Event{}, err
	}
	if checksum(payload) != sum {
		return Event{}, r.damaged("the checksum does not fit")
	}
	ev, err := decode(payload)
	if err != nil {
		return Event{}, r.damaged(err.Error())
	}
	if ev.Seq != r.seq+1 {
		return Event{}, r.damaged(fmt.Sprintf("event %d follows event %d", ev.Seq, r.seq))
	}
	r.seq = ev.Seq
	r.at += headerSize + n
	return ev, nil
}

// zeros tells a record that never reached the disk, of which only the space is
// there, from damage.
func (r *reader) zeros() error {
	for {
		b, err := r.in.ReadByte()
		switch {
		case err != nil:
			return err
		case b != 0:
			return r.damaged("zeros instead of a record")
		}
	}
}

func decode(payload []byte) (Event, error) {
	var head struct {
		Seq  uint64          `json:"seq"`
		Time time.Time       `json:"time"`
		Kind string          `json:"kind"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(payload, &head); err != nil {
		return Event{}, err
	}
	empty := bodies[head.Kind]
	if empty == nil {
		return Event{}, fmt.Errorf("unknown event %q: it was written by a newer chaosc", head.Kind)
	}
	b := empty()
	if err := json.Unmarshal(head.Data, b); err != nil {
		return Event{}, err
	}
	return Event{Seq: head.Seq, Time: head.Time, Body: b}, nil
}
