package journal

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Reopen opens the journal in a folder to append to it, after the process that
// wrote it has died: the sequence goes on. The whole journal is read first. A
// last record that is cut off was never written; it is taken away, so that the
// next one stands behind a whole one. A damaged journal is left as it is, and
// the error wraps [ErrDamaged] and says at which byte. now and masker may be nil.
func Reopen(folder string, now func() time.Time, masker Masker) (*Writer, error) {
	path := filepath.Join(folder, FileName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot go on with a journal: %w", err)
	}
	w := &Writer{file: f, now: now, masker: masker}
	if w.now == nil {
		w.now = time.Now
	}
	if err := w.findEnd(); err != nil {
		f.Close()
		return nil, fmt.Errorf("cannot go on with %s: %w", path, err)
	}
	return w, nil
}

// findEnd reads the file and puts the writer behind its last whole record.
func (w *Writer) findEnd() error {
	info, err := w.file.Stat()
	if err != nil {
		return err
	}
	r := reader{in: bufio.NewReaderSize(w.file, 64<<10), size: info.Size()}
	for err == nil {
		_, err = r.next()
	}
	if err != io.EOF {
		return err
	}
	w.seq, w.size = r.seq, r.at
	if r.at == info.Size() {
		return nil
	}
	if err := w.file.Truncate(r.at); err != nil {
		return err
	}
	return w.file.Sync()
}
