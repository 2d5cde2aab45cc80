package fs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"math"
	"os"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// Up to what size a copy may stand where it is named. The state of an action
// gets into the journal of the run, which is read by many, and where secrets
// are masked: nothing that stood in a file may be there, but in the store. The
// list of what is in a folder lies in the store itself, so that a small file
// needs none of its own.
const (
	inState = 0
	inList  = 64 << 10
)

// content is a copy of bytes, here or in the run's store.
type content struct {
	digest
	Inline []byte `json:"inline,omitempty"`
	Key    string `json:"key,omitempty"`
}

// digest tells one content from another.
type digest struct {
	Size int64  `json:"size"`
	Sum  string `json:"sum"` // SHA-256
}

// keep copies r, with bounded memory: up to limit bytes into what is returned,
// more into the store.
func keep(ctx context.Context, env *stdlib.Env, r io.Reader, limit int) (*content, error) {
	sum := newSummer(stdlib.ContextReader(ctx, r))
	head, err := io.ReadAll(io.LimitReader(sum, int64(limit)+1))
	if err != nil {
		return nil, err
	}
	if len(head) <= limit {
		return &content{digest: sum.digest(), Inline: head}, nil
	}
	key, err := env.Store.Put(ctx, io.MultiReader(bytes.NewReader(head), sum))
	if err != nil {
		return nil, err
	}
	return &content{digest: sum.digest(), Key: key}, nil
}

// open reads the copy.
func (c *content) open(env *stdlib.Env) (io.ReadCloser, error) {
	if c.Key == "" {
		return io.NopCloser(bytes.NewReader(c.Inline)), nil
	}
	return env.Store.Open(c.Key)
}

// section is a file from an offset to its end, wherever its own position is.
func section(f *os.File, from int64) io.Reader {
	return io.NewSectionReader(f, from, math.MaxInt64-from)
}

// digestOf reads a file from an offset to its end.
func digestOf(ctx context.Context, env *stdlib.Env, path string, from int64) (digest, error) {
	f, err := env.Files.Open(path)
	if err != nil {
		return digest{}, cannot("read", path, err)
	}
	defer f.Close()
	d, err := digestReader(ctx, section(f, from))
	if err != nil {
		return d, cannot("read", path, err)
	}
	return d, nil
}

// zeros reports whether a file is nothing but zeros from an offset to its end.
// Holes are zeros, and not read.
func zeros(ctx context.Context, env *stdlib.Env, path string, from int64) (bool, error) {
	f, err := env.Files.Open(path)
	if err != nil {
		return false, cannot("read", path, err)
	}
	defer f.Close()
	buf, none := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		if ctx.Err() != nil {
			return false, cannot("read", path, context.Cause(ctx))
		}
		from = nextData(f, from)
		n, err := f.ReadAt(buf, from)
		if !bytes.Equal(buf[:n], none[:n]) {
			return false, nil
		}
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, cannot("read", path, err)
		}
		from += int64(n)
	}
}

func digestReader(ctx context.Context, r io.Reader) (digest, error) {
	sum := newSummer(stdlib.ContextReader(ctx, r))
	_, err := io.Copy(io.Discard, sum)
	return sum.digest(), err
}

func digestText(text string) digest {
	sum := sha256.Sum256([]byte(text))
	return digest{int64(len(text)), hex.EncodeToString(sum[:])}
}

// overwrite makes the bytes of a file from an offset on those of r, and ends
// it there. It writes only blocks that differ: holes of a sparse file stay
// holes, and who reads the file meanwhile sees no empty one.
func overwrite(ctx context.Context, f *os.File, from int64, r io.Reader) error {
	r = stdlib.ContextReader(ctx, r)
	want, have := make([]byte, 64<<10), make([]byte, 64<<10)
	at := from
	for {
		n, err := io.ReadFull(r, want)
		if n > 0 {
			got, readErr := f.ReadAt(have[:n], at)
			if readErr != nil && readErr != io.EOF {
				return readErr
			}
			clear(have[got:n]) // past its end a file is a hole
			if !bytes.Equal(want[:n], have[:n]) {
				if _, err := f.WriteAt(want[:n], at); err != nil {
					return err
				}
			}
			at += int64(n)
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return err
		}
	}
	info, err := f.Stat()
	if err == nil && info.Size() != at {
		err = f.Truncate(at)
	}
	return err
}

// rewrite puts r into an existing file from an offset on, in place.
func rewrite(ctx context.Context, env *stdlib.Env, path string, from int64, r io.Reader) error {
	f, err := env.Files.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return cannot("write", path, err)
	}
	err = overwrite(ctx, f, from, r)
	if err == nil { // the copy from which this comes is removed when all is undone
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return cannot("write", path, err)
	}
	return nil
}

// create makes a new file with the content of r, which appears at its path
// only when it is whole; dress, unless nil, is called on it before that. It
// replaces what stands there, so callers look first.
func create(ctx context.Context, env *stdlib.Env, path string, mode uint32, r io.Reader, dress func(tmp string) error) error {
	tmp := temporary(env, path)
	f, err := env.Files.OpenFile(tmp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return cannot("write", path, err)
	}
	err = overwrite(ctx, f, 0, r)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = env.Files.Chmod(tmp, fromUnix(mode))
	}
	if err == nil && dress != nil {
		err = dress(tmp)
	}
	if err == nil {
		err = env.Files.Rename(tmp, path)
	}
	if err != nil {
		err = cannot("write", path, err)
		if rmErr := env.Files.Remove(tmp); rmErr != nil {
			err = fmt.Errorf("%w (%s is left: %w)", err, tmp, bare(rmErr))
		}
	}
	return err
}

// summer computes the digest of what is read through it.
type summer struct {
	r   io.Reader
	n   int64
	sum hash.Hash
}

func newSummer(r io.Reader) *summer { return &summer{r: r, sum: sha256.New()} }

func (s *summer) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.n += int64(n)
	s.sum.Write(p[:n])
	return n, err
}

func (s *summer) digest() digest { return digest{s.n, hex.EncodeToString(s.sum.Sum(nil))} }
