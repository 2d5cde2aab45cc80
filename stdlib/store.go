package stdlib

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf8"
)

// Technique: a content-addressed folder. A copy is written under a temporary
// name, has reached the disk, and only then gets the SHA-256 of its content as
// name: a key always leads to a whole copy, the same content lies there once,
// and a copy that rotted is noticed when it is read.

// DiskStore is a [Store] in a folder, which is made when the first copy is put
// there. Several processes may use it, one after the other.
type DiskStore struct{ dir string }

// NewDiskStore returns the store of that folder; nothing is touched yet.
func NewDiskStore(dir string) *DiskStore {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return &DiskStore{dir}
}

const (
	temporary  = ".put-*"
	keptFolder = "kept"
)

// Dir returns the folder of the store.
func (s *DiskStore) Dir() string { return s.dir }

// Put copies r; where that fails, as on a full disk, nothing of it is left.
func (s *DiskStore) Put(ctx context.Context, r io.Reader) (key string, err error) {
	if err := makeFolder(s.dir); err != nil {
		return "", fmt.Errorf("cannot keep a copy: %w", err)
	}
	f, err := os.CreateTemp(s.dir, temporary)
	if err != nil {
		return "", fmt.Errorf("cannot keep a copy: %w", err)
	}
	sum := sha256.New()
	if err := writeCopy(ctx, f, io.TeeReader(r, sum)); err != nil {
		return "", fmt.Errorf("cannot keep a copy in %s: %w", s.dir, err)
	}
	key = hex.EncodeToString(sum.Sum(nil))
	if err := os.Rename(f.Name(), filepath.Join(s.dir, key)); err != nil {
		return "", fmt.Errorf("cannot keep a copy: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return key, syncFolder(s.dir)
}

// Open reads a copy back. A copy that is not what was put there any more gives
// an error at its end.
func (s *DiskStore) Open(key string) (io.ReadCloser, error) {
	if !isKey(key) {
		return nil, fmt.Errorf("%q is not the key of a copy", key)
	}
	f, err := os.Open(filepath.Join(s.dir, key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the copy %s is not in %s any more: %w", key, s.dir, err)
	}
	if err != nil {
		return nil, err
	}
	return &checked{f: f, want: key, sum: sha256.New()}, nil
}

// Keep copies r into the folder "kept" of the store, which [DiskStore.Clear]
// leaves alone.
func (s *DiskStore) Keep(ctx context.Context, name string, r io.Reader) (path string, err error) {
	dir := filepath.Join(s.dir, keptFolder)
	if err := makeFolder(dir); err != nil {
		return "", fmt.Errorf("cannot keep a copy of %s: %w", name, err)
	}
	f, err := createNumbered(dir, filepath.Base(name))
	if err != nil {
		return "", fmt.Errorf("cannot keep a copy of %s: %w", name, err)
	}
	if err := writeCopy(ctx, f, r); err != nil {
		return "", fmt.Errorf("cannot keep a copy of %s in %s: %w", name, dir, err)
	}
	return f.Name(), syncFolder(dir)
}

// Clear removes the copies, which nobody needs when all is undone, but not
// what was kept for the user; and the folder, when it is empty then.
func (s *DiskStore) Clear() error {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	kept := false
	for _, e := range entries {
		name := e.Name()
		if !isKey(name) && !strings.HasPrefix(name, strings.TrimSuffix(temporary, "*")) {
			kept = true
			continue
		}
		errs = append(errs, os.Remove(filepath.Join(s.dir, name)))
	}
	if !kept {
		errs = append(errs, os.Remove(s.dir))
	}
	return errors.Join(errs...)
}

func isKey(key string) bool {
	return len(key) == 2*sha256.Size && strings.Trim(key, "0123456789abcdef") == ""
}

// writeCopy writes r into a new file, syncs and closes it; or removes it.
func writeCopy(ctx context.Context, f *os.File, r io.Reader) (err error) {
	err = copySparse(f, ContextReader(ctx, r))
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// copySparse writes r into an empty file and leaves holes where r has blocks
// of zeros, so that a copy of a sparse file takes no more room than the file.
func copySparse(f *os.File, r io.Reader) error {
	buf, zeros := make([]byte, 64<<10), make([]byte, 64<<10)
	var size int64
	for {
		n, err := io.ReadFull(r, buf)
		if n > 0 && !bytes.Equal(buf[:n], zeros[:n]) {
			if _, err := f.WriteAt(buf[:n], size); err != nil {
				return err
			}
		}
		size += int64(n)
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return f.Truncate(size)
		default:
			return err
		}
	}
}

// maxName leaves room for a number behind a name, which file systems take with
// up to 255 bytes.
const maxName = 200

// createNumbered creates a file of that name, or of the first of name-2,
// name-3, … that is free. A long name is cut.
func createNumbered(dir, name string) (*os.File, error) {
	if len(name) > maxName {
		end := maxName
		for end > maxName-utf8.UTFMax && !utf8.RuneStart(name[end]) {
			end--
		}
		name = name[:end]
	}
	path := filepath.Join(dir, name)
	for n := 2; ; n++ {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
		path = filepath.Join(dir, fmt.Sprintf("%s-%d", name, n))
	}
}

// makeFolder makes a folder that only its owner can look into, and what is
// missing above it; that it is there has reached the disk.
func makeFolder(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(dir))
}

// syncFolder makes the names in a folder reach the disk. Windows does that by
// itself and cannot be asked to.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// checked reads a copy and compares its sum at the end.
type checked struct {
	f    *os.File
	want string
	sum  hash.Hash
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.f.Read(p)
	c.sum.Write(p[:n])
	if err == io.EOF && hex.EncodeToString(c.sum.Sum(nil)) != c.want {
		return n, fmt.Errorf("the copy %s is damaged", c.f.Name())
	}
	return n, err
}

func (c *checked) Close() error { return c.f.Close() }

// ContextReader returns a reader that fails with the cause of ctx once that
// has ended.
func ContextReader(ctx context.Context, r io.Reader) io.Reader { return contextReader{ctx, r} }

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if c.ctx.Err() != nil {
		return 0, context.Cause(c.ctx)
	}
	return c.r.Read(p)
}
