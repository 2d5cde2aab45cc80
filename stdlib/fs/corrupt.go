package fs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

const (
	// corruptLimit bounds what a call changes, and so what its undo holds.
	corruptLimit = 100_000
	// wholeLimit is the size up to which all of a file is kept: then it can be
	// put back also where somebody else has written it anew.
	wholeLimit = 1 << 20
)

type corruptArgs struct {
	Path  string `chaos:"path" doc:"the file; a link is followed" effect:"write"`
	Bytes int64  `chaos:"bytes,named" doc:"how many bytes are changed; at most 100,000, and no more than there are"`
	Seed  *int64 `chaos:"seed,named" doc:"for the same places and values each time; not given: those of the run's seed"`
}

// corruptState is the undo of fs.corrupt.
type corruptState struct {
	// Whole is the file; its content is kept for a small one only.
	Whole changeState `json:"whole"`
	// Sectors is a stream of sector values.
	Sectors *content `json:"sectors"`
	// Left is when the action has changed the file: one that has another time
	// by then was written since, and keeps it.
	Left time.Time `json:"left"`
}

func corruptFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.corrupt",
		Summary: "Changes bytes at random places of a file.",
		Doc: `Each place is another one, and each byte really changes; size and name stay. The file is written in place.

Of a file up to 1MiB all is kept, and undo follows the rule of the namespace. Of a larger one the changed bytes are
kept with what is around them (512 bytes). Undo changes them back, and leaves alone, with an error, those around which
somebody else has written since.`,
		Example: `action rot = fs.corrupt("/srv/shop/pg/base/1/1259", bytes: 64) undo`,
	}, func(ctx context.Context, env *stdlib.Env, a corruptArgs, s *corruptState) (stdlib.None, error) {
		err := s.edit(ctx, env, os.O_RDWR, func(f *os.File, sec sector) error {
			for _, flip := range sec.Flips {
				if _, err := f.WriteAt([]byte{flip.Is}, flip.Offset); err != nil {
					return cannot("write", a.Path, err)
				}
			}
			return nil
		})
		if now, lookErr := look(env, s.Whole.Before.Path); lookErr == nil {
			s.Left = now.Modified
		}
		return stdlib.None{}, err
	}, stdlib.Inverse[corruptArgs, corruptState]{
		Does:    "changes the bytes back",
		Version: 1,
		Capture: captureCorrupt,
		Restore: restoreCorrupt,
		Verify: func(ctx context.Context, env *stdlib.Env, s corruptState) ([]stdlib.Difference, error) {
			if s.Whole.Before.Content != nil {
				return verifyChange(ctx, env, s.Whole)
			}
			var diffs []stdlib.Difference
			err := s.edit(ctx, env, os.O_RDONLY, func(f *os.File, sec sector) error {
				now, err := sec.read(f)
				if err == nil && !bytes.Equal(now, sec.Was) && sec.mixed(now) && len(diffs) < maxReported {
					diffs = append(diffs, stdlib.Difference{
						What: fmt.Sprintf("%s at byte %d", s.Whole.Before.Path, sec.At),
						Want: fmt.Sprintf("%x", sec.Was), Got: fmt.Sprintf("%x", now)})
				}
				return err
			})
			return diffs, err
		},
	})
}

func captureCorrupt(ctx context.Context, env *stdlib.Env, a corruptArgs) (corruptState, error) {
	var s corruptState
	whole := false
	before, err := captureFile(ctx, env, "corrupt", a.Path, func(now saved) int64 {
		if whole = now.Size <= wholeLimit; whole {
			return 0
		}
		return now.Size
	})
	if err != nil {
		return s, err
	}
	switch {
	case before.Kind == none:
		return s, fmt.Errorf("cannot corrupt %s: it does not exist", a.Path)
	case a.Bytes < 0 || a.Bytes > corruptLimit:
		return s, fmt.Errorf("cannot corrupt %d bytes of %s: it must be from 0 to %d", a.Bytes, a.Path, corruptLimit)
	case a.Bytes > before.Size:
		return s, fmt.Errorf("cannot corrupt %d bytes of %s: it has %d", a.Bytes, a.Path, before.Size)
	}
	s.Whole.Before = before
	var flips []flip
	choose := func(rng *rand.Rand) { flips = chooseFlips(rng, before.Size, int(a.Bytes)) }
	if a.Seed != nil {
		choose(rand.New(rand.NewPCG(uint64(*a.Seed), sectorSize)))
	} else {
		env.Rand.Do(choose)
	}
	f, err := env.Files.Open(before.Path)
	if err != nil {
		return s, cannot("read", a.Path, err)
	}
	defer f.Close()
	if s.Sectors, err = keepSectors(ctx, env, f, flips); err != nil {
		return s, cannot("keep a copy of", a.Path, err)
	}
	if !whole {
		s.Whole.Before.Content = nil
		return s, nil
	}
	s.Whole.After, err = s.damaged(ctx, env)
	return s, err
}

// chooseFlips chooses places, in order; Is is what the byte there is changed
// with until its value is known.
func chooseFlips(rng *rand.Rand, size int64, n int) []flip {
	taken := make(map[int64]bool, n)
	flips := make([]flip, 0, n)
	for len(flips) < n {
		at := rng.Int64N(size)
		if !taken[at] {
			taken[at] = true
			flips = append(flips, flip{at, byte(1 + rng.IntN(255))})
		}
	}
	slices.SortFunc(flips, func(a, b flip) int { return int(min(max(a.Offset-b.Offset, -1), 1)) })
	return flips
}

// damaged returns the digest of a small file after the action.
func (s *corruptState) damaged(ctx context.Context, env *stdlib.Env) (digest, error) {
	r, err := s.Whole.Before.Content.open(env)
	if err != nil {
		return digest{}, err
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		return digest{}, err
	}
	err = eachSector(ctx, env, s.Sectors, func(sec sector) error {
		for _, f := range sec.Flips {
			text[f.Offset] = f.Is
		}
		return nil
	})
	return digestText(string(text)), err
}

// edit opens the file and calls f with it and each sector.
func (s *corruptState) edit(ctx context.Context, env *stdlib.Env, flag int, f func(*os.File, sector) error) error {
	path := s.Whole.Before.Path
	file, err := env.Files.OpenFile(path, flag, 0)
	if err != nil {
		return cannot("open", path, err)
	}
	err = eachSector(ctx, env, s.Sectors, func(sec sector) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return f(file, sec)
	})
	if closeErr := file.Close(); err == nil && closeErr != nil {
		err = cannot("write", path, closeErr)
	}
	return err
}

func restoreCorrupt(ctx context.Context, env *stdlib.Env, s corruptState) error {
	before := s.Whole.Before
	if before.Content != nil {
		return restoreChange(ctx, env, s.Whole)
	}
	now, err := look(env, before.Path)
	if err != nil {
		return err
	}
	if now.Kind != file || now.ID != before.ID {
		return fmt.Errorf("%s was replaced or removed by somebody else since: left as it is", before.Path)
	}
	var foreign int
	err = s.edit(ctx, env, os.O_RDWR, func(f *os.File, sec sector) error {
		there, err := sec.read(f)
		switch {
		case err != nil, bytes.Equal(there, sec.Was):
			return err
		case sec.mixed(there):
			_, err := f.WriteAt(sec.Was, sec.At)
			return err
		}
		foreign += len(sec.Flips)
		return nil
	})
	if err != nil {
		return cannot("restore", before.Path, err)
	}
	if foreign > 0 {
		return fmt.Errorf("around %d changed bytes of %s somebody else has written since: left as it is there",
			foreign, before.Path)
	}
	if now.Modified.Equal(s.Left) {
		return putTimes(env, before)
	}
	return nil
}
